from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from main_process.window.actions import ActionId
from main_process.window.infobar import InfobarMessage
from main_process.window.window import BrowserWindow
from tests.main_process.window.fake_tab import FakeTab

WithTabs = Callable[[int], list[FakeTab]]


def _progress(window: BrowserWindow) -> float | None:
    return window.toolbar.address.progress


def test_tabs_are_shown_in_order_and_the_first_is_current(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(3)
    assert window.tabs() == tabs
    assert window.current_tab is tabs[0]
    assert tabs[0].view.isVisible() and not tabs[1].view.isVisible()
    assert window.windowTitle() == "Site 0 — Browser OS"


def test_a_tab_can_come_between_others(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(2)
    between = FakeTab()
    window.add_tab(between, 1)
    assert window.tabs() == [tabs[0], between, tabs[1]]
    assert window.current_tab is between


def test_a_removed_tab_leaves_with_its_view_and_the_neighbour_is_shown(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    tabs = with_tabs(3)
    window.activate_tab(tabs[1])
    window.remove_tab(tabs[1])
    assert window.current_tab is tabs[2]
    assert tabs[1].view.parent() is None and not tabs[1].view.isVisible()
    window.remove_tab(tabs[2])
    assert window.current_tab is tabs[0]
    window.remove_tab(tabs[0])
    assert not window.tabs()
    assert window.windowTitle() == "Browser OS"
    tabs[0].update(title="heard no more")


def test_a_view_can_move_to_another_window(window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot) -> None:
    tab = with_tabs(2)[0]
    other = BrowserWindow()
    qtbot.addWidget(other)
    other.show()
    window.remove_tab(tab)
    other.add_tab(tab)
    assert tab.view.window() is other and tab.view.isVisible()


def test_shortcuts_reach_main_while_the_page_has_the_keyboard(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot
) -> None:
    tabs = with_tabs(2)
    window.activateWindow()
    tabs[0].view.setFocus()
    with qtbot.waitSignal(window.new_tab_requested, timeout=1000):
        QTest.keyClick(tabs[0].view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(tabs[0].view, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert window.current_tab is tabs[1]


def test_navigation_buttons_follow_the_tab(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(1)[0]
    assert not window.toolbar.back.isEnabled() and not window.toolbar.forward.isEnabled()
    tab.update(can_go_back=True, can_go_forward=True)
    window.toolbar.back.click()
    window.toolbar.forward.click()
    window.toolbar.reload.click()
    tab.update(loading=True, progress=0.3)
    assert window.toolbar.reload.accessibleName() == "Stop"
    assert _progress(window) == 0.3
    window.toolbar.reload.click()
    tab.update(loading=False)
    assert window.toolbar.reload.accessibleName() == "Reload"
    assert _progress(window) is None
    assert tab.calls == [("back",), ("forward",), ("reload",), ("stop",)]


def test_escape_is_the_pages_own_unless_there_is_something_to_stop(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    tab = with_tabs(1)[0]
    stop = window.action_registry[ActionId.NAVIGATE_STOP]
    assert not stop.isEnabled()
    tab.update(loading=True)
    assert stop.isEnabled()


def test_an_address_goes_to_the_tab_in_its_checked_form(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(1)[0]
    window.set_search_template("https://search.example/?q={query}")
    edit = window.toolbar.address.edit
    for text in ("example.com", "two words"):
        edit.setFocus(Qt.FocusReason.OtherFocusReason)
        edit.setText(text)
        QTest.keyClick(edit, Qt.Key.Key_Return)
    assert tab.calls == [
        ("navigate", "https://example.com/"),
        ("navigate", "https://search.example/?q=two%20words"),
    ]


def test_alt_enter_opens_a_new_tab_and_leaves_this_one(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot
) -> None:
    tab = with_tabs(1)[0]
    edit = window.toolbar.address.edit
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    edit.setText("example.com")
    with qtbot.waitSignal(window.new_tab_requested, timeout=1000) as asked:
        QTest.keyClick(edit, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert asked.args == ["https://example.com/"]
    assert tab.calls == [] and edit.text() == tab.url


def test_a_refused_address_says_why_until_it_is_changed(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(1)[0]
    edit = window.toolbar.address.edit
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    edit.setText("javascript:alert(1)")
    QTest.keyClick(edit, Qt.Key.Key_Return)
    assert window.hint.isVisible() and "javascript:" in window.hint.text()
    assert tab.calls == []
    QTest.keyClicks(edit, "x")
    assert not window.hint.isVisible()


def test_typed_text_waits_in_its_tab(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tabs = with_tabs(2)
    edit = window.toolbar.address.edit
    edit.setFocus(Qt.FocusReason.OtherFocusReason)
    edit.setText("half an addr")
    window.activate_tab(tabs[1])
    assert edit.text() == tabs[1].url and not edit.hasFocus()
    window.activate_tab(tabs[0])
    assert edit.text() == "half an addr" and edit.hasFocus()


def test_a_new_tab_page_gives_the_keyboard_to_the_address_bar(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    with_tabs(1)
    window.add_tab(FakeTab("os://newtab"))
    assert window.toolbar.address.edit.hasFocus()


def test_a_tab_that_gets_its_address_later_gets_the_keyboard_then(window: BrowserWindow) -> None:
    tab = FakeTab("")
    window.add_tab(tab)
    assert window.toolbar.address.edit.hasFocus()
    tab.update(url="https://example.com/", loading=True)
    assert window.focusWidget() is tab.view
    other = FakeTab("")
    window.add_tab(other)
    other.update(url="os://newtab")
    assert window.toolbar.address.edit.hasFocus()


def test_the_status_bubble_shows_the_link_of_the_current_tab_alone(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    tabs = with_tabs(2)
    tabs[1].update(status="https://other.example/")
    assert not window.status.isVisible()
    tabs[0].update(status="https://good.com@evil.com/")
    assert window.status.isVisible() and window.status.text() == "https://evil.com/"
    tabs[0].update(status="")
    assert not window.status.isVisible()


def test_the_popover_says_how_the_page_came(window: BrowserWindow, with_tabs: WithTabs) -> None:
    with_tabs(1)
    window.toolbar.address.information_button.click()
    assert window.popover.isVisible()
    assert [label.text() for label in window.popover.labels()][:2] == [
        "site0.example",
        "The connection is encrypted",
    ]
    QTest.keyClick(window.popover, Qt.Key.Key_Escape)
    assert not window.popover.isVisible()


def test_named_rectangles_name_what_is_visible(window: BrowserWindow, with_tabs: WithTabs) -> None:
    with_tabs(2)
    window.show_infobar(InfobarMessage("restore", "Tabs?", choices=(("Restore tabs", lambda: None),)))
    rectangles = window.named_rectangles()
    assert {
        "back",
        "forward",
        "reload",
        "address",
        "page-information",
        "menu",
        "tab-strip",
        "new-tab",
        "tab-0",
        "tab-0-close",
        "tab-1",
        "surface",
        "window",
        "infobar-restore-tabs",
    } <= set(rectangles)
    assert "crash-reload" not in rectangles and "tab-2" not in rectangles
    left, top, width, height = rectangles["window"]
    for name, (x, y, part_width, part_height) in rectangles.items():
        assert part_width > 0 and part_height > 0, name
        assert left <= x and x + part_width <= left + width, name
        assert top <= y and y + part_height <= top + height, name
    assert rectangles["tab-0"][0] + rectangles["tab-0"][2] <= rectangles["tab-1"][0]


def test_a_name_given_to_the_window_lasts_as_long_as_its_tab_is_shown(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    tabs = with_tabs(2)
    window.set_title("Board\nroom")
    tabs[0].update(title="other")
    assert window.windowTitle() == "Board room — Browser OS"
    window.activate_tab(tabs[1])
    assert window.windowTitle() == "Site 1 — Browser OS"
    window.set_title("x")
    window.set_title("")
    assert window.windowTitle() == "Site 1 — Browser OS"


def test_a_private_window_is_marked(qtbot: QtBot) -> None:
    window = BrowserWindow(private=True)
    qtbot.addWidget(window)
    window.show()
    assert "private" in window.named_rectangles()
    assert window.windowTitle() == "Private — Browser OS"
    window.set_title("x")
    assert window.windowTitle() == "x — Private — Browser OS"
