import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPointingDevice, QWheelEvent

from main_process.surface import input as translate
from shared.channels import CONTRACTS
from shared.channels.input import InputPointer, PointerAction
from shared.codec import codec_of
from shared.contract import Struct

NO_BUTTON = Qt.MouseButton.NoButton
LEFT = Qt.MouseButton.LeftButton
RIGHT = Qt.MouseButton.RightButton
NO_MODIFIER = Qt.KeyboardModifier.NoModifier


def crosses_the_wire(channel: str, message: Struct) -> None:
    codec = codec_of(CONTRACTS[channel])
    assert codec.decode_payload(codec.encode_payload(message)) == message


def test_every_action_has_an_event() -> None:
    assert set(translate.POINTER_ACTIONS.values()) == set(PointerAction)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("kind", "action"), translate.POINTER_ACTIONS.items())
def test_pointer(kind: QEvent.Type, action: PointerAction) -> None:
    modifiers = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    at = QPointF(10.25, 20.5)
    event = QMouseEvent(
        kind, at, at, at, RIGHT, LEFT | RIGHT, modifiers, QPointingDevice.primaryPointingDevice()
    )
    event.setTimestamp(123456)
    message = translate.pointer(event)
    assert message == InputPointer(
        action=action, x=10.25, y=20.5, button=2, buttons=3, modifiers=modifiers.value, timestamp=123456
    )
    crosses_the_wire("input:pointer", message)


def test_a_pointer_dragged_out_of_the_surface_has_positions_outside() -> None:
    at = QPointF(-5, 3000)
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, at, NO_BUTTON, LEFT, NO_MODIFIER)
    message = translate.pointer(event)
    assert (message.x, message.y) == (-5, 3000)
    crosses_the_wire("input:pointer", message)


@pytest.mark.parametrize("phase", list(Qt.ScrollPhase))
def test_wheel(phase: Qt.ScrollPhase) -> None:
    at = QPointF(3, 4)
    event = QWheelEvent(at, at, QPoint(-7, 33), QPoint(-15, 120), NO_BUTTON, NO_MODIFIER, phase, True)
    message = translate.wheel(event)
    assert (message.x, message.y) == (3, 4)
    assert (message.angle_x, message.angle_y) == (-15, 120)
    assert (message.pixel_x, message.pixel_y) == (-7, 33)
    assert message.phase == phase.value
    assert message.inverted
    crosses_the_wire("input:wheel", message)


def test_key() -> None:
    event = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.ShiftModifier, 38, 0x41, 1, "A", True, 1
    )
    message = translate.key(event)
    assert message.pressed
    assert message.key == Qt.Key.Key_A.value
    assert message.text == "A"
    assert message.auto_repeat
    assert (message.native_scan_code, message.native_virtual_key, message.native_modifiers) == (38, 0x41, 1)
    crosses_the_wire("input:key", message)


def test_key_release() -> None:
    assert not translate.key(QKeyEvent(QEvent.Type.KeyRelease, Qt.Key.Key_A, NO_MODIFIER)).pressed


@pytest.mark.parametrize(
    ("text", "sent"), [("é", "é"), ("😀", "😀"), ("x" * 100, "x" * 64), ("a\ud83d", "a"), ("", "")]
)
def test_key_texts_fit_their_field(text: str, sent: str) -> None:
    message = translate.key(QKeyEvent(QEvent.Type.KeyPress, 0, NO_MODIFIER, text))
    assert message.text == sent
    crosses_the_wire("input:key", message)


@pytest.mark.parametrize("reason", list(Qt.FocusReason))
def test_focus(reason: Qt.FocusReason) -> None:
    gained = translate.focus(QFocusEvent(QEvent.Type.FocusIn, reason))
    assert gained.focused
    assert Qt.FocusReason(gained.reason) is (
        Qt.FocusReason.OtherFocusReason if reason is Qt.FocusReason.NoFocusReason else reason
    )
    crosses_the_wire("input:focus", gained)
    assert not translate.focus(QFocusEvent(QEvent.Type.FocusOut, reason)).focused
