"""What the system tells every page: events, power, appearance."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from shared.contract import (
    BOTH_PHASES,
    RENDERERS,
    Contract,
    Delivery,
    Direction,
    Finite,
    Pattern,
    Struct,
    Text,
)
from shared.ipc_channel import IPCChannel


class SystemEventKind(StrEnum):
    """What happened."""

    RESUMED = "resumed"
    """The machine woke from sleep (or main was stopped and went on)."""
    QUITTING = "quitting"
    """The shell is closing."""


class SystemEvent(Struct):
    """Something of the whole machine or shell."""

    kind: SystemEventKind


class PowerSource(StrEnum):
    """Where the machine's power comes from."""

    MAINS = "mains"
    BATTERY = "battery"
    UNKNOWN = "unknown"


class PowerState(Struct):
    """``charge`` runs from 0 to 1; None where there is no battery."""

    source: PowerSource
    charge: Finite | None = None


class ColorScheme(StrEnum):
    """The shell's effective theme; 'system' is resolved by main."""

    LIGHT = "light"
    DARK = "dark"


class Appearance(Struct):
    """How pages should look. ``palette`` maps QPalette role names to ``#rrggbb``; ``font_size`` is points."""

    scheme: ColorScheme
    palette: dict[Annotated[str, Meta(max_length=32)], Annotated[str, Meta(pattern="^#[0-9a-f]{6}$")]]
    font_family: Text
    font_size: Finite


CONTRACTS = (
    Contract(
        channel=IPCChannel.SYSTEM_EVENT,
        summary="Something happened to the machine or the shell.",
        pattern=Pattern.EVENT,
        direction=Direction.FROM_MAIN,
        parties=RENDERERS,
        payload=SystemEvent,
        phases=BOTH_PHASES,
    ),
    Contract(
        channel=IPCChannel.POWER_STATE,
        summary="Mains or battery.",
        pattern=Pattern.STATE,
        direction=Direction.FROM_MAIN,
        parties=RENDERERS,
        payload=PowerState,
        phases=BOTH_PHASES,
        delivery=Delivery.LATEST_WINS,
    ),
    Contract(
        channel=IPCChannel.APPEARANCE_STATE,
        summary="Colour scheme, palette and font that pages should follow.",
        pattern=Pattern.STATE,
        direction=Direction.FROM_MAIN,
        parties=RENDERERS,
        payload=Appearance,
        phases=BOTH_PHASES,
        delivery=Delivery.LATEST_WINS,
    ),
)
