"""Input: what the user does over a surface. Positions are device-independent pixels from its top left corner."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from shared.contract import (
    BOTH_PHASES,
    FAST,
    RENDERERS,
    Contract,
    Count,
    Direction,
    Finite,
    Pattern,
    Struct,
)
from shared.ipc_channel import IPCChannel

Flags = Annotated[int, Meta(ge=0, le=2**32 - 1)]
"""Qt's own flag values: Qt::MouseButtons or Qt::KeyboardModifiers."""
Milliseconds = Annotated[int, Meta(ge=0, le=2**63 - 1)]


class PointerAction(StrEnum):
    """What the pointer did."""

    PRESS = "press"
    RELEASE = "release"
    MOVE = "move"
    DOUBLE_CLICK = "double-click"


class InputPointer(Struct):
    """``button`` caused the event (0 for moves), ``buttons`` are down."""

    action: PointerAction
    x: Finite
    y: Finite
    button: Flags = 0
    buttons: Flags = 0
    modifiers: Flags = 0
    timestamp: Milliseconds = 0

    def replaces(self, elder: "InputPointer") -> bool:
        """Whether nobody misses ``elder``, which waits, now that this has come: movement only, nothing else new."""
        return (
            self.action is elder.action is PointerAction.MOVE
            and self.buttons == elder.buttons
            and self.modifiers == elder.modifiers
        )


class InputWheel(Struct):
    """Angles in eighths of a degree (a notch is 120), pixels where the device gives them; Qt::ScrollPhase."""

    x: Finite
    y: Finite
    angle_x: int
    angle_y: int
    pixel_x: int = 0
    pixel_y: int = 0
    buttons: Flags = 0
    modifiers: Flags = 0
    phase: Annotated[int, Meta(ge=0, le=8)] = 0
    inverted: bool = False
    timestamp: Milliseconds = 0


class InputKey(Struct):
    """``key`` is Qt::Key; the native codes let web pages know which physical key it was."""

    pressed: bool
    key: Flags
    modifiers: Flags = 0
    text: Annotated[str, Meta(max_length=64)] = ""
    auto_repeat: bool = False
    native_scan_code: Count = 0
    native_virtual_key: Count = 0
    native_modifiers: Count = 0
    timestamp: Milliseconds = 0


class InputFocus(Struct):
    """Whether the surface has the keyboard; ``reason`` is Qt::FocusReason."""

    focused: bool
    reason: Annotated[int, Meta(ge=0, le=7)] = 7


class InputLeave(Struct):
    """The pointer left the surface."""


def _input(channel: IPCChannel, summary: str, payload: type[Struct], *, secret: bool = False) -> Contract:
    return Contract(
        channel=channel,
        summary=summary,
        pattern=Pattern.EVENT,
        direction=Direction.FROM_MAIN,
        parties=RENDERERS,
        payload=payload,
        phases=BOTH_PHASES,
        rate=FAST,
        secret=secret,
    )


CONTRACTS = (
    _input(IPCChannel.INPUT_POINTER, "Mouse buttons and movement.", InputPointer),
    _input(IPCChannel.INPUT_WHEEL, "Wheel and trackpad.", InputWheel),
    _input(IPCChannel.INPUT_KEY, "Keys; what is typed stays out of records.", InputKey, secret=True),
    _input(IPCChannel.INPUT_FOCUS, "Keyboard focus came or went.", InputFocus),
    _input(IPCChannel.INPUT_LEAVE, "The pointer left.", InputLeave),
)
