from collections.abc import Callable

from PySide6.QtGui import QAction

from main_process.window.tab_menus import tab_list_menu, tab_menu
from main_process.window.window import BrowserWindow
from tests.main_process.window.fake_tab import FakeTab

WithTabs = Callable[[int], list[FakeTab]]


def _named(actions: list[QAction]) -> dict[str, QAction]:
    return {action.text(): action for action in actions if not action.isSeparator()}


def test_one_tabs_menu_closes_what_it_says(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(4)
    closed: list[object] = []
    menu = tab_menu(window, window.action_registry, tabs[1], window.tabs(), closed.append)
    entries = _named(menu.actions())
    for text, expected in (
        ("Close tab", [tabs[1]]),
        ("Close other tabs", [tabs[0], tabs[2], tabs[3]]),
        ("Close tabs to the right", [tabs[2], tabs[3]]),
    ):
        closed.clear()
        entries[text].trigger()
        assert closed == expected
    entries["Reload"].trigger()
    assert tabs[1].calls == [("reload",)]
    assert entries["New tab"].shortcut().toString() == "Ctrl+T"


def test_nothing_to_the_right_is_nothing_to_close(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(1)
    entries = _named(
        tab_menu(window, window.action_registry, tabs[0], window.tabs(), lambda tab: None).actions()
    )
    assert not entries["Close tabs to the right"].isEnabled()
    assert not entries["Close other tabs"].isEnabled()


def test_the_list_names_all_tabs_and_selects(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(3)
    tabs[2].update(title="Q&A")
    menu = tab_list_menu(window, window.tab_strip.buttons, window.activate_tab)
    assert [action.text() for action in menu.actions()] == ["Site 0", "Site 1", "Q&&A"]
    assert [action.isChecked() for action in menu.actions()] == [True, False, False]
    menu.actions()[2].trigger()
    assert window.current_tab is tabs[2]
