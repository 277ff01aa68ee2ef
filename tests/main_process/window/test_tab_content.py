from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from main_process.window import tab_content
from main_process.window.crash_page import CrashPage
from main_process.window.error_page import ErrorPage
from main_process.window.tab_interface import TabState
from main_process.window.window import BrowserWindow
from shared.channels.page import PageLoadFailed
from tests.main_process.window.fake_tab import FakeDeath, FakeTab

WithTabs = Callable[[int], list[FakeTab]]


def _hang_dialog_is_open(window: BrowserWindow, tab: FakeTab) -> bool:
    dialog = window.content_of(tab).hang_dialog
    return dialog is not None and dialog.isVisible()


def test_a_crash_shows_its_page_and_a_reload_brings_the_surface_back(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    tab = with_tabs(1)[0]
    tab.update(state=TabState.CRASHED, death=FakeDeath(), loading=True)
    page = window.content_of(tab).page
    assert isinstance(page, CrashPage) and page.isVisible() and not tab.view.isVisible()
    assert window.toolbar.address.progress is None
    tab.update(title="still crashed")
    assert window.content_of(tab).page is page
    button = page.findChild(QPushButton, "crash-reload")
    assert isinstance(button, QPushButton)
    button.click()
    assert tab.calls == [("reload",)]
    tab.update(state=TabState.LIVE, death=None)
    assert window.content_of(tab).page is None and tab.view.isVisible()


def test_the_crash_page_can_close_its_tab(window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot) -> None:
    tab = with_tabs(2)[1]
    tab.update(state=TabState.CRASHED, death=FakeDeath())
    page = window.content_of(tab).page
    assert isinstance(page, CrashPage)
    with qtbot.waitSignal(window.tab_close_requested, timeout=1000) as closed:
        page.close_requested.emit()
    assert closed.args == [tab]


def test_a_load_failure_shows_its_page_and_retry_reloads(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(1)[0]
    failure = PageLoadFailed(url="https://nowhere.example/", code=-105, description="ERR_NAME_NOT_RESOLVED")
    tab.update(state=TabState.LOAD_FAILED, load_failure=failure)
    page = window.content_of(tab).page
    assert isinstance(page, ErrorPage)
    page.retry_requested.emit()
    assert tab.calls == [("reload",)]


def test_a_hung_tab_gets_its_panel_and_wait_puts_it_away(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(2)[0]
    tab.update(hung=True)
    dialog = window.content_of(tab).hang_dialog
    assert dialog is not None and dialog.isVisible() and "Site 0" in dialog.title()
    dialog.wait_button.setFocus()
    dialog.wait_button.click()
    assert not _hang_dialog_is_open(window, tab)
    assert window.focusWidget() is tab.view
    tab.update(title="still hung")
    assert not _hang_dialog_is_open(window, tab)
    tab.update(hung=False)
    tab.update(hung=True)
    assert _hang_dialog_is_open(window, tab)
    tab.update(hung=False)
    assert not _hang_dialog_is_open(window, tab)


def test_patience_ends_if_the_tab_does_not_answer(
    window: BrowserWindow, with_tabs: WithTabs, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tab_content, "PATIENCE", 1)
    tab, answering = with_tabs(2)
    for each in (tab, answering):
        each.update(hung=True)
        dialog = window.content_of(each).hang_dialog
        assert dialog is not None
        dialog.wait_requested.emit()
    answering.update(hung=False)
    window.activate_tab(tab)
    qtbot.waitUntil(lambda: _hang_dialog_is_open(window, tab))
    assert window.content_of(answering).hang_dialog is None


def test_a_reload_from_the_hang_panel_leaves_the_keyboard_in_the_page(
    window: BrowserWindow, with_tabs: WithTabs
) -> None:
    tab = with_tabs(1)[0]
    tab.update(hung=True)
    window.content_of(tab).focus_page()
    tab.update(hung=False)
    assert window.focusWidget() is tab.view


def test_a_crash_ends_the_hang_panel(window: BrowserWindow, with_tabs: WithTabs) -> None:
    tab = with_tabs(1)[0]
    tab.update(hung=True)
    tab.update(state=TabState.CRASHED, death=FakeDeath(reason="hung"))
    assert window.content_of(tab).hang_dialog is None
    assert isinstance(window.content_of(tab).page, CrashPage)
