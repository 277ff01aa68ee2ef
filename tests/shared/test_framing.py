"""Frames come out as they went in, however the stream was split; lies end in one error."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import BadMessage, ErrorCode, Full
from shared.framing import FrameDecoder, frame
from shared.limits import FRAME_TIMEOUT, MAX_FRAME_BYTES
from tests.shared.pair import Clock


@given(st.lists(st.binary(min_size=1, max_size=50), max_size=10), st.data())
def test_any_split_gives_the_same_frames(bodies: list[bytes], data: st.DataObject) -> None:
    stream = b"".join(frame(body) for body in bodies)
    decoder = FrameDecoder(Clock())
    seen: list[bytes] = []
    while stream:
        cut = data.draw(st.integers(min_value=1, max_value=len(stream)))
        seen += decoder.feed(stream[:cut])
        stream = stream[cut:]
    assert seen == bodies
    assert not decoder.pending


@given(st.binary(max_size=300))
def test_garbage_gives_frames_or_one_error(garbage: bytes) -> None:
    decoder = FrameDecoder(Clock(), limit=100)
    try:
        for body in decoder.feed(garbage):
            assert 0 < len(body) <= 100
    except BadMessage as error:
        assert error.code is ErrorCode.MALFORMED_FRAME


def test_a_claim_beyond_the_limit_is_refused_before_its_bytes_come() -> None:
    decoder = FrameDecoder(Clock())
    with pytest.raises(BadMessage, match=str(MAX_FRAME_BYTES + 1)):
        list(decoder.feed((MAX_FRAME_BYTES + 1).to_bytes(4, "little")))


def test_the_largest_frame_passes_and_one_byte_more_is_refused_at_the_sender() -> None:
    body = bytes(MAX_FRAME_BYTES)
    assert list(FrameDecoder(Clock()).feed(frame(body))) == [body]
    with pytest.raises(Full):
        frame(body + b"x")


def test_an_empty_frame_is_refused() -> None:
    with pytest.raises(BadMessage):
        list(FrameDecoder(Clock()).feed(b"\0\0\0\0"))


def test_a_frame_that_trickles_is_refused_in_time() -> None:
    clock = Clock()
    decoder = FrameDecoder(clock)
    assert list(decoder.feed(frame(b"whole") + b"\x05\0")) == [b"whole"]
    clock.now += FRAME_TIMEOUT - 0.1
    assert list(decoder.feed(b"\0\0a")) == []
    decoder.check_time()
    clock.now += 0.2
    with pytest.raises(BadMessage, match="whole within"):
        decoder.check_time()


def test_no_frame_begun_is_never_late() -> None:
    clock = Clock()
    decoder = FrameDecoder(clock)
    assert list(decoder.feed(frame(b"a"))) == [b"a"]
    clock.now += 1e6
    decoder.check_time()
