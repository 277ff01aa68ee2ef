"""Full screen: the page alone. The chrome comes back at the top edge and for the keyboard; Esc always leaves."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCursor, QEnterEvent
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow, QWidget

from main_process.window import tokens
from main_process.window.focus import holds_focus
from main_process.window.labels import label

_EDGE = 2
_NOTICE_SHOWN = 3500
_WATCH_INTERVAL = 400


class _Edge(QWidget):
    """A thin line at the top of the screen that feels the pointer."""

    entered = Signal()

    def enterEvent(self, event: QEnterEvent) -> None:
        self.entered.emit()


class FullScreen(QObject):
    """Switches ``window`` and hides ``chrome`` meanwhile.

    Signals:
        changed(bool): whether it is full screen now.
    """

    changed = Signal(bool)

    def __init__(self, window: QMainWindow, chrome: list[QWidget], body: QWidget) -> None:
        super().__init__(window)
        self._window, self._chrome, self._body = window, chrome, body
        self._active = False
        self._was_maximized = False
        self._edge = _Edge(body)
        self._edge.hide()
        self._edge.entered.connect(self.reveal)
        self.notice: QLabel = label("Press F11 or Esc to leave full screen", "body", body)
        self.notice.setObjectName("notice")
        self.notice.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.notice.hide()
        self._notice_timer = self._timer(_NOTICE_SHOWN, self.notice.hide)
        self._notice_timer.setSingleShot(True)
        # Entering and leaving are not told reliably of widgets that appear under a resting pointer.
        self._watch = self._timer(_WATCH_INTERVAL, self._hide_unused_chrome)
        body.installEventFilter(self)

    @property
    def active(self) -> bool:
        """Whether the window fills the screen."""
        return self._active

    def toggle(self) -> None:
        """In, or out again."""
        self.set_active(not self._active)

    def set_active(self, active: bool) -> None:
        """Fill the screen or go back to the window as it was."""
        if active == self._active:
            return
        self._active = active
        if active:
            self._was_maximized = self._window.isMaximized()
            self._window.showFullScreen()
            self._put_away()
            self._place()
            self.notice.show()
            self.notice.raise_()
            self._notice_timer.start()
        else:
            self._watch.stop()
            self._notice_timer.stop()
            self.notice.hide()
            self._edge.hide()
            for part in self._chrome:
                part.show()
            if self._was_maximized:
                self._window.showMaximized()
            else:
                self._window.showNormal()
        self.changed.emit(active)

    def reveal(self) -> None:
        """Show the chrome while the pointer or the keyboard is in it."""
        if self._active:
            self._edge.hide()
            for part in self._chrome:
                part.show()
            self._watch.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._active and event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _hide_unused_chrome(self) -> None:
        pointer = QCursor.pos()
        in_use = QApplication.activePopupWidget() is not None or any(
            part.rect().contains(part.mapFromGlobal(pointer)) or holds_focus(part) for part in self._chrome
        )
        if not in_use:
            self._put_away()

    def _put_away(self) -> None:
        self._watch.stop()
        for part in self._chrome:
            part.hide()
        self._edge.show()
        self._edge.raise_()

    def _place(self) -> None:
        self._edge.setGeometry(0, 0, self._body.width(), _EDGE)
        self.notice.adjustSize()
        self.notice.move((self._body.width() - self.notice.width()) // 2, tokens.SPACE_6)

    def _timer(self, interval: int, slot: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(interval)
        timer.timeout.connect(slot)
        return timer
