import os
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QRegion

from main_process.surface.buffers import create_sealed_memory
from renderer.surface.slots import Slots

WHOLE = QRect(0, 0, 32, 32)


@pytest.fixture
def slots() -> Iterator[Slots]:
    slots = Slots(1, 2, 4096, create_sealed_memory(8192))
    yield slots
    slots.close()


def free(slots: Slots) -> int:
    slot = slots.free
    assert slot is not None
    return slot


def newest(slots: Slots) -> int | None:
    return slots.newest_address


def test_the_descriptor_is_closed_whether_it_can_be_mapped_or_not() -> None:
    before = os.listdir("/proc/self/fd")
    reader, writer = os.pipe()
    with pytest.raises((OSError, ValueError)):
        Slots(1, 2, 4096, reader)
    os.close(writer)
    assert os.listdir("/proc/self/fd") == before


def test_a_new_slot_lacks_everything(slots: Slots) -> None:
    assert slots.lacking(0, QRegion(1, 1, 2, 2), WHOLE) == QRegion(WHOLE)


def test_a_slot_lacks_what_was_painted_elsewhere_since(slots: Slots) -> None:
    slots.commit(0, QRegion(WHOLE))
    slots.commit(1, QRegion(WHOLE))
    slots.release(0)
    slots.commit(0, QRegion(1, 1, 2, 2))
    slots.release(1)
    assert slots.lacking(1, QRegion(5, 5, 1, 1), WHOLE) == QRegion(1, 1, 2, 2) + QRegion(5, 5, 1, 1)


def test_mains_slots_are_not_free(slots: Slots) -> None:
    slots.commit(free(slots), QRegion(WHOLE))
    held = free(slots)
    slots.commit(held, QRegion(WHOLE))
    assert slots.free is None
    slots.release(held)
    assert slots.free == held


def test_a_release_that_makes_no_sense_changes_nothing(slots: Slots) -> None:
    slots.commit(free(slots), QRegion(WHOLE))
    left = free(slots)
    slots.release(left)
    slots.release(5)
    slots.commit(left, QRegion(WHOLE))
    assert slots.free is None


def test_the_newest_is_where_it_was_painted(slots: Slots) -> None:
    assert newest(slots) is None
    slots.commit(0, QRegion(WHOLE))
    first = newest(slots)
    slots.commit(1, QRegion(WHOLE))
    second = newest(slots)
    assert first is not None and second is not None
    assert second - first == 4096
    slots.forget()
    assert newest(slots) is None
    assert slots.lacking(0, QRegion(), WHOLE) == QRegion(WHOLE)


def test_an_image_is_the_slots_memory() -> None:
    descriptor = create_sealed_memory(8192)
    slots = Slots(1, 2, 4096, os.dup(descriptor))
    slots.image(1, 4, 4).fill(0xFF112233)
    assert os.pread(descriptor, 4, 4096) == bytes((0x33, 0x22, 0x11, 0xFF))
    assert os.pread(descriptor, 4, 0) == bytes(4)
    os.close(descriptor)
    slots.close()


def test_memory_given_back_reads_as_zeros_and_must_be_painted_again() -> None:
    descriptor = create_sealed_memory(8192)
    slots = Slots(1, 2, 4096, os.dup(descriptor))
    for slot in (0, 1):
        slots.image(slot, 4, 4).fill(0xFF112233)
        slots.commit(slot, QRegion(WHOLE))
    slots.release(0)
    slots.give_back_memory()
    assert os.pread(descriptor, 4, 0) == bytes(4)
    assert os.pread(descriptor, 4, 4096) != bytes(4)
    assert slots.lacking(0, QRegion(), WHOLE) == QRegion(WHOLE)
    assert slots.newest_address is not None
    os.close(descriptor)
