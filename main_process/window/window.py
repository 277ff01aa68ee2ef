"""A browser window: tab strip, toolbar, bars, and the content of its tabs. The shell owns tabs; this shows them."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from main_process.window import bubbles, icons
from main_process.window.actions import ACTIONS, ActionId, ActionRegistry
from main_process.window.address import NEW_TAB_URL, AddressRefused, resolve
from main_process.window.commands import WindowCommands
from main_process.window.full_screen import FullScreen
from main_process.window.infobar import InfobarArea, InfobarMessage
from main_process.window.information_popover import InformationPopover
from main_process.window.page_information import host_of, shown_link
from main_process.window.plain_text import one_line
from main_process.window.tab_content import TabContent
from main_process.window.tab_interface import Tab, TabState
from main_process.window.tab_menus import pop_up, tab_list_menu, tab_menu
from main_process.window.tab_strip import TabStrip
from main_process.window.theme import theme
from main_process.window.toolbar import Toolbar

APPLICATION_NAME = "Browser OS"
DEFAULT_SIZE = QSize(1280, 820)
MINIMUM_SIZE = QSize(420, 300)
DEFAULT_SEARCH = "https://duckduckgo.com/?q={query}"


class BrowserWindow(QMainWindow):
    """One window. It asks for what concerns more than itself and is told of tabs by ``add_tab`` and ``remove_tab``.

    Signals:
        new_tab_requested(str | None): open that address in a new current tab here; None is the new tab page.
        tab_close_requested(Tab), closed_tab_requested (open the last closed one again).
        tab_activated(Tab), tab_moved(Tab, int): already done; the session store may want to know.
        new_window_requested, inspector_requested, quit_requested.
        closed: the window is gone; its tabs are still alive and the shell's to close.
    """

    new_tab_requested = Signal(object)
    tab_close_requested = Signal(object)
    closed_tab_requested = Signal()
    tab_activated = Signal(object)
    tab_moved = Signal(object, int)
    new_window_requested = Signal()
    inspector_requested = Signal()
    quit_requested = Signal()
    closed = Signal()

    def __init__(self, *, private: bool = False, search_template: str = DEFAULT_SEARCH) -> None:
        super().__init__()
        theme().apply()
        self.private = private
        self._search_template = search_template
        self._contents: dict[int, TabContent] = {}
        self._current: Tab | None = None
        self._title = ""
        self._awaits_url = False
        """The current tab came without an address; it is not decided where the keyboard goes."""
        self._typed: dict[int, str] = {}
        self._on_changed: dict[int, Callable[[], None]] = {}
        self.setObjectName("window")
        self.setWindowIcon(icons.window_icon())
        self.setMinimumSize(MINIMUM_SIZE)
        self.resize(DEFAULT_SIZE)
        self.action_registry = ActionRegistry(self)
        handlers = WindowCommands(self).handlers()
        for declaration in ACTIONS:
            self.action_registry.register(declaration, handlers[declaration.id])
        self._build()
        self._connect()
        self._refresh_chrome()

    # Tabs

    def tabs(self) -> list[Tab]:
        """The tabs as they stand."""
        return self.tab_strip.tabs()

    @property
    def current_tab(self) -> Tab | None:
        """The tab whose page is shown; None only while there is none at all."""
        return self._current

    def add_tab(self, tab: Tab, index: int | None = None, *, background: bool = False) -> None:
        """Show ``tab`` from now on: at ``index``, else at the end."""
        place = len(self.tabs()) if index is None else max(0, min(index, len(self.tabs())))
        self.tab_strip.add_tab(tab, place)
        content = TabContent(tab, self.tab_strip.button_of(tab).title())
        content.close_requested.connect(partial(self.tab_close_requested.emit, tab))
        self._contents[tab.tab_id] = content
        self.content.addWidget(content)
        on_changed = partial(self._on_tab_changed, tab)
        self._on_changed[tab.tab_id] = on_changed
        tab.changed.connect(on_changed)
        if not background or self._current is None:
            self.activate_tab(tab)

    def remove_tab(self, tab: Tab) -> None:
        """Let go of ``tab`` and its view; the neighbour becomes current. Raises KeyError if it is not here."""
        content = self._contents.pop(tab.tab_id)
        tab.changed.disconnect(self._on_changed.pop(tab.tab_id))
        self._typed.pop(tab.tab_id, None)
        tabs = self.tabs()
        index = tabs.index(tab)
        if self._current is tab:
            self._current = None
            neighbours = tabs[index + 1 :] or tabs[:index][-1:]
            if neighbours:
                self.activate_tab(neighbours[0])
        self.tab_strip.remove_tab(tab)
        content.release_view()
        self.content.removeWidget(content)
        content.deleteLater()
        if self._current is None:
            self._refresh_chrome()

    def activate_tab(self, tab: Tab) -> None:
        """Show the page of ``tab`` and give it the keyboard, or the address bar where there is no page yet."""
        if tab is self._current:
            return
        self._remember_typed()
        self._current = tab
        self._title = ""
        content = self._contents[tab.tab_id]
        self.content.setCurrentWidget(content)
        self.tab_strip.set_current(tab)
        edit = self.toolbar.address.edit
        edit.clearFocus()
        self.toolbar.address.set_url(tab.url)
        typed = self._typed.pop(tab.tab_id, None)
        edit.show_url()
        self._refresh_chrome()
        self._awaits_url = typed is None and not tab.url
        if typed is not None or tab.url in ("", NEW_TAB_URL):
            edit.setFocus(Qt.FocusReason.OtherFocusReason)
            if typed is not None:
                edit.setText(typed)
        else:
            content.focus_page()
        self.tab_activated.emit(tab)

    def content_of(self, tab: Tab) -> TabContent:
        """What stands under the toolbar for ``tab``. Raises KeyError if it is not here."""
        return self._contents[tab.tab_id]

    # What the shell tells

    def focus_address(self) -> None:
        """Put the keyboard into the address bar, all selected."""
        self.full_screen.reveal()
        self.toolbar.address.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.toolbar.address.edit.selectAll()

    def set_search_template(self, template: str) -> None:
        """Where words typed into the address bar are looked up; it contains ``{query}``, or is empty."""
        self._search_template = template

    def show_infobar(self, message: InfobarMessage) -> None:
        """Say something that needs no answer now."""
        self.infobars.show_message(message)

    def remove_infobar(self, key: str) -> None:
        """Take it back."""
        self.infobars.remove_message(key)

    def set_full_screen(self, active: bool) -> None:
        """Fill the screen or go back."""
        self.full_screen.set_active(active)

    def set_title(self, title: str) -> None:
        """Name the window as its page asked, until another tab is shown; nothing gives the tab's title back."""
        self._title = one_line(title, 200)
        self._refresh_title()

    def named_rectangles(self) -> dict[str, tuple[int, int, int, int]]:
        """Every visible named part: x, y, width, height on the screen, in device-independent pixels.

        Tabs are ``tab-<n>`` and ``tab-<n>-close`` by their place from 0; ``surface`` is the current tab's.
        """
        rectangles: dict[str, tuple[int, int, int, int]] = {}
        buttons = self.tab_strip.buttons
        skipped = {id(part) for button in buttons for part in (button, button.close_button)}
        for part in self.findChildren(QWidget):
            name = part.objectName()
            if name and not name.startswith("qt_") and part.isVisible() and id(part) not in skipped:
                rectangles.setdefault(name, _on_screen(part))
        for index, button in enumerate(buttons):
            rectangles[f"tab-{index}"] = _on_screen(button)
            if button.close_button.isVisible():
                rectangles[f"tab-{index}-close"] = _on_screen(button.close_button)
        rectangles["window"] = _on_screen(self)
        return rectangles

    # Qt

    def closeEvent(self, event: QCloseEvent) -> None:
        event.accept()
        self.closed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.hint.hide()
        self._show_status()

    # Putting it together

    def _build(self) -> None:
        body = self._body = QWidget(self)
        body.setObjectName("window-body")
        self.tab_strip = TabStrip(body)
        self.toolbar = Toolbar(self.action_registry, body)
        self.toolbar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.toolbar.set_private(self.private)
        self.infobars = InfobarArea(body)
        self.content = QStackedWidget(body)
        self.content.setObjectName("content")
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for part, stretch in ((self.tab_strip, 0), (self.toolbar, 0), (self.infobars, 0), (self.content, 1)):
            layout.addWidget(part, stretch)
        self.setCentralWidget(body)
        self.status = bubbles.bubble(body, "status")
        self.hint = bubbles.bubble(body, "hint")
        self.popover = InformationPopover(body)
        self.full_screen = FullScreen(self, [self.tab_strip, self.toolbar], body)

    def _connect(self) -> None:
        strip, address = self.tab_strip, self.toolbar.address
        strip.tab_selected.connect(self._on_strip_tab_selected)
        strip.tab_close_requested.connect(self.tab_close_requested)
        strip.tab_moved.connect(self.tab_moved)
        strip.new_tab_requested.connect(lambda: self.new_tab_requested.emit(None))
        strip.tab_menu_requested.connect(self._on_strip_tab_menu_requested)
        strip.list_requested.connect(self._on_strip_list_requested)
        address.edit.committed.connect(self._on_address_committed)
        address.edit.textEdited.connect(lambda _text: self.hint.hide())
        address.edit.reverted.connect(self.hint.hide)
        address.edit.focused.connect(self._on_address_focused)
        address.information_requested.connect(self._on_address_information_requested)
        self.full_screen.changed.connect(self._on_full_screen_changed)

    # What parts report

    def _on_strip_tab_selected(self, tab: Tab) -> None:
        self.activate_tab(tab)

    def _on_strip_tab_menu_requested(self, tab: Tab, position: QPoint) -> None:
        pop_up(
            tab_menu(self, self.action_registry, tab, self.tabs(), self.tab_close_requested.emit), position
        )

    def _on_strip_list_requested(self, position: QPoint) -> None:
        pop_up(tab_list_menu(self, self.tab_strip.buttons, self.activate_tab), position)

    def _on_address_committed(self, text: str, new_tab: bool) -> None:
        try:
            url = resolve(text, self._search_template, home=_home())
        except AddressRefused as refusal:
            field = self.toolbar.address
            below = field.mapTo(self._body, QPoint(0, field.height()))
            bubbles.show_hint(self.hint, str(refusal), below, field.width())
            return
        self.hint.hide()
        if new_tab or self._current is None:
            self.toolbar.address.edit.show_url()
            self.new_tab_requested.emit(url)
            return
        tab = self._current
        self._contents[tab.tab_id].focus_page()
        tab.navigate(url)

    def _on_address_focused(self, focused: bool) -> None:
        if not focused:
            self.hint.hide()

    def _on_address_information_requested(self) -> None:
        address = self.toolbar.address
        tab = self._current
        host = host_of(tab.url) if tab is not None else ""
        self.popover.show_information(address.information_button.information, host)
        self.popover.open_below(address.information_button)

    def _on_full_screen_changed(self, active: bool) -> None:
        self._refresh_stop()
        if active and self._current is not None:
            self._contents[self._current.tab_id].focus_page()

    def _on_tab_changed(self, tab: Tab) -> None:
        if tab.tab_id not in self._contents:
            return
        self.tab_strip.refresh_tab(tab)
        self._contents[tab.tab_id].refresh(self.tab_strip.button_of(tab).title())
        if tab is self._current:
            self._refresh_chrome()
            if self._awaits_url and tab.url:
                self._awaits_url = False
                if tab.url != NEW_TAB_URL and not self.toolbar.address.edit.edited:
                    self._contents[tab.tab_id].focus_page()

    # Showing the current tab in the chrome

    def _refresh_chrome(self) -> None:
        tab = self._current
        self.toolbar.address.set_url(tab.url if tab is not None else "")
        loading = tab is not None and tab.loading and tab.state != TabState.CRASHED
        self.toolbar.set_loading(loading)
        self.toolbar.address.set_progress(tab.progress if tab is not None and loading else None)
        self.action_registry[ActionId.NAVIGATE_BACK].setEnabled(tab is not None and tab.can_go_back)
        self.action_registry[ActionId.NAVIGATE_FORWARD].setEnabled(tab is not None and tab.can_go_forward)
        self.action_registry[ActionId.NAVIGATE_RELOAD].setEnabled(tab is not None)
        self._refresh_stop()
        self._refresh_title()
        self._show_status()

    def _refresh_title(self) -> None:
        tab = self._current
        title = self._title or (self.tab_strip.button_of(tab).title() if tab is not None else "")
        parts = [title, "Private"] if self.private else [title]
        # The application's name stands at the end: elsewhere Qt adds it once more.
        self.setWindowTitle(" — ".join([part for part in parts if part] + [APPLICATION_NAME]))

    def _refresh_stop(self) -> None:
        # Esc belongs to the page unless there is something to stop or to leave.
        loading = self._current is not None and self._current.loading
        self.action_registry[ActionId.NAVIGATE_STOP].setEnabled(loading or self.full_screen.active)

    def _show_status(self) -> None:
        text = shown_link(self._current.status) if self._current is not None and self._current.status else ""
        bubbles.show_status(self.status, text, self.content.geometry())

    def _remember_typed(self) -> None:
        edit = self.toolbar.address.edit
        if self._current is not None and edit.edited and edit.hasFocus():
            self._typed[self._current.tab_id] = edit.text()


def _home() -> Path | None:
    try:
        return Path.home()
    except RuntimeError:
        return None


def _on_screen(part: QWidget) -> tuple[int, int, int, int]:
    corner = part.mapToGlobal(QPoint(0, 0))
    area = QRect(corner, part.size())
    return area.x(), area.y(), area.width(), area.height()
