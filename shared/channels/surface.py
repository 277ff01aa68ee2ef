"""The surface: pixels up, geometry down. No size ever comes from a renderer."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from shared.contract import (
    BOTH_PHASES,
    FAST,
    RENDERERS,
    Contract,
    Count,
    Delivery,
    Direction,
    Finite,
    Pattern,
    Struct,
)
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_DAMAGE_RECTANGLES, MAX_SURFACE_SIDE

Side = Annotated[int, Meta(ge=1, le=MAX_SURFACE_SIDE)]
Offset = Annotated[int, Meta(ge=0, le=MAX_SURFACE_SIDE)]
Slot = Annotated[int, Meta(ge=0, le=7)]


class SurfaceBuffer(Struct):
    """One descriptor travels along: a sealed memfd of ``slots`` x ``slot_bytes`` bytes."""

    buffer: Count
    slots: Annotated[int, Meta(ge=2, le=8)]
    slot_bytes: Count


class SurfaceGeometry(Struct):
    """Size to paint at, in device pixels, into ``buffer``; rows follow each other without gaps (width x 4 bytes)."""

    geometry: Count
    buffer: Count
    width: Side
    height: Side
    device_pixel_ratio: Finite


Rectangle = tuple[Offset, Offset, Offset, Offset]
"""x, y, width, height in device pixels."""


class SurfaceFrame(Struct):
    """Slot ``slot`` now holds a whole frame at ``geometry``; ``damage`` is what differs from the frame before."""

    geometry: Count
    slot: Slot
    sequence: Count
    damage: Annotated[tuple[Rectangle, ...], Meta(max_length=MAX_DAMAGE_RECTANGLES)]


class SurfaceRelease(Struct):
    """Main no longer shows ``slot`` of ``buffer``: it may be painted again."""

    buffer: Count
    slot: Slot


class SurfaceVisibility(Struct):
    """Whether anybody can see the surface; a hidden one sends no frames."""

    visible: bool


class CursorShape(StrEnum):
    """The pointer shapes that Qt::CursorShape has in common with CSS, under their CSS names."""

    DEFAULT = "default"
    POINTER = "pointer"
    TEXT = "text"
    WAIT = "wait"
    PROGRESS = "progress"
    CROSSHAIR = "crosshair"
    HELP = "help"
    NOT_ALLOWED = "not-allowed"
    GRAB = "grab"
    GRABBING = "grabbing"
    MOVE = "move"
    COPY = "copy"
    ALIAS = "alias"
    NONE = "none"
    COL_RESIZE = "col-resize"
    ROW_RESIZE = "row-resize"
    EW_RESIZE = "ew-resize"
    NS_RESIZE = "ns-resize"
    NESW_RESIZE = "nesw-resize"
    NWSE_RESIZE = "nwse-resize"
    UP_ARROW = "up-arrow"


class SurfaceCursor(Struct):
    """The pointer's shape over the surface."""

    shape: CursorShape


def _down(
    channel: IPCChannel, summary: str, payload: type[Struct], delivery: Delivery = Delivery.ORDERED
) -> Contract:
    return Contract(
        channel=channel,
        summary=summary,
        pattern=Pattern.EVENT,
        direction=Direction.FROM_MAIN,
        parties=RENDERERS,
        payload=payload,
        phases=BOTH_PHASES,
        rate=FAST,
        delivery=delivery,
        carries_descriptor=payload is SurfaceBuffer,
    )


CONTRACTS = (
    _down(IPCChannel.SURFACE_BUFFER, "New shared memory to paint into.", SurfaceBuffer),
    _down(
        IPCChannel.SURFACE_GEOMETRY, "New size or device pixel ratio.", SurfaceGeometry, Delivery.LATEST_WINS
    ),
    _down(IPCChannel.SURFACE_RELEASE, "A slot may be painted again.", SurfaceRelease),
    _down(IPCChannel.SURFACE_VISIBILITY, "Shown or hidden.", SurfaceVisibility),
    Contract(
        channel=IPCChannel.SURFACE_FRAME,
        summary="A frame is whole.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=RENDERERS,
        payload=SurfaceFrame,
        rate=FAST,
    ),
    Contract(
        channel=IPCChannel.SURFACE_CURSOR,
        summary="The pointer's shape over the surface.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=RENDERERS,
        payload=SurfaceCursor,
        delivery=Delivery.LATEST_WINS,
    ),
)
