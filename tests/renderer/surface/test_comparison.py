import ctypes
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from renderer.surface.comparison import BANDS, address_of, differing_rows

ROW = 16
ROWS = 200


def rows_of(first: bytes, second: bytes, top: int = 0, bottom: int = ROWS) -> list[tuple[int, int]]:
    return list(
        differing_rows(address_of(memoryview(first)), address_of(memoryview(second)), ROW, top, bottom)
    )


def test_an_address_is_where_the_bytes_are() -> None:
    content = b"something"
    assert ctypes.string_at(address_of(memoryview(content)[4:]), 5) == b"thing"


def test_equal_pictures_differ_nowhere() -> None:
    picture = bytes(row % 256 for row in range(ROWS * ROW))
    assert rows_of(picture, bytes(bytearray(picture))) == []


def test_wholly_different_ones_differ_in_one_stretch() -> None:
    assert rows_of(b"\0" * ROW * ROWS, b"\1" * ROW * ROWS) == [(0, ROWS)]


def test_rows_outside_are_not_looked_at() -> None:
    changed = bytearray(ROW * ROWS)
    changed[0] = changed[ROW * 100] = changed[-1] = 1
    assert rows_of(bytes(ROW * ROWS), bytes(changed), 1, 99) == []


@given(st.sets(st.integers(0, ROWS - 1)), st.integers(0, ROWS), st.integers(0, ROWS))
def test_every_changed_row_is_within_a_stretch(changed: set[int], top: int, bottom: int) -> None:
    second = bytearray(ROW * ROWS)
    for row in changed:
        second[row * ROW + row % ROW] = 1
    stretches = rows_of(bytes(ROW * ROWS), bytes(second), top, bottom)
    within = {row for row in changed if top <= row < bottom}
    assert all(any(start <= row < end for start, end in stretches) for row in within)
    assert all(any(start <= row < end for row in within) for start, end in stretches)
    assert all(top <= start < end <= bottom for start, end in stretches)
    assert all(first[1] < second[0] for first, second in pairwise(stretches))
    assert len(stretches) <= BANDS // 2
