"""Order, bounds, coalescing and descriptors of what waits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import ErrorCode, Full
from shared.outbox import Outbox


def _drain(outbox: Outbox) -> bytes:
    out = b""
    while outbox:
        buffers, _ = outbox.peek()
        data = b"".join(buffers)
        outbox.advance(len(data))
        out += data
    return out


@given(st.lists(st.binary(min_size=1, max_size=20), max_size=20), st.data())
def test_bytes_leave_in_order_however_little_is_written(frames: list[bytes], data: st.DataObject) -> None:
    outbox = Outbox()
    for one in frames:
        outbox.put("a", one)
    written = b""
    while outbox:
        buffers, _ = outbox.peek()
        waiting = b"".join(buffers)
        count = data.draw(st.integers(min_value=1, max_value=len(waiting)))
        written += waiting[:count]
        outbox.advance(count)
    assert written == b"".join(frames)
    assert outbox.bytes == 0


def test_at_the_bound_nothing_is_lost_and_the_sender_is_told() -> None:
    outbox = Outbox(max_bytes=10, max_messages=3)
    outbox.put("a", b"12345")
    with pytest.raises(Full) as caught:
        outbox.put("a", b"123456")
    assert caught.value.code is ErrorCode.QUEUE_FULL
    outbox.put("a", b"1")
    outbox.put("a", b"2")
    with pytest.raises(Full):
        outbox.put("a", b"3")
    assert outbox.refused == 2
    assert _drain(outbox) == b"1234512"


def test_the_latest_takes_the_place_of_the_one_that_waits() -> None:
    outbox = Outbox()
    outbox.put("state", b"old", latest_wins=True)
    outbox.put("other", b"-")
    outbox.put("state", b"newer", latest_wins=True)
    assert outbox.coalesced == 1
    assert outbox.bytes == 6
    assert _drain(outbox) == b"newer-"


def test_what_is_being_written_is_not_replaced() -> None:
    outbox = Outbox()
    outbox.put("state", b"old", latest_wins=True)
    outbox.peek()
    outbox.advance(1)
    outbox.put("state", b"new", latest_wins=True)
    assert _drain(outbox) == b"ldnew"


def test_nothing_overtakes_a_fence_or_what_descriptors_came_with() -> None:
    outbox = Outbox()
    outbox.put("size", b"1", latest_wins=True)
    outbox.put("memory", b"2", (7,))
    outbox.put("size", b"3", latest_wins=True)
    outbox.fence()
    outbox.put("size", b"4", latest_wins=True)
    outbox.put("size", b"5", latest_wins=True)
    assert outbox.coalesced == 1
    assert _drain(outbox) == b"1235"


def test_descriptors_go_with_their_own_frames_first_byte_and_no_other() -> None:
    outbox = Outbox()
    outbox.put("a", b"one")
    outbox.put("b", b"two", (7,))
    outbox.put("c", b"three")
    buffers, descriptors = outbox.peek()
    assert (b"".join(buffers), descriptors) == (b"one", ())
    outbox.advance(3)
    buffers, descriptors = outbox.peek()
    assert (b"".join(buffers), descriptors) == (b"two", (7,))
    outbox.advance(1)
    buffers, descriptors = outbox.peek()
    assert (b"".join(buffers), descriptors) == (b"wothree", ())


def test_clear_gives_back_the_descriptors_that_never_left() -> None:
    outbox = Outbox()
    outbox.put("a", b"one", (3, 4))
    assert outbox.clear() == (3, 4)
    assert not outbox
    assert outbox.bytes == 0
