"""What each action of a window does."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from main_process.window.actions import ActionId
from main_process.window.address import NEW_TAB_URL, SETTINGS_URL
from main_process.window.focus import holds_focus
from main_process.window.tab_interface import Tab

if TYPE_CHECKING:
    from main_process.window.window import BrowserWindow


class WindowCommands:
    """The handlers of one window's actions, by action."""

    def __init__(self, window: "BrowserWindow") -> None:
        self._window = window

    def handlers(self) -> dict[ActionId, Callable[[], object]]:
        """One for every action; a test says so."""
        window = self._window
        return {
            ActionId.TAB_NEW: partial(window.new_tab_requested.emit, None),
            ActionId.TAB_CLOSE: lambda: self._with_current(window.tab_close_requested.emit),
            ActionId.TAB_REOPEN: window.closed_tab_requested.emit,
            ActionId.TAB_NEXT: lambda: self._select_beside(1),
            ActionId.TAB_PREVIOUS: lambda: self._select_beside(-1),
            ActionId.TAB_MOVE_LEFT: lambda: self._move_current(-1),
            ActionId.TAB_MOVE_RIGHT: lambda: self._move_current(1),
            **{
                ActionId(f"tab.select-{number}"): partial(self._select_at, number - 1)
                for number in range(1, 9)
            },
            ActionId.TAB_LAST: lambda: self._select_at(-1),
            ActionId.WINDOW_NEW: window.new_window_requested.emit,
            ActionId.WINDOW_CLOSE: window.close,
            ActionId.WINDOW_FULL_SCREEN: self._toggle_full_screen,
            ActionId.NAVIGATE_BACK: lambda: self._with_current(lambda tab: tab.back()),
            ActionId.NAVIGATE_FORWARD: lambda: self._with_current(lambda tab: tab.forward()),
            ActionId.NAVIGATE_RELOAD: lambda: self._with_current(lambda tab: tab.reload()),
            ActionId.NAVIGATE_STOP: self._stop,
            ActionId.NAVIGATE_HOME: lambda: self._with_current(lambda tab: tab.navigate(NEW_TAB_URL)),
            ActionId.ADDRESS_FOCUS: window.focus_address,
            ActionId.FOCUS_NEXT_AREA: self._focus_next_area,
            ActionId.MENU_OPEN: self._open_menu,
            ActionId.SETTINGS_OPEN: lambda: self._open_once(SETTINGS_URL),
            ActionId.INSPECTOR_OPEN: window.inspector_requested.emit,
            ActionId.QUIT: window.quit_requested.emit,
        }

    def _with_current(self, act: Callable[[Tab], object]) -> None:
        if self._window.current_tab is not None:
            act(self._window.current_tab)

    def _select_at(self, index: int) -> None:
        tabs = self._window.tabs()
        if -len(tabs) <= index < len(tabs):
            self._window.activate_tab(tabs[index])

    def _select_beside(self, step: int) -> None:
        tabs, current = self._window.tabs(), self._window.current_tab
        if current is not None:
            self._window.activate_tab(tabs[(tabs.index(current) + step) % len(tabs)])

    def _move_current(self, step: int) -> None:
        tabs, current = self._window.tabs(), self._window.current_tab
        if current is None:
            return
        index = tabs.index(current) + step
        if 0 <= index < len(tabs):
            self._window.tab_strip.move_tab(current, index)
            self._window.tab_moved.emit(current, index)

    def _open_once(self, url: str) -> None:
        for tab in self._window.tabs():
            if tab.url == url:
                self._window.activate_tab(tab)
                return
        self._window.new_tab_requested.emit(url)

    def _stop(self) -> None:
        current = self._window.current_tab
        if self._window.full_screen.active:
            # A page that loads for ever must not keep anyone in full screen.
            self._window.full_screen.set_active(False)
        elif current is not None and current.loading:
            current.stop()

    def _toggle_full_screen(self) -> None:
        self._window.full_screen.toggle()

    def _open_menu(self) -> None:
        self._window.full_screen.reveal()
        self._window.toolbar.open_menu()

    def _focus_next_area(self) -> None:
        window = self._window
        button = window.tab_strip.current_button()
        if window.toolbar.address.edit.hasFocus() and window.current_tab is not None:
            window.content_of(window.current_tab).focus_page()
        elif holds_focus(window.content) and button is not None:
            button.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            window.focus_address()
