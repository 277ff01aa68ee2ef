from collections.abc import Callable

import pytest
from PySide6.QtGui import QCursor
from pytestqt.qtbot import QtBot

from main_process.window.actions import ActionId
from main_process.window.window import BrowserWindow
from tests.main_process.window.fake_tab import FakeTab

WithTabs = Callable[[int], list[FakeTab]]


@pytest.fixture(autouse=True)
def pointer_over_the_page(qapp: object) -> None:
    """Where the pointer is, the chrome would stay."""
    QCursor.setPos(400, 400)


def test_full_screen_leaves_the_page_alone_and_escape_leaves_it(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot
) -> None:
    tab = with_tabs(1)[0]
    window.focus_address()
    window.action_registry[ActionId.WINDOW_FULL_SCREEN].trigger()
    assert window.focusWidget() is tab.view
    assert window.isFullScreen()
    assert not window.toolbar.isVisible() and not window.tab_strip.isVisible()
    assert window.full_screen.notice.isVisible()
    tab.update(loading=True)
    stop = window.action_registry[ActionId.NAVIGATE_STOP]
    assert stop.isEnabled()
    stop.trigger()
    assert not window.isFullScreen() and tab.calls == []
    assert window.toolbar.isVisible() and window.tab_strip.isVisible()
    assert not window.full_screen.notice.isVisible()


def test_the_address_bar_comes_back_for_the_keyboard(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot
) -> None:
    tab = with_tabs(1)[0]
    window.set_full_screen(True)
    window.focus_address()
    assert window.toolbar.isVisible()
    assert window.full_screen.active
    tab.view.setFocus()
    qtbot.waitUntil(lambda: not window.toolbar.isVisible())
    window.set_full_screen(False)


def test_a_maximized_window_is_maximized_again(window: BrowserWindow, qtbot: QtBot) -> None:
    window.showMaximized()
    with qtbot.waitSignal(window.full_screen.changed, timeout=1000):
        window.set_full_screen(True)
    window.set_full_screen(True)
    assert window.full_screen.active
    window.set_full_screen(False)
    assert window.isMaximized() and not window.full_screen.active


def test_the_top_edge_brings_the_chrome_back_while_the_pointer_is_there(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot
) -> None:
    with_tabs(1)
    window.set_full_screen(True)
    QCursor.setPos(400, 0)
    window.full_screen.reveal()
    assert window.tab_strip.isVisible()
    QCursor.setPos(400, 400)
    qtbot.waitUntil(lambda: not window.tab_strip.isVisible())
    window.set_full_screen(False)
