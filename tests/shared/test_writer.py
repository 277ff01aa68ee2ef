"""What the writing half of a session puts into the outbox and tells its tap."""

from typing import Any

import pytest

from shared.channels import contract_of
from shared.channels.settings import SettingsGet, SettingsValues
from shared.channels.surface import CursorShape, SurfaceCursor
from shared.channels.tab import TabUpdate
from shared.codec import codec_of
from shared.contract import Direction
from shared.envelope import Envelope, MessageType
from shared.errors import BadCall, ErrorCode, ErrorReport, Full, Refused
from shared.framing import FrameDecoder
from shared.ipc_channel import IPCChannel
from shared.observation import Observation
from shared.values import decode, decoder
from shared.writer import Writer
from tests.shared.pair import Clock

_envelopes = decoder(Envelope)

UPDATE = codec_of(contract_of(IPCChannel.TAB_UPDATE))
CURSOR = codec_of(contract_of(IPCChannel.SURFACE_CURSOR))
GET = codec_of(contract_of(IPCChannel.SETTINGS_GET))
DENIED = ErrorReport(code=ErrorCode.PERMISSION_DENIED, message="no")


@pytest.fixture
def writer() -> Writer:
    return Writer(Direction.TO_MAIN, Clock())


def _written(writer: Writer) -> list[Envelope]:
    frames = FrameDecoder(Clock())
    found: list[Envelope] = []
    while writer.outbox:
        buffers, _ = writer.outbox.peek()
        data = b"".join(buffers)
        writer.outbox.advance(len(data))
        found += [decode(_envelopes, body) for body in frames.feed(data)]
    return found


def test_the_envelope_says_channel_type_time_and_generation(writer: Writer) -> None:
    writer.generation = 3
    writer.write(GET, MessageType.COMMAND, SettingsGet(keys=("a",)), id_="7")
    (envelope,) = _written(writer)
    assert (envelope.channel, envelope.type, envelope.id) == ("settings:get", MessageType.COMMAND, "7")
    assert (envelope.timestamp, envelope.generation, envelope.in_reply_to) == (1000_000_000, 3, None)
    assert GET.decode_payload(envelope.payload) == SettingsGet(keys=("a",))


def test_a_reply_is_encoded_as_the_result_and_an_error_as_a_report(writer: Writer) -> None:
    writer.write(GET, MessageType.COMMAND, SettingsValues(values={"a": 1}), in_reply_to="1")
    writer.write(GET, MessageType.ERROR, DENIED, in_reply_to="2", error=Refused(DENIED.code, DENIED.message))
    reply, failure = _written(writer)
    assert GET.decode_result(reply.payload) == SettingsValues(values={"a": 1})
    assert decode(decoder(ErrorReport), failure.payload) == DENIED
    assert [reply.in_reply_to, failure.in_reply_to] == ["1", "2"]


def test_the_link_is_told_only_when_there_was_nothing_to_write(writer: Writer) -> None:
    told: list[int] = []
    writer.on_output = lambda: told.append(len(writer.outbox))
    for title in ("a", "b"):
        writer.write(UPDATE, MessageType.EVENT, TabUpdate(title=title))
    assert told == [1]
    _written(writer)
    writer.write(UPDATE, MessageType.EVENT, TabUpdate(title="c"))
    assert told == [1, 1]
    assert writer.written == 3


def test_only_news_of_the_same_kind_takes_the_place_of_what_waits(writer: Writer) -> None:
    for shape in (CursorShape.TEXT, CursorShape.WAIT):
        writer.write(CURSOR, MessageType.EVENT, SurfaceCursor(shape=shape))
        writer.write(CURSOR, MessageType.ERROR, DENIED)
        writer.write(UPDATE, MessageType.EVENT, TabUpdate(title=shape))
    written = _written(writer)
    assert [envelope.channel for envelope in written].count(IPCChannel.TAB_UPDATE) == 2
    assert [envelope.type for envelope in written].count(MessageType.ERROR) == 2
    cursors = [
        one for one in written if one.channel == CURSOR.contract.channel and one.type is MessageType.EVENT
    ]
    assert [CURSOR.decode_payload(one.payload).shape for one in cursors] == [CursorShape.WAIT]


def test_what_cannot_be_written_leaves_nothing_behind(writer: Writer) -> None:
    seen: list[Observation] = []
    writer.tap = seen.append
    echo = codec_of(contract_of(IPCChannel.LINK_ECHO))
    with pytest.raises(BadCall):
        writer.write(echo, MessageType.COMMAND, {"value": object()}, id_="1")
    with pytest.raises(Full) as caught:
        writer.write(UPDATE, MessageType.EVENT, TabUpdate(title="x" * UPDATE.contract.max_bytes))
    assert caught.value.code is ErrorCode.TOO_LARGE
    writer.outbox.max_messages = 0
    with pytest.raises(Full) as caught:
        writer.write(UPDATE, MessageType.EVENT, TabUpdate())
    assert caught.value.code is ErrorCode.QUEUE_FULL
    assert (len(writer.outbox), writer.written, seen) == (0, 0, [])


def test_descriptors_wait_with_their_frame(writer: Writer) -> None:
    writer.write(UPDATE, MessageType.EVENT, TabUpdate(), descriptors=(8, 9))
    assert writer.outbox.clear() == (8, 9)


def test_the_tap_sees_what_was_written_with_its_size_on_the_wire(writer: Writer) -> None:
    seen: list[Observation] = []
    writer.tap = seen.append
    refused = Refused(DENIED.code, DENIED.message)
    writer.write(UPDATE, MessageType.EVENT, TabUpdate(title="é"))
    size = writer.outbox.bytes
    writer.write(GET, MessageType.ERROR, DENIED, in_reply_to="4", error=refused, latency=0.5)
    event, reply = seen
    assert (event.direction, event.channel, event.size) == (Direction.TO_MAIN, "tab:update", size)
    assert (event.payload, event.contract) == (TabUpdate(title="é"), UPDATE.contract)
    assert (reply.in_reply_to, reply.error, reply.latency) == ("4", refused, 0.5)


def test_what_has_no_envelope_is_observed_by_its_bytes(writer: Writer) -> None:
    seen: list[Observation] = []
    arguments: dict[str, Any] = {"error": BadCall(ErrorCode.INVALID_PAYLOAD, "no"), "raw": b"\xff"}
    writer.observe(None, 12, Direction.TO_MAIN, **arguments)
    writer.tap = seen.append
    writer.observe(None, 12, Direction.TO_MAIN, **arguments)
    (garbage,) = seen
    assert (garbage.channel, garbage.type, garbage.size, garbage.raw) == ("", "", 12, b"\xff")
