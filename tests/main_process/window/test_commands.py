from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from main_process.window.actions import ActionId
from main_process.window.commands import WindowCommands
from main_process.window.window import BrowserWindow
from tests.main_process.window.fake_tab import FakeTab

WithTabs = Callable[[int], list[FakeTab]]


def _trigger(window: BrowserWindow, action: ActionId) -> None:
    window.action_registry[action].trigger()


def test_every_action_has_a_handler(window: BrowserWindow) -> None:
    assert set(WindowCommands(window).handlers()) == set(ActionId) == set(window.action_registry)


def test_switching_by_keyboard(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(10)
    for action, expected in (
        (ActionId.TAB_NEXT, 1),
        (ActionId.TAB_PREVIOUS, 0),
        (ActionId.TAB_PREVIOUS, 9),
        (ActionId.TAB_NEXT, 0),
        (ActionId.TAB_8, 7),
        (ActionId.TAB_LAST, 9),
        (ActionId.TAB_1, 0),
    ):
        _trigger(window, action)
        assert window.current_tab is tabs[expected], action


def test_a_number_without_a_tab_changes_nothing(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(2)
    _trigger(window, ActionId.TAB_8)
    assert window.current_tab is tabs[0]


def test_moving_the_current_tab(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(3)
    moved: list[tuple[FakeTab, int]] = []
    window.tab_moved.connect(lambda tab, index: moved.append((tab, index)))
    _trigger(window, ActionId.TAB_MOVE_RIGHT)
    assert window.tabs() == [tabs[1], tabs[0], tabs[2]]
    _trigger(window, ActionId.TAB_MOVE_LEFT)
    _trigger(window, ActionId.TAB_MOVE_LEFT)
    assert window.tabs() == tabs
    assert moved == [(tabs[0], 1), (tabs[0], 0)]


@pytest.mark.parametrize(
    ("action", "signal"),
    [
        (ActionId.TAB_NEW, "new_tab_requested"),
        (ActionId.TAB_CLOSE, "tab_close_requested"),
        (ActionId.TAB_REOPEN, "closed_tab_requested"),
        (ActionId.WINDOW_NEW, "new_window_requested"),
        (ActionId.SETTINGS_OPEN, "new_tab_requested"),
        (ActionId.INSPECTOR_OPEN, "inspector_requested"),
        (ActionId.QUIT, "quit_requested"),
        (ActionId.WINDOW_CLOSE, "closed"),
    ],
)
def test_what_concerns_more_than_the_window_is_asked_for(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot, action: ActionId, signal: str
) -> None:
    tabs = with_tabs(2)
    with qtbot.waitSignal(getattr(window, signal), timeout=1000) as asked:
        _trigger(window, action)
    expected: dict[ActionId, list[object]] = {
        ActionId.TAB_NEW: [None],
        ActionId.TAB_CLOSE: [tabs[0]],
        ActionId.SETTINGS_OPEN: ["os://settings"],
    }
    assert asked.args == expected.get(action, [])
    assert window.tabs() == tabs


def test_settings_that_are_open_are_shown_again(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot
) -> None:
    with_tabs(2)
    settings = FakeTab("os://settings", "Settings")
    window.add_tab(settings, background=True)
    with qtbot.assertNotEmitted(window.new_tab_requested):
        _trigger(window, ActionId.SETTINGS_OPEN)
    assert window.current_tab is settings


def test_the_area_key_goes_round(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(1)[0]
    window.focus_address()
    _trigger(window, ActionId.FOCUS_NEXT_AREA)
    assert window.focusWidget() is tab.view
    _trigger(window, ActionId.FOCUS_NEXT_AREA)
    assert window.focusWidget() is window.tab_strip.button_of(tab)
    _trigger(window, ActionId.FOCUS_NEXT_AREA)
    assert window.focusWidget() is window.toolbar.address.edit
