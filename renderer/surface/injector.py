"""Brings main's input to the page's widgets: Qt's events, made again and sent to the right window."""

from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPointingDevice, QWheelEvent, QWindow
from PySide6.QtWidgets import QWidget

from renderer.surface.focus import Focus
from shared.channels.input import InputFocus, InputKey, InputLeave, InputPointer, InputWheel, PointerAction

EVENT_TYPES: Final = {
    PointerAction.PRESS: QEvent.Type.MouseButtonPress,
    PointerAction.RELEASE: QEvent.Type.MouseButtonRelease,
    PointerAction.MOVE: QEvent.Type.MouseMove,
    PointerAction.DOUBLE_CLICK: QEvent.Type.MouseButtonDblClick,
}
_BEGINNINGS: Final = (PointerAction.PRESS, PointerAction.DOUBLE_CLICK)


class Injector(QObject):
    """The input of one surface. Positions are of the root widget, in device-independent pixels."""

    def __init__(self, focus: Focus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._focus = focus
        self._root: QWidget | None = None
        self._device = QPointingDevice.primaryPointingDevice()
        self._pressed: QWindow | None = None
        self._hovered: QWindow | None = None

    def set_root(self, root: QWidget | None) -> None:
        """Input goes to ``root``'s window from now on."""
        self._root = root
        self._pressed = self._hovered = None

    def pointer(self, message: InputPointer) -> None:
        """A press, release, movement or double click. Between press and release one window gets them all."""
        position = QPointF(message.x, message.y)
        under = self._window_at(position)
        if message.action in _BEGINNINGS and message.buttons == message.button:
            # The first button down; an older press whose release was lost holds nothing any more.
            self._pressed = None
        window = self._pressed if _is_usable(self._pressed) else under
        if window is None:
            return
        if window is under:
            self._hover(under, position)
        if message.action in _BEGINNINGS:
            self._pressed = window
        elif not message.buttons:
            self._pressed = None
        if message.action is PointerAction.DOUBLE_CLICK:
            self._press_unseen(window, message, position)
        self._send(window, EVENT_TYPES[message.action], message, position)

    def _press_unseen(self, window: QWindow, message: InputPointer, position: QPointF) -> None:
        """Qt's windows get a press before a double click, and keep it from their widgets: without it, what follows
        up to the release belongs to no widget. Nobody can say so from Python, so the press is caught at the widget.
        """
        root = self._root
        if root is None:
            return
        target = root.childAt(position.toPoint()) or root
        target.installEventFilter(self)
        try:
            self._send(window, QEvent.Type.MouseButtonPress, message, position)
        finally:
            if shiboken6.isValid(target):
                target.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.MouseButtonPress

    def _send(self, window: QWindow, kind: QEvent.Type, message: InputPointer, position: QPointF) -> None:
        event = QMouseEvent(
            kind,
            position,
            position,
            position + QPointF(window.position()),
            Qt.MouseButton(message.button),
            Qt.MouseButton(message.buttons),
            Qt.KeyboardModifier(message.modifiers),
            self._device,
        )
        event.setTimestamp(message.timestamp)
        QCoreApplication.sendEvent(window, event)

    def leave(self, message: InputLeave | None = None) -> None:
        """The pointer left the surface."""
        self._hover(None, QPointF())

    def wheel(self, message: InputWheel) -> None:
        """A turn of the wheel or a scroll of the trackpad."""
        position = QPointF(message.x, message.y)
        window = self._window_at(position)
        if window is None:
            return
        event = QWheelEvent(
            position,
            position + QPointF(window.position()),
            QPoint(message.pixel_x, message.pixel_y),
            QPoint(message.angle_x, message.angle_y),
            Qt.MouseButton(message.buttons),
            Qt.KeyboardModifier(message.modifiers),
            Qt.ScrollPhase(message.phase),
            message.inverted,
            Qt.MouseEventSource.MouseEventNotSynthesized,
            self._device,
        )
        event.setTimestamp(message.timestamp)
        QCoreApplication.sendEvent(window, event)

    def key(self, message: InputKey) -> None:
        """A key; Qt itself looks for the page's shortcuts before its widgets get it."""
        window = self._focus.key_window()
        if window is None:
            return
        event = QKeyEvent(
            QEvent.Type.KeyPress if message.pressed else QEvent.Type.KeyRelease,
            message.key,
            Qt.KeyboardModifier(message.modifiers),
            message.native_scan_code,
            message.native_virtual_key,
            message.native_modifiers,
            message.text,
            message.auto_repeat,
        )
        event.setTimestamp(message.timestamp)
        QCoreApplication.sendEvent(window, event)

    def focus(self, message: InputFocus) -> None:
        """The keyboard came or went."""
        reason = Qt.FocusReason(message.reason)
        if message.focused:
            self._focus.gain(reason)
        else:
            self._focus.lose(reason)

    def _window_at(self, position: QPointF) -> QWindow | None:
        """The window under ``position``. Popups and dialogs will be looked for here, once they can be seen."""
        root = self._root
        if root is None or not shiboken6.isValid(root) or not root.isVisible():
            return None
        return root.windowHandle()

    def _hover(self, window: QWindow | None, position: QPointF) -> None:
        """Qt never learns from the offscreen platform which window the pointer is in: it is told here."""
        if window is self._hovered and _is_usable(window):
            return
        previous, self._hovered = self._hovered, window
        if previous is not None and shiboken6.isValid(previous):
            QCoreApplication.sendEvent(previous, QEvent(QEvent.Type.Leave))
        if window is not None:
            event = QEnterEvent(position, position, position + QPointF(window.position()), self._device)
            QCoreApplication.sendEvent(window, event)


def _is_usable(window: QWindow | None) -> bool:
    return window is not None and shiboken6.isValid(window) and window.isVisible()
