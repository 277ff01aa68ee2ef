"""Which memory a renderer may paint into, at which size, and who may touch which slot.

All of it is main's own: a frame only names what main handed out before, and a name that main never gave is a lie.
No Qt here.
"""

import fcntl
import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from shared.channels.surface import Rectangle, SurfaceBuffer, SurfaceFrame, SurfaceGeometry, SurfaceRelease
from shared.errors import BadMessage, ErrorCode
from shared.limits import MAX_SURFACE_SIDE

SLOTS: Final = 2
"""One shown, one painted. Measured: a third slot gains nothing."""
BYTES_PER_PIXEL: Final = 4
OVER_ALLOCATION: Final = 1.25
"""New memory holds a surface a quarter larger than asked for, so that dragging a window's edge rarely needs more."""
WASTE: Final = 8
"""Memory so many times larger than the surface is given back."""
MAX_OUTSTANDING: Final = 8
"""Geometries a renderer may be told of before it has shown one of them."""

_SEALS: Final = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
# The memory is never run, so a renderer need not be able to; kernels before 6.3 do not know the flag.
_MFD_NOEXEC_SEAL: Final = 0x0008


def create_sealed_memory(size: int) -> int:
    """The descriptor of ``size`` bytes of zeros that nobody can ever resize.

    A renderer that could truncate it would end main with SIGBUS. Raises OSError if there is no memory.
    """
    flags = os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING
    try:
        descriptor = os.memfd_create("browser-os-surface", flags | _MFD_NOEXEC_SEAL)
    except OSError:
        descriptor = os.memfd_create("browser-os-surface", flags)
    try:
        os.ftruncate(descriptor, size)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


class FrameBuffer:
    """Sealed shared memory of ``slots`` × ``slot_bytes`` bytes that main can read and the renderer can write."""

    def __init__(self, number: int, slots: int, slot_bytes: int) -> None:
        self.number = number
        self.slots = slots
        self.slot_bytes = slot_bytes
        self._descriptor: int | None = create_sealed_memory(slots * slot_bytes)
        self._memory = mmap.mmap(self._descriptor, slots * slot_bytes, mmap.MAP_SHARED, mmap.PROT_READ)

    def take_descriptor(self) -> int:
        """The descriptor to send, once; the caller closes it. The memory stays mapped here."""
        descriptor, self._descriptor = self._descriptor, None
        assert descriptor is not None, "a buffer is sent once"
        return descriptor

    def pixels(self, slot: int, size: int) -> memoryview:
        """The first ``size`` bytes of ``slot``, read-only; keeps the memory mapped for as long as it lives."""
        start = slot * self.slot_bytes
        return memoryview(self._memory)[start : start + size]

    def message(self) -> SurfaceBuffer:
        """What the renderer is told of it."""
        return SurfaceBuffer(buffer=self.number, slots=self.slots, slot_bytes=self.slot_bytes)

    def __del__(self) -> None:
        if getattr(self, "_descriptor", None) is not None:
            os.close(self.take_descriptor())


@dataclass(frozen=True, slots=True)
class Geometry:
    """A size in device pixels that frames were asked for, and the memory they go to."""

    number: int
    buffer: FrameBuffer
    width: int
    height: int
    device_pixel_ratio: float

    @property
    def frame_bytes(self) -> int:
        """Bytes of one frame."""
        return self.width * self.height * BYTES_PER_PIXEL

    def message(self) -> SurfaceGeometry:
        """What the renderer is told of it."""
        return SurfaceGeometry(
            geometry=self.number,
            buffer=self.buffer.number,
            width=self.width,
            height=self.height,
            device_pixel_ratio=self.device_pixel_ratio,
        )


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame that was found honest. ``damage`` lies within the geometry; nothing in it came unchecked."""

    geometry: Geometry
    slot: int
    sequence: int
    damage: tuple[Rectangle, ...]

    def pixels(self) -> memoryview:
        """Rows without gaps, 4 bytes a pixel (0xffRRGGBB in native byte order)."""
        return self.geometry.buffer.pixels(self.slot, self.geometry.frame_bytes)


def slot_bytes_for(width: int, height: int) -> int:
    """Bytes of a slot for a surface of ``width`` × ``height`` device pixels, with room to grow, in whole pages."""
    wanted = int(width * height * BYTES_PER_PIXEL * OVER_ALLOCATION)
    return -(-wanted // mmap.PAGESIZE) * mmap.PAGESIZE


class SurfaceBuffers:
    """The books of one attached surface: geometries told, slots held, memory mapped."""

    def __init__(self, allocate: Callable[[int, int, int], FrameBuffer] = FrameBuffer) -> None:
        self._allocate = allocate
        self._last_number = 0
        self._buffer: FrameBuffer | None = None
        self._geometries: dict[int, Geometry] = {}
        self._newest: Geometry | None = None
        self._newest_is_shown = False
        self._held: set[tuple[int, int]] = set()
        self._shown: Frame | None = None
        self._waiting: Frame | None = None

    @property
    def newest(self) -> Geometry | None:
        """The geometry told last."""
        return self._newest

    @property
    def shown(self) -> Frame | None:
        """The frame that is painted from; its slot is main's until another is flipped in."""
        return self._shown

    @property
    def waiting(self) -> Frame | None:
        """A frame that came and has not been flipped in yet."""
        return self._waiting

    @property
    def settled(self) -> bool:
        """Whether a frame of the newest geometry has come: then it is worth telling the next one."""
        return self._newest is None or self._newest_is_shown

    @property
    def may_resize(self) -> bool:
        """Whether the renderer may be told one more geometry at all."""
        return len(self._geometries) < MAX_OUTSTANDING

    def resize(
        self, width: int, height: int, device_pixel_ratio: float
    ) -> tuple[FrameBuffer | None, Geometry]:
        """A new geometry, and the new memory it needs if the present one is too small or far too large.

        Sizes are device pixels, clamped to what a surface may have. Raises OSError without memory.
        """
        width = min(max(width, 1), MAX_SURFACE_SIDE)
        height = min(max(height, 1), MAX_SURFACE_SIDE)
        fresh: FrameBuffer | None = None
        buffer = self._buffer
        need = width * height * BYTES_PER_PIXEL
        if (
            buffer is None
            or need > buffer.slot_bytes
            or slot_bytes_for(width, height) * WASTE < buffer.slot_bytes
        ):
            buffer = fresh = self._buffer = self._allocate(
                self._next_number(), SLOTS, slot_bytes_for(width, height)
            )
        geometry = Geometry(self._next_number(), buffer, width, height, device_pixel_ratio)
        self._geometries[geometry.number] = self._newest = geometry
        self._newest_is_shown = False
        return fresh, geometry

    def _next_number(self) -> int:
        self._last_number += 1
        return self._last_number

    def accept(self, message: SurfaceFrame) -> tuple[Frame, SurfaceRelease | None]:
        """Check ``message``; it becomes ``waiting``. A frame that waited unseen is given back with the release.

        Raises BadMessage if it names a geometry, a slot or memory that the renderer has no right to.
        """
        geometry = self._geometries.get(message.geometry)
        if geometry is None:
            raise _lie("geometry", f"expected one of {sorted(self._geometries)}, got {message.geometry}")
        if message.slot >= geometry.buffer.slots:
            raise _lie("slot", f"expected 0 to {geometry.buffer.slots - 1}, got {message.slot}")
        holding = (geometry.buffer.number, message.slot)
        if holding in self._held:
            raise _lie("slot", f"slot {message.slot} is on show and was not released")
        damage = tuple(
            clamped
            for rectangle in message.damage
            if (clamped := _clamp(rectangle, geometry.width, geometry.height)) is not None
        )
        frame = Frame(geometry, message.slot, message.sequence, damage)
        # Frames come in order: what is older than this one's geometry will not be painted any more.
        self._geometries = {
            number: known for number, known in self._geometries.items() if number >= geometry.number
        }
        self._newest_is_shown = geometry is self._newest
        self._held.add(holding)
        superseded, self._waiting = self._waiting, frame
        return frame, self._give_back(superseded)

    def flip(self) -> SurfaceRelease | None:
        """Show the waiting frame; gives the release of the one shown before, if its memory is still in use."""
        if self._waiting is None:
            return None
        previous, self._shown, self._waiting = self._shown, self._waiting, None
        return self._give_back(previous)

    def _give_back(self, frame: Frame | None) -> SurfaceRelease | None:
        if frame is None:
            return None
        number = frame.geometry.buffer.number
        self._held.discard((number, frame.slot))
        if not any(geometry.buffer.number == number for geometry in self._geometries.values()):
            return None
        return SurfaceRelease(buffer=number, slot=frame.slot)


def _clamp(rectangle: Rectangle, width: int, height: int) -> Rectangle | None:
    """The part of ``rectangle`` within ``width`` × ``height``; None if there is none."""
    x, y, wide, high = rectangle
    right, bottom = min(x + wide, width), min(y + high, height)
    if x >= right or y >= bottom:
        return None
    return x, y, right - x, bottom - y


def _lie(field: str, message: str) -> BadMessage:
    return BadMessage(ErrorCode.WRONG_STATE, f"surface frame: {message}", path=f"$.{field}")
