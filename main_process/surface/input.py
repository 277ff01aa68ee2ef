"""What the user does over a surface, from Qt's events to the contracts' payloads. Pure functions."""

from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QWheelEvent

from shared.channels.input import InputFocus, InputKey, InputPointer, InputWheel, PointerAction

_MAX_KEY_TEXT: Final = 64
_UNSIGNED: Final = 0xFFFFFFFF

POINTER_ACTIONS: Final = {
    QEvent.Type.MouseButtonPress: PointerAction.PRESS,
    QEvent.Type.MouseButtonRelease: PointerAction.RELEASE,
    QEvent.Type.MouseMove: PointerAction.MOVE,
    QEvent.Type.MouseButtonDblClick: PointerAction.DOUBLE_CLICK,
}


def pointer(event: QMouseEvent) -> InputPointer:
    """A press, release, movement or double click. The window system's double clicks are told as such."""
    position = event.position()
    return InputPointer(
        action=POINTER_ACTIONS[event.type()],
        x=position.x(),
        y=position.y(),
        button=event.button().value,
        buttons=event.buttons().value,
        modifiers=event.modifiers().value,
        timestamp=event.timestamp(),
    )


def wheel(event: QWheelEvent) -> InputWheel:
    """A turn of the wheel or a scroll of the trackpad, with its pixels where there are any."""
    position, angle, pixels = event.position(), event.angleDelta(), event.pixelDelta()
    return InputWheel(
        x=position.x(),
        y=position.y(),
        angle_x=angle.x(),
        angle_y=angle.y(),
        pixel_x=pixels.x(),
        pixel_y=pixels.y(),
        buttons=event.buttons().value,
        modifiers=event.modifiers().value,
        phase=event.phase().value,
        inverted=event.inverted(),
        timestamp=event.timestamp(),
    )


def key(event: QKeyEvent) -> InputKey:
    """A key, with the native codes that tell a web page which physical key it was."""
    return InputKey(
        pressed=event.type() == QEvent.Type.KeyPress,
        key=event.key() & _UNSIGNED,
        modifiers=event.modifiers().value,
        # Half of a surrogate pair is no text that can be sent.
        text=event.text().encode("utf-8", "ignore").decode()[:_MAX_KEY_TEXT],
        auto_repeat=event.isAutoRepeat(),
        native_scan_code=event.nativeScanCode(),
        native_virtual_key=event.nativeVirtualKey(),
        native_modifiers=event.nativeModifiers(),
        timestamp=event.timestamp(),
    )


def focus(event: QFocusEvent) -> InputFocus:
    """The keyboard came or went."""
    reason = min(event.reason().value, Qt.FocusReason.OtherFocusReason.value)
    return InputFocus(focused=event.gotFocus(), reason=reason)
