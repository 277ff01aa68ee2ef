"""Who has the keyboard, as main says: the page's windows, or a window that is nobody's.

The offscreen platform activates every window that is shown and none when one is hidden; main's word is what counts.
A surface that lost the keyboard gives it to its sink, a window of one pixel, so that carets stop and web pages blur.
"""

from typing import ClassVar
from weakref import WeakSet

import shiboken6
from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget

_REASONS_OF_POPUPS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.MenuBarFocusReason)


class Focus(QObject):
    """The keyboard focus of one surface."""

    _all: ClassVar[WeakSet["Focus"]] = WeakSet()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root: QWidget | None = None
        self._sink: QWindow | None = None
        self._is_focused = False
        self._all.add(self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication), "a surface needs an application"
        application.focusWindowChanged.connect(self._on_application_focus_window_changed)

    @property
    def is_focused(self) -> bool:
        """What main said last."""
        return self._is_focused

    def set_root(self, root: QWidget | None) -> None:
        """The page's window is ``root`` from now on."""
        self._root = root
        self.restore()

    def gain(self, reason: Qt.FocusReason) -> None:
        """The surface has the keyboard. Coming by Tab, its first widget has; by Backtab, its last."""
        self._is_focused = True
        self.restore()
        window = self._root_window()
        if window is not None and reason in (
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        ):
            QCoreApplication.sendEvent(window, QFocusEvent(QFocusEvent.Type.FocusIn, reason))

    def lose(self, reason: Qt.FocusReason) -> None:
        """The surface has lost the keyboard, unless it is only lent to a popup of main's."""
        if reason in _REASONS_OF_POPUPS:
            return
        self._is_focused = False
        if _active_window() is None:
            # A popup that closed took the activation with it, and the page does not know that it lost anything.
            self._activate()
            self._activate_sink()
        else:
            self.restore()

    def restore(self) -> None:
        """Make the active window what main says it is."""
        window = _active_window()
        owned = window is not None and self.owns(window)
        if self._is_focused and self._is_shown():
            if window is None or not (owned or self._is_unclaimed(window)):
                self._activate()
        elif owned:
            self._activate_sink()

    def owns(self, window: QWindow) -> bool:
        """Whether ``window`` is the page's, or a dialog or popup on top of it."""
        root = self._root_window()
        if root is None:
            return False
        above: QWindow | QObject | None = window
        while isinstance(above, QWindow):
            if above == root:
                return True
            above = above.transientParent()
        return False

    def key_window(self) -> QWindow | None:
        """Where keys go: the open popup, else the active window, else a dialog that waits, else the page's own."""
        popup, modal = QApplication.activePopupWidget(), QApplication.activeModalWidget()
        for window in (
            popup.windowHandle() if popup is not None else None,
            _active_window(),
            modal.windowHandle() if modal is not None else None,
        ):
            if window is not None and (self.owns(window) or self._is_unclaimed(window)):
                return window
        return self._root_window()

    def _is_unclaimed(self, window: QWindow) -> bool:
        """Whether ``window`` is a popup or dialog that was given no parent: then it is the focused surface's."""
        return not any(window == each._sink or each.owns(window) for each in self._all)

    def _root_window(self) -> QWindow | None:
        root = self._root
        return root.windowHandle() if root is not None and shiboken6.isValid(root) else None

    def _is_shown(self) -> bool:
        """A hidden root gives the keyboard back, or Qt would not activate it when it is shown again."""
        return self._root is not None and shiboken6.isValid(self._root) and self._root.isVisible()

    def _activate(self) -> None:
        root = self._root
        if root is None or not self._is_shown():
            return
        modal = QApplication.activeModalWidget()
        top = modal.windowHandle() if modal is not None else None
        if modal is not None and top is not None and (self.owns(top) or self._is_unclaimed(top)):
            modal.activateWindow()
        else:
            root.activateWindow()

    def _activate_sink(self) -> None:
        if self._sink is None:
            self._sink = QWindow()
            self._sink.setFlags(Qt.WindowType.FramelessWindowHint)
            self._sink.setGeometry(0, 0, 1, 1)
            self._sink.show()
        self._sink.requestActivate()

    def _on_application_focus_window_changed(self) -> None:
        # Not from within the change: windows are half way between active and not.
        QTimer.singleShot(0, self, self.restore)


def _active_window() -> QWindow | None:
    # Qt's stubs leave the None out.
    return QGuiApplication.focusWindow()
