"""A renderer without Qt: does what it is told, honestly or not."""

import mmap
import os

from shared.channels.surface import (
    Rectangle,
    SurfaceBuffer,
    SurfaceFrame,
    SurfaceGeometry,
    SurfaceRelease,
    SurfaceVisibility,
)
from shared.ipc_channel import IPCChannel
from tests.memory_link import MemoryLink


class FakeRenderer:
    """Records what main tells, and paints whole frames of one colour."""

    def __init__(self, link: MemoryLink) -> None:
        self._link = link
        self._session = link.peer.session
        self.buffers: dict[int, mmap.mmap] = {}
        self.slot_bytes: dict[int, int] = {}
        self.geometries: list[SurfaceGeometry] = []
        self.released: list[SurfaceRelease] = []
        self.visible: list[bool] = []
        self.sequence = 0
        self._session.on(IPCChannel.SURFACE_BUFFER, self._on_buffer)
        self._session.on(IPCChannel.SURFACE_GEOMETRY, self.geometries.append)
        self._session.on(IPCChannel.SURFACE_RELEASE, self.released.append)
        self._session.on(IPCChannel.SURFACE_VISIBILITY, self._on_visibility)

    @property
    def geometry(self) -> SurfaceGeometry:
        """The one told last."""
        return self.geometries[-1]

    def _on_buffer(self, message: SurfaceBuffer) -> None:
        descriptor = self._link.peer.take_descriptor()
        self.buffers[message.buffer] = mmap.mmap(descriptor, message.slots * message.slot_bytes)
        self.slot_bytes[message.buffer] = message.slot_bytes
        os.close(descriptor)

    def _on_visibility(self, message: SurfaceVisibility) -> None:
        self.visible.append(message.visible)

    def close(self) -> None:
        """Give the memory back."""
        for memory in self.buffers.values():
            memory.close()

    def paint(
        self, slot: int, colour: int, *damage: Rectangle, geometry: SurfaceGeometry | None = None
    ) -> None:
        """Fill ``slot`` with ``colour`` (0xffRRGGBB) and say so."""
        geometry = geometry or self.geometry
        memory = self.buffers[geometry.buffer]
        start = slot * self.slot_bytes[geometry.buffer]
        pixels = colour.to_bytes(4, "little") * (geometry.width * geometry.height)
        memory[start : start + len(pixels)] = pixels
        self.say(geometry.geometry, slot, *(damage or ((0, 0, geometry.width, geometry.height),)))

    def say(self, geometry: int, slot: int, *damage: Rectangle) -> None:
        """Send a frame message, true or not."""
        self.sequence += 1
        self._session.send(
            IPCChannel.SURFACE_FRAME,
            SurfaceFrame(geometry=geometry, slot=slot, sequence=self.sequence, damage=damage),
        )
        self._link.pump()
