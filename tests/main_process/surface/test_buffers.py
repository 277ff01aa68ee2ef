import fcntl
import mmap
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from main_process.surface.buffers import (
    MAX_OUTSTANDING,
    SLOTS,
    FrameBuffer,
    Geometry,
    SurfaceBuffers,
    create_sealed_memory,
    slot_bytes_for,
)
from shared.channels.surface import Rectangle, SurfaceFrame
from shared.errors import BadMessage
from shared.limits import MAX_SURFACE_SIDE


def frame(geometry: Geometry, slot: int, *damage: Rectangle, sequence: int = 1) -> SurfaceFrame:
    return SurfaceFrame(geometry=geometry.number, slot=slot, sequence=sequence, damage=damage)


def resized(books: SurfaceBuffers, width: int = 100, height: int = 50) -> Geometry:
    return books.resize(width, height, 1.0)[1]


class TestMemory:
    def test_nobody_can_resize_or_unseal_it(self) -> None:
        descriptor = create_sealed_memory(8192)
        try:
            for size in (0, 4096, 16384):
                with pytest.raises(PermissionError):
                    os.ftruncate(descriptor, size)
            with pytest.raises(PermissionError):
                fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, fcntl.F_SEAL_WRITE)
            assert os.fstat(descriptor).st_size == 8192
            assert fcntl.fcntl(descriptor, fcntl.F_GETFD) & fcntl.FD_CLOEXEC
        finally:
            os.close(descriptor)

    def test_main_reads_what_the_renderer_writes_and_cannot_write_itself(self) -> None:
        buffer = FrameBuffer(1, SLOTS, 4096)
        descriptor = buffer.take_descriptor()
        with mmap.mmap(descriptor, SLOTS * 4096) as writable:
            writable[4096:4100] = b"\x01\x02\x03\x04"
        os.close(descriptor)
        pixels = buffer.pixels(1, 4)
        assert bytes(pixels) == b"\x01\x02\x03\x04"
        assert pixels.readonly

    def test_an_unsent_descriptor_is_closed_with_the_buffer(self) -> None:
        before = len(os.listdir("/proc/self/fd"))
        buffer = FrameBuffer(1, SLOTS, 4096)
        del buffer
        assert len(os.listdir("/proc/self/fd")) == before

    def test_slots_have_a_quarter_to_grow_in_whole_pages(self) -> None:
        size = slot_bytes_for(1280, 720)
        assert size >= 1280 * 720 * 4 * 1.25
        assert size % mmap.PAGESIZE == 0
        assert size - 1280 * 720 * 4 * 1.25 < mmap.PAGESIZE


class TestResizing:
    def test_growing_a_little_needs_no_new_memory(self) -> None:
        books = SurfaceBuffers()
        first, geometry = books.resize(1000, 800, 1.0)
        assert first is not None
        more, wider = books.resize(1100, 850, 1.0)
        assert more is None
        assert wider.buffer is first
        assert wider.number > geometry.number

    def test_growing_beyond_it_does(self) -> None:
        books = SurfaceBuffers()
        first, _ = books.resize(1000, 800, 1.0)
        second, geometry = books.resize(1300, 800, 1.0)
        assert second is not None
        assert second is not first
        assert second.slot_bytes >= geometry.frame_bytes

    def test_memory_far_too_large_is_given_back(self) -> None:
        books = SurfaceBuffers()
        first, _ = books.resize(3000, 2000, 1.0)
        second, geometry = books.resize(300, 200, 1.0)
        assert second is not None and first is not None
        assert geometry.buffer is second
        assert second.slot_bytes < first.slot_bytes

    def test_sizes_are_clamped_to_what_a_surface_may_have(self) -> None:
        allocated = []

        def allocate(number: int, slots: int, slot_bytes: int) -> FrameBuffer:
            allocated.append(slot_bytes)
            return FrameBuffer(number, slots, 4096)

        books = SurfaceBuffers(allocate)
        small = books.resize(0, -5, 1.0)[1]
        assert (small.width, small.height) == (1, 1)
        large = books.resize(10**6, 10**6, 1.0)[1]
        assert (large.width, large.height) == (MAX_SURFACE_SIDE, MAX_SURFACE_SIDE)

    def test_it_is_settled_once_a_frame_of_the_newest_size_has_come(self) -> None:
        books = SurfaceBuffers()
        settled = [books.settled]
        old = resized(books)
        settled.append(books.settled)
        new = resized(books, 110)
        books.accept(frame(old, 0))
        settled.append(books.settled)
        books.accept(frame(new, 1))
        settled.append(books.settled)
        assert settled == [True, False, False, True]

    def test_geometries_that_wait_are_bounded(self) -> None:
        books = SurfaceBuffers()
        allowed = []
        for width in range(MAX_OUTSTANDING):
            allowed.append(books.may_resize)
            last = resized(books, 100 + width)
        allowed.append(books.may_resize)
        books.accept(frame(last, 0))
        allowed.append(books.may_resize)
        assert allowed == [True] * MAX_OUTSTANDING + [False, True]


class TestFrames:
    def test_an_honest_one_waits_and_is_flipped_in(self) -> None:
        books = SurfaceBuffers()
        geometry = resized(books)
        accepted, release = books.accept(frame(geometry, 1, (10, 10, 5, 5), sequence=7))
        assert release is None
        assert accepted.damage == ((10, 10, 5, 5),)
        assert accepted.sequence == 7
        assert (books.waiting, books.shown) == (accepted, None)
        assert books.flip() is None
        assert (books.waiting, books.shown) == (None, accepted)

    def test_the_old_slot_goes_back_only_with_the_flip(self) -> None:
        books = SurfaceBuffers()
        geometry = resized(books)
        books.accept(frame(geometry, 0))
        books.flip()
        _, release = books.accept(frame(geometry, 1))
        assert release is None
        released = books.flip()
        assert released is not None
        assert (released.buffer, released.slot) == (geometry.buffer.number, 0)
        books.accept(frame(geometry, 0))

    def test_flipping_without_a_frame_does_nothing(self) -> None:
        books = SurfaceBuffers()
        geometry = resized(books)
        books.accept(frame(geometry, 0))
        books.flip()
        assert books.flip() is None
        assert books.shown is not None

    def test_a_frame_that_waited_unseen_gives_its_slot_back(self) -> None:
        books = SurfaceBuffers()
        old = resized(books)
        new = resized(books, 1000, 800)
        books.accept(frame(new, 0))
        second, release = books.accept(frame(new, 1))
        assert release is not None
        assert release.slot == 0
        assert books.waiting is second
        assert old.buffer is not new.buffer

    def test_slots_of_memory_no_longer_in_use_are_not_released(self) -> None:
        books = SurfaceBuffers()
        old = resized(books)
        books.accept(frame(old, 0))
        books.flip()
        new = resized(books, 1000, 800)
        books.accept(frame(new, 0))
        assert books.flip() is None

    @given(
        st.tuples(
            st.integers(0, MAX_SURFACE_SIDE),
            st.integers(0, MAX_SURFACE_SIDE),
            st.integers(0, MAX_SURFACE_SIDE),
            st.integers(0, MAX_SURFACE_SIDE),
        )
    )
    def test_damage_is_clamped_to_the_surface(self, rectangle: Rectangle) -> None:
        books = SurfaceBuffers()
        accepted, _ = books.accept(frame(resized(books), 0, rectangle))
        x, y, width, height = rectangle
        covered = {(a, b) for a in (x, x + width - 1) for b in (y, y + height - 1)}
        if not accepted.damage:
            assert width == 0 or height == 0 or x >= 100 or y >= 50
            return
        (left, top, wide, high) = accepted.damage[0]
        assert wide > 0 and high > 0
        assert left + wide <= 100 and top + high <= 50
        assert (left, top) == (x, y)
        assert all(
            a >= 100 or b >= 50 or (left <= a < left + wide and top <= b < top + high) for a, b in covered
        )


class TestLies:
    def test_a_geometry_that_main_never_told(self) -> None:
        books = SurfaceBuffers()
        geometry = resized(books)
        for number in (0, geometry.number + 1, 2**53):
            lie = SurfaceFrame(geometry=number, slot=0, sequence=1, damage=())
            with pytest.raises(BadMessage, match="geometry"):
                books.accept(lie)

    def test_a_geometry_from_before_the_last_frame(self) -> None:
        books = SurfaceBuffers()
        old = resized(books)
        new = resized(books, 110)
        books.accept(frame(new, 0))
        with pytest.raises(BadMessage, match="geometry"):
            books.accept(frame(old, 1))

    def test_a_slot_that_does_not_exist(self) -> None:
        books = SurfaceBuffers()
        with pytest.raises(BadMessage, match="slot"):
            books.accept(frame(resized(books), SLOTS))

    def test_a_slot_that_waits_or_is_shown(self) -> None:
        books = SurfaceBuffers()
        geometry = resized(books)
        books.accept(frame(geometry, 0))
        with pytest.raises(BadMessage, match="released"):
            books.accept(frame(geometry, 0))
        books.flip()
        with pytest.raises(BadMessage, match="released"):
            books.accept(frame(geometry, 0))

    def test_a_lie_changes_nothing(self) -> None:
        books = SurfaceBuffers()
        geometry = resized(books)
        shown, _ = books.accept(frame(geometry, 0))
        books.flip()
        with pytest.raises(BadMessage):
            books.accept(frame(geometry, 0))
        assert books.shown is shown
        assert books.waiting is None
        books.accept(frame(geometry, 1))
