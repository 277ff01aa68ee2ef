"""What stands under the toolbar for one tab: its surface, or a page that main draws, and the hang panel."""

from typing import Final

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QResizeEvent
from PySide6.QtWidgets import QStackedLayout, QWidget

from main_process.window.crash_page import CrashPage
from main_process.window.error_page import ErrorPage
from main_process.window.focus import holds_focus
from main_process.window.hang_dialog import HangDialog
from main_process.window.message_page import MessagePage
from main_process.window.tab_interface import Tab, TabState

PATIENCE: Final = 15_000
"""Milliseconds after which a tab that still hangs is asked about again."""


class TabContent(QWidget):
    """Follows ``tab.state``. The surface keeps its place while another page is shown over it.

    Signals:
        close_requested: from the crash page or the hang panel.
    """

    close_requested = Signal()

    def __init__(self, tab: Tab, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.tab = tab
        self._stack = QStackedLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        tab.view.setObjectName("surface")
        self._stack.addWidget(tab.view)
        self._page: MessagePage | None = None
        self._shown_for: object = None
        # Runs while the person waits: the panel is away meanwhile, and the tab's icon still says that it hangs.
        self._patience = QTimer(self, singleShot=True, interval=PATIENCE)
        self._patience.timeout.connect(self._on_patience_timeout)
        self._title = title
        self.hang_dialog: HangDialog | None = None
        self.refresh(title)

    @property
    def page(self) -> MessagePage | None:
        """The page main draws in place of the surface, if any."""
        return self._page

    def refresh(self, title: str) -> None:
        """Read the tab again; ``title`` is what its button shows."""
        tab = self.tab
        if tab.state == TabState.CRASHED:
            self._show_page(("crash", id(tab.death), tab.crash_loop))
        elif tab.state == TabState.LOAD_FAILED and tab.load_failure is not None:
            failure = tab.load_failure
            self._show_page(("error", failure.url, failure.code, failure.description))
        else:
            self._show_page(None)
        self._title = title
        self._show_hang()

    def release_view(self) -> None:
        """Give the surface back to its tab, parentless and hidden."""
        self._stack.removeWidget(self.tab.view)
        self.tab.view.hide()
        self.tab.view.setParent(None)

    def focus_page(self) -> None:
        """Give the keyboard to whatever is shown."""
        target = self.hang_dialog.wait_button if self.hang_dialog is not None else self._page or self.tab.view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.hang_dialog is not None:
            self.hang_dialog.place(self.size())

    def _show_page(self, shown_for: object) -> None:
        if shown_for == self._shown_for:
            return
        had_focus = holds_focus(self)
        self._shown_for = shown_for
        old = self._page
        self._page = self._made_page() if shown_for is not None else None
        if self._page is not None:
            self._stack.addWidget(self._page)
        self._stack.setCurrentWidget(self._page or self.tab.view)
        if old is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        if had_focus:
            self.focus_page()

    def _made_page(self) -> MessagePage:
        tab = self.tab
        if tab.state == TabState.LOAD_FAILED and tab.load_failure is not None:
            error_page = ErrorPage(tab.load_failure)
            error_page.retry_requested.connect(tab.reload)
            return error_page
        crash_page = CrashPage(tab.death, tab.details, looping=tab.crash_loop)
        crash_page.reload_requested.connect(tab.reload)
        crash_page.close_requested.connect(self.close_requested)
        return crash_page

    def _show_hang(self) -> None:
        hung = self.tab.hung and self._page is None
        if not hung:
            self._patience.stop()
        wanted = hung and not self._patience.isActive()
        if wanted and self.hang_dialog is None:
            dialog = HangDialog(self)
            dialog.wait_requested.connect(self._on_hang_dialog_wait_requested)
            dialog.copy_requested.connect(lambda: QGuiApplication.clipboard().setText(self.tab.details()))
            dialog.reload_requested.connect(self.tab.reload)
            dialog.close_requested.connect(self.close_requested)
            self.hang_dialog = dialog
        if self.hang_dialog is None:
            return
        if not wanted:
            dialog, self.hang_dialog = self.hang_dialog, None
            if holds_focus(dialog):
                # Hiding it would give the keyboard to whatever comes next in the window.
                self.focus_page()
            dialog.hide()
            dialog.deleteLater()
            return
        self.hang_dialog.set_title(self._title)
        self.hang_dialog.place(self.size())
        self.hang_dialog.show()
        self.hang_dialog.raise_()

    def _on_hang_dialog_wait_requested(self) -> None:
        self._patience.start()
        self._show_hang()

    def _on_patience_timeout(self) -> None:
        self._show_hang()
