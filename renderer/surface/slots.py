"""Main's memory, mapped into the renderer: which slots are free, and what each of them still lacks."""

import ctypes
import mmap
import os
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QRegion

BYTES_PER_PIXEL: Final = 4


class Slots:
    """``slots`` × ``slot_bytes`` bytes of shared memory. Takes over ``descriptor`` and closes it.

    Raises OSError or ValueError if it cannot be mapped.
    """

    def __init__(self, number: int, slots: int, slot_bytes: int, descriptor: int) -> None:
        self.number = number
        self.slot_bytes = slot_bytes
        try:
            self._memory = mmap.mmap(
                descriptor, slots * slot_bytes, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE
            )
        finally:
            os.close(descriptor)
        self._address = ctypes.addressof(ctypes.c_char.from_buffer(self._memory))
        self._free = list(range(slots))
        # What changed since the slot was painted; None: it holds nothing of use.
        self._lacks: list[QRegion | None] = [None] * slots
        self._newest: int | None = None

    @property
    def free(self) -> int | None:
        """A slot that may be painted; None while main holds them all."""
        return self._free[-1] if self._free else None

    @property
    def newest_address(self) -> int | None:
        """Where the newest frame stands in memory, if there is one."""
        return None if self._newest is None else self._address + self._newest * self.slot_bytes

    def image(self, slot: int, width: int, height: int) -> QImage:
        """The slot as an image to paint on."""
        start = slot * self.slot_bytes
        pixels = memoryview(self._memory)[start : start + width * height * BYTES_PER_PIXEL]
        return QImage(pixels, width, height, width * BYTES_PER_PIXEL, QImage.Format.Format_RGB32)

    def lacking(self, slot: int, damage: QRegion, whole: QRect) -> QRegion:
        """What must be painted so that the slot holds a frame that differs from the newest one by ``damage``."""
        lacks = self._lacks[slot]
        return QRegion(whole) if lacks is None else lacks.united(damage)

    def commit(self, slot: int, damage: QRegion) -> None:
        """The slot holds the newest frame now and is main's until it is released."""
        self._free.remove(slot)
        self._lacks = [None if lacks is None else lacks.united(damage) for lacks in self._lacks]
        self._lacks[slot] = QRegion()
        self._newest = slot

    def release(self, slot: int) -> None:
        """Main has done with the slot."""
        if slot not in self._free and slot < len(self._lacks):
            self._free.append(slot)

    def forget(self) -> None:
        """No slot holds anything of use: the size changes."""
        self._lacks = [None] * len(self._lacks)
        self._newest = None

    def give_back_memory(self) -> None:
        """Free the pages of the free slots: nobody looks at them, and they read as zeros until painted again."""
        for slot in self._free:
            self._lacks[slot] = None
            if slot == self._newest:
                self._newest = None
            self._memory.madvise(mmap.MADV_REMOVE, slot * self.slot_bytes, self.slot_bytes)

    def close(self) -> None:
        """Let the memory go; nothing may be painted any more."""
        self._memory.close()
