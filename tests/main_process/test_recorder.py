from collections.abc import Callable
from typing import Any

import pytest

from main_process.recorder import Recorder, Ring
from shared.channels import contract_of
from shared.channels.inspector import Record, Verdict
from shared.channels.link import Echo
from shared.channels.settings import SettingsGet
from shared.channels.tab import TabUpdate
from shared.contract import Direction, Party
from shared.errors import BadCall, ErrorCode, Refused
from shared.ipc_channel import IPCChannel
from shared.observation import Observation
from shared.session import Session, Side
from shared.values import decode, decoder

_decoder = decoder(Record)


class Dialogue:
    """Main's session, recorded, and its peer's, with a wire between them that counts its bytes."""

    def __init__(self, recorder: Recorder) -> None:
        self.now = 0.0
        self.recorder = recorder
        self.main = Session(side=Side.MAIN, party=Party.PAGE, clock=lambda: self.now)
        self.peer = Session(side=Side.PEER, party=Party.PAGE, clock=lambda: self.now)
        self.tap = recorder.watch(self.main, link=5, peer="page 5")
        self.frames: list[bytes] = []
        self.peer.start()
        self.exchange()
        self.main.open()
        self.peer.open()

    def exchange(self) -> None:
        """Carry what waits, both ways, until nothing does."""
        while self.main.outbox or self.peer.outbox:
            for source, target in ((self.peer, self.main), (self.main, self.peer)):
                while source.outbox:
                    buffers, _ = source.outbox.peek()
                    data = b"".join(buffers)
                    source.outbox.advance(len(data))
                    self.frames.append(data)
                    target.receive(data)

    def records(self) -> list[Record]:
        """All that is kept, decoded."""
        ring = self.recorder.ring
        return [decode(_decoder, data) for data in ring.read(ring.first, 10_000, 10**9)]


@pytest.fixture
def dialogue() -> Dialogue:
    return Dialogue(Recorder(clock=lambda: 1000.5))


def test_everything_is_kept_from_the_first_message_on(dialogue: Dialogue) -> None:
    dialogue.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="Hello"))
    dialogue.exchange()
    records = dialogue.records()
    assert [record.channel for record in records] == ["link:hello", "link:welcome", "tab:update"]
    assert [record.sequence for record in records] == [1, 2, 3]
    title = records[2]
    assert (title.link, title.peer, title.time) == (5, "page 5", 1000.5)
    assert (title.direction, title.verdict) == (Direction.TO_MAIN, Verdict.ALLOWED)
    assert title.payload == {"title": "Hello"}


def test_sizes_are_those_of_the_wire(dialogue: Dialogue) -> None:
    dialogue.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="é" * 100))
    dialogue.exchange()
    assert [record.size for record in dialogue.records()] == [len(frame) for frame in dialogue.frames]


def test_a_reply_carries_the_latency_that_main_measured(dialogue: Dialogue) -> None:
    def handler(payload: Echo) -> Echo:
        dialogue.now += 0.25
        return payload

    dialogue.main.remove_handler(IPCChannel.LINK_ECHO)
    dialogue.main.handle(IPCChannel.LINK_ECHO, handler)
    dialogue.peer.invoke(IPCChannel.LINK_ECHO, Echo(value=[1, 2**70, b"x"]))
    dialogue.exchange()
    request, reply = dialogue.records()[-2:]
    assert (request.id, request.latency) == ("1", None)
    assert (reply.in_reply_to, reply.direction, reply.latency) == ("1", Direction.FROM_MAIN, 0.25)
    assert reply.payload == {"value": [1, 2**70, b"x"]}


def test_a_wrong_field_is_a_refused_row_with_its_path_and_so_is_what_the_sender_is_told(
    dialogue: Dialogue,
) -> None:
    class Forger(TabUpdate):
        """What a page with a contract of its own would send."""

        colour: int = 3

    dialogue.peer.send(IPCChannel.TAB_UPDATE, Forger(title="Hello", colour=4))
    dialogue.exchange()
    event, answer = dialogue.records()[-2:]
    assert (event.verdict, event.code, event.path) == (Verdict.REFUSED, "invalid-payload", "$.colour")
    assert event.payload is None
    assert (answer.type, answer.verdict, answer.code) == ("error", Verdict.ALLOWED, "invalid-payload")


def test_a_denied_message_is_a_row_with_the_reason_and_its_payload(dialogue: Dialogue) -> None:
    dialogue.main.decide = lambda contract, payload: Refused(ErrorCode.PERMISSION_DENIED, "page 5 holds none")
    dialogue.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="Hello"))
    dialogue.exchange()
    row = dialogue.records()[-2]
    assert (row.verdict, row.code, row.reason) == (Verdict.REFUSED, "permission-denied", "page 5 holds none")
    assert row.payload == {"title": "Hello"}


@pytest.mark.parametrize(
    ("garbage", "code", "raw"),
    [
        (b"\x03\x00\x00\x00abc", "malformed-envelope", b"abc"),
        (b"\xff\xff\xff\xffabc", "malformed-frame", b"\xff\xff\xff\xffabc"),
    ],
)
def test_what_cannot_be_read_is_a_row_with_its_bytes(
    dialogue: Dialogue, garbage: bytes, code: str, raw: bytes
) -> None:
    dialogue.main.receive(garbage)
    row = dialogue.records()[-1]
    assert (row.verdict, row.code, row.size, row.raw) == (Verdict.REFUSED, code, len(garbage), raw)


def test_a_failed_handler_is_a_failed_reply_not_a_refusal(dialogue: Dialogue) -> None:
    def handler(payload: SettingsGet) -> Any:
        raise BadCall(ErrorCode.NOT_FOUND, "there is no setting 'colour'")

    dialogue.main.handle(IPCChannel.SETTINGS_GET, handler)
    dialogue.peer.invoke(IPCChannel.SETTINGS_GET, SettingsGet())
    dialogue.exchange()
    request, reply = dialogue.records()[-2:]
    assert request.verdict is Verdict.ALLOWED
    assert (reply.verdict, reply.type, reply.code) == (Verdict.ALLOWED, "error", "not-found")


def observation(**fields: Any) -> Observation:
    given: dict[str, Any] = {"direction": Direction.TO_MAIN, "channel": "c", "type": "event", "size": 100}
    return Observation(**{**given, **fields})


def kept(recorder: Recorder, seen: Observation) -> Record:
    recorder.record(1, "page 1", seen)
    found: Record = decode(_decoder, recorder.ring.read(recorder.ring.next - 1, 1, 1)[0])
    return found


def test_what_is_secret_is_not_kept_nor_quoted() -> None:
    contract = contract_of(IPCChannel.INPUT_KEY)
    quoting = BadCall(ErrorCode.INVALID_PAYLOAD, "Invalid enum value 'hunter2'", path="$.text")
    recorder = Recorder()
    typed = kept(recorder, observation(contract=contract, payload="hunter2"))
    wrong = kept(recorder, observation(contract=contract, error=quoting))
    assert typed.secret
    assert b"hunter2" not in b"".join(recorder.ring.read(1, 10, 10**6))
    assert (wrong.code, wrong.path) == ("invalid-payload", "$.text")


@pytest.mark.parametrize(
    ("payload", "shown"),
    [
        (Echo(value=b"x" * 4_194_304), {"value": {"…": "4194304 bytes"}}),
        (Echo(value="x" * 40_000), {"value": {"…": "40000 characters"}}),
        (Echo(value=list(range(40_000))), {"value": {"…": "40000 items"}}),
        ({"a": b"x" * 40_000, "b": 1}, {"a": {"…": "40000 bytes"}, "b": 1}),
        ({str(number): "x" * 200 for number in range(200)}, {"…": "50000 bytes"}),
    ],
)
def test_a_huge_payload_is_a_summary(payload: Any, shown: Any) -> None:
    assert kept(Recorder(), observation(payload=payload, size=50_000)).payload == shown


def test_a_value_that_cannot_be_recorded_leaves_no_gap(caplog: pytest.LogCaptureFixture) -> None:
    recorder = Recorder()
    first = kept(recorder, observation(payload=object()))
    second = kept(recorder, observation(payload=object()))
    assert [first.sequence, second.sequence] == [1, 2]
    assert first.payload == {"…": "could not be recorded"}
    assert recorder.failures == 2
    assert len(caplog.records) == 1


def test_inspectors_own_links_are_not_recorded() -> None:
    session = Session(side=Side.MAIN, party=Party.INSPECTOR)
    assert Recorder().watch(session, link=1, peer="inspector") is None
    assert session.tap is None


def test_a_link_may_get_another_name(dialogue: Dialogue) -> None:
    assert dialogue.tap is not None
    dialogue.tap.peer = "page newtab"
    dialogue.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="Hello"))
    dialogue.exchange()
    assert dialogue.records()[-1].peer == "page newtab"


def fill(ring: Ring, count: int, make: Callable[[int], bytes]) -> None:
    for _ in range(count):
        ring.append(make(ring.next))


def test_the_ring_is_bounded_by_count() -> None:
    ring = Ring(max_records=4)
    fill(ring, 10, lambda number: b"%d" % number)
    assert (ring.first, ring.next) == (7, 11)
    assert ring.read(7, 10, 100) == [b"7", b"8", b"9", b"10"]
    assert ring.bytes == 5


def test_the_ring_is_bounded_by_bytes() -> None:
    ring = Ring(max_records=100, max_bytes=1000)
    fill(ring, 50, lambda number: b"x" * 300)
    assert ring.next - ring.first == 3
    assert ring.bytes == 900
    ring.append(b"x" * 5000)
    assert ring.next - ring.first == 1


def test_a_read_is_bounded_but_gives_at_least_one() -> None:
    ring = Ring()
    fill(ring, 10, lambda number: b"x" * 100)
    assert len(ring.read(1, 3, 10_000)) == 3
    assert len(ring.read(1, 10, 250)) == 2
    assert len(ring.read(10, 10, 1)) == 1
    assert ring.read(11, 10, 1) == []
