"""The session as a dialogue: what each side says, what the other makes of it."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.channels.link import Echo
from shared.channels.navigate import Navigate
from shared.channels.page import PageIcon
from shared.channels.settings import SettingsGet, SettingsValues
from shared.channels.system import PowerSource, PowerState
from shared.channels.tab import TabUpdate
from shared.contract import FAST, Direction, Empty, Party, Phase
from shared.envelope import MessageType, Outgoing
from shared.errors import BadCall, BadMessage, ErrorCode, Full, Gone, IPCError, Refused
from shared.framing import frame
from shared.ipc_channel import IPCChannel
from shared.limits import HANDSHAKE_TIMEOUT, MAX_STRIKES
from shared.session import Observation, Session, Side
from shared.tasks import Future
from shared.values import encode
from tests.shared.pair import Pair


def _forge(channel: str, type_: MessageType, payload: Any, **fields: Any) -> bytes:
    return frame(encode(Outgoing(channel=channel, type=type_, payload=payload, timestamp=1, **fields)))


# Handshake


def test_a_page_is_idle_until_it_opens_and_others_are_open_at_once() -> None:
    assert Pair(open_=False).main.phase is Phase.IDLE
    assert Pair(Party.WEB_TAB, open_=False).peer.phase is Phase.OPEN


def test_different_contracts_are_refused_by_name() -> None:
    main = Session(side=Side.MAIN, party=Party.PAGE)
    failures: list[IPCError] = []
    main.failed = failures.append
    main.receive(_forge("link:hello", MessageType.SYSTEM, {"version": 1, "digest": "other"}))
    assert [error.code for error in failures] == [ErrorCode.VERSION_MISMATCH]
    assert main.phase is Phase.CLOSED


def test_no_hello_is_late() -> None:
    pair = Pair(open_=False)
    silent = Session(side=Side.MAIN, party=Party.PAGE, clock=pair.clock)
    failures: list[IPCError] = []
    silent.failed = failures.append
    pair.clock.now += HANDSHAKE_TIMEOUT + 1
    silent.tick()
    assert [error.code for error in failures] == [ErrorCode.DEADLINE]


def test_before_the_handshake_only_a_hello_is_legal() -> None:
    main = Session(side=Side.MAIN, party=Party.PAGE)
    failures: list[IPCError] = []
    main.failed = failures.append
    main.receive(_forge("tab:update", MessageType.EVENT, {}))
    assert [error.code for error in failures] == [ErrorCode.WRONG_STATE]


# Refusals


def test_a_wrong_field_is_refused_with_its_path_and_the_link_goes_on() -> None:
    pair = Pair()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: SettingsValues(values={}))
    with pytest.raises(BadCall) as caught:
        pair.call(pair.peer, IPCChannel.SETTINGS_GET, {"keys": ["a", 7]})
    assert (caught.value.code, caught.value.path) == (ErrorCode.INVALID_PAYLOAD, "$.keys[1]")
    assert not pair.failures
    assert pair.main.counters["refused"] == 1


def test_a_refused_event_is_told_to_its_sender() -> None:
    pair = Pair()
    told: list[tuple[str, ErrorCode]] = []
    pair.peer.refusal = lambda channel, error: told.append((channel, error.code))
    pair.peer.send(IPCChannel.TAB_UPDATE, {"title": 5})
    pair.run()
    assert told == [("tab:update", ErrorCode.INVALID_PAYLOAD)]


def test_the_gate_is_asked_with_the_payload_and_its_refusal_reaches_the_caller() -> None:
    pair = Pair()
    asked: list[Any] = []
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: pytest.fail("the handler was entered"))

    def decide(contract: Any, payload: Any) -> Refused:
        asked.append(payload)
        return Refused(ErrorCode.PERMISSION_DENIED, "ask the user")

    pair.main.decide = decide
    with pytest.raises(Refused, match="ask the user"):
        pair.call(pair.peer, IPCChannel.SETTINGS_GET)
    assert asked == [SettingsGet()]


def test_too_often_is_refused_and_for_ever_is_the_end() -> None:
    pair = Pair()
    pair.peer.refusal = lambda channel, error: None
    for _ in range(60 + MAX_STRIKES):
        pair.peer.send(IPCChannel.PAGE_ICON, PageIcon(side=0, pixels=b""))
        if not len(pair.peer.outbox) % 1000:
            pair.run()
    pair.run()
    assert [error.code for error in pair.failures] == [ErrorCode.TOO_MANY]
    assert pair.main.counters["strikes"] == MAX_STRIKES + 1


def test_a_payload_larger_than_its_contract_is_refused_at_both_ends() -> None:
    pair = Pair()
    with pytest.raises(Full):
        pair.peer.send(IPCChannel.TAB_UPDATE, {"title": "x" * 300_000})
    pair.main.receive(_forge("settings:get", MessageType.COMMAND, {"keys": ["x" * 300_000]}, id="9"))
    pair.run()
    assert pair.main.counters["refused"] == 1
    assert not pair.failures


# Forgery


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (_forge("nowhere:at_all", MessageType.EVENT, {}), ErrorCode.MALFORMED_ENVELOPE),
        (_forge("power:state", MessageType.STATE, {"source": "mains"}), ErrorCode.WRONG_DIRECTION),
        (_forge("page:load_failed", MessageType.EVENT, {}), ErrorCode.WRONG_DIRECTION),
        (_forge("tab:update", MessageType.COMMAND, {}, id="1"), ErrorCode.MALFORMED_ENVELOPE),
        (_forge("settings:get", MessageType.COMMAND, {}), ErrorCode.MALFORMED_ENVELOPE),
        (_forge("settings:get", MessageType.COMMAND, {}, in_reply_to="77"), ErrorCode.MALFORMED_ENVELOPE),
        (
            _forge("tab:update", MessageType.ERROR, {"code": "rate", "message": ""}),
            ErrorCode.MALFORMED_ENVELOPE,
        ),
        (_forge("tab:update", MessageType.EVENT, {}, generation=3), ErrorCode.WRONG_STATE),
        (_forge("link:hello", MessageType.SYSTEM, {"version": 1, "digest": ""}), ErrorCode.WRONG_STATE),
        (_forge("link:cancel", MessageType.SYSTEM, {"id": 1}), ErrorCode.MALFORMED_ENVELOPE),
        (frame(b"\xc1"), ErrorCode.MALFORMED_ENVELOPE),
        (b"\xff\xff\xff\xff", ErrorCode.MALFORMED_FRAME),
    ],
)
def test_what_no_honest_peer_can_send_ends_the_link_and_is_seen(data: bytes, code: ErrorCode) -> None:
    pair = Pair()
    seen: list[Observation] = []
    pair.main.tap = seen.append
    pair.main.receive(data)
    assert [error.code for error in pair.failures] == [code]
    assert isinstance(pair.failures[0], BadMessage)
    assert pair.main.phase is Phase.CLOSED
    if code is not ErrorCode.MALFORMED_FRAME:
        assert seen[-1].error is pair.failures[0]


def test_the_same_id_twice_is_forged() -> None:
    pair = Pair()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: Future())
    pair.main.receive(_forge("settings:get", MessageType.COMMAND, {}, id="1") * 2)
    assert [type(error) for error in pair.failures] == [BadMessage]


@given(st.binary(max_size=400))
@settings(max_examples=200)
def test_any_garbage_ends_in_at_most_one_classified_error(garbage: bytes) -> None:
    pair = Pair()
    pair.main.receive(garbage)
    pair.main.receive(frame(garbage or b"x"))
    assert len(pair.failures) <= 1
    assert all(isinstance(error, BadMessage) for error in pair.failures)


@given(st.lists(st.integers(min_value=1, max_value=7), min_size=1, max_size=50))
def test_any_split_of_the_stream_gives_the_same_messages(sizes: list[int]) -> None:
    def cut(data: bytes) -> list[bytes]:
        pieces, position, turn = [], 0, 0
        while position < len(data):
            size = sizes[turn % len(sizes)]
            pieces.append(data[position : position + size])
            position, turn = position + size, turn + 1
        return pieces

    pair = Pair(cut=cut)
    assert pair.call(pair.peer, IPCChannel.LINK_ECHO, Echo(value={"a": [1, "b"]})) == Echo(
        value={"a": [1, "b"]}
    )


def test_a_request_that_nobody_waits_for_may_be_answered_once() -> None:
    pair = Pair()
    pair.peer.handle(IPCChannel.NAVIGATE, lambda _: Future())
    asked = pair.main.invoke(IPCChannel.NAVIGATE, Navigate(url="x"))
    pair.run()
    asked.cancel()
    reply = _forge("navigate", MessageType.COMMAND, {}, in_reply_to="1")
    pair.main.receive(reply)
    assert (pair.main.counters["late_replies"], pair.failures) == (1, [])
    pair.main.receive(reply)
    assert [type(error) for error in pair.failures] == [BadMessage]


def test_a_request_that_was_answered_may_not_be_answered_again() -> None:
    pair = Pair()
    assert pair.call(pair.main, IPCChannel.LINK_PING) == Empty()
    pair.main.receive(_forge("link:ping", MessageType.COMMAND, {}, in_reply_to="1"))
    assert [type(error) for error in pair.failures] == [BadMessage]


def test_cancellations_too_have_their_rate() -> None:
    pair = Pair()
    cancel = _forge("link:cancel", MessageType.SYSTEM, {"id": "1"})
    for _ in range(int(FAST.burst)):
        pair.main.receive(cancel)
    assert not pair.failures
    pair.main.receive(cancel)
    assert [type(error) for error in pair.failures] == [BadMessage]


def test_what_a_listener_of_main_refuses_is_told_to_the_sender() -> None:
    pair = Pair()
    heard: list[TabUpdate] = []
    told: list[tuple[str, str]] = []

    def refuse(update: TabUpdate) -> None:
        raise Refused(ErrorCode.PERMISSION_DENIED, f"not {update.title}")

    pair.peer.refusal = lambda channel, error: told.append((channel, error.message))
    pair.main.on(IPCChannel.TAB_UPDATE, refuse)
    pair.main.on(IPCChannel.TAB_UPDATE, heard.append)
    pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="now"))
    pair.run()
    assert told == [(IPCChannel.TAB_UPDATE, "not now")]
    assert heard == [TabUpdate(title="now")]
    assert not pair.failures


# Generations and the end


def test_nothing_of_an_old_page_reaches_the_new_one() -> None:
    pair = Pair()
    slow: Future[SettingsValues] = Future()
    heard: list[TabUpdate] = []
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: slow)
    pair.main.on(IPCChannel.TAB_UPDATE, heard.append)
    asked = pair.peer.invoke(IPCChannel.SETTINGS_GET)
    pair.run()
    pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="old"))
    pair.main.new_generation()
    pair.run()
    slow.set_result(SettingsValues(values={}))
    pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="new"))
    pair.run()
    assert isinstance(asked.exception(), Gone)
    assert [update.title for update in heard] == ["new"]
    assert pair.main.counters["stale"] == 1
    assert not pair.failures


def test_a_state_of_the_new_page_does_not_overtake_its_beginning() -> None:
    pair = Pair()
    pair.main.send(IPCChannel.POWER_STATE, PowerState(source=PowerSource.BATTERY))
    pair.main.new_generation()
    pair.main.send(IPCChannel.POWER_STATE, PowerState(source=PowerSource.MAINS))
    pair.run()
    heard: list[PowerState] = []
    pair.peer.on(IPCChannel.POWER_STATE, heard.append)
    assert [state.source for state in heard] == [PowerSource.MAINS]
    assert pair.peer.error is None


def test_closing_settles_everything_and_nothing_can_be_sent() -> None:
    pair = Pair()
    handled: Future[SettingsValues] = Future()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: handled)
    pair.peer.handle(IPCChannel.NAVIGATE, lambda _: Future())
    asked = pair.peer.invoke(IPCChannel.SETTINGS_GET)
    mine = pair.main.invoke(IPCChannel.NAVIGATE, Navigate(url="x"))
    pair.run()
    gone = Gone(ErrorCode.PEER_GONE, "it died")
    pair.main.close(gone)
    pair.peer.close(gone)
    assert mine.exception() is gone
    assert asked.exception() is gone
    assert handled.done()
    with pytest.raises(Gone, match="it died"):
        pair.main.send(IPCChannel.POWER_STATE, PowerState(source=PowerSource.MAINS))
    assert not pair.failures


# Observation


def test_a_tap_sees_both_directions_with_sizes_latency_and_pairs() -> None:
    pair = Pair()
    seen: list[Observation] = []
    pair.main.tap = seen.append
    answer: Future[SettingsValues] = Future()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: answer)
    pair.peer.invoke(IPCChannel.SETTINGS_GET)
    pair.run()
    pair.clock.now += 0.5
    answer.set_result(SettingsValues(values={}))
    request, reply = seen
    assert (request.direction, request.id, request.payload) == (Direction.TO_MAIN, "1", SettingsGet())
    assert (reply.direction, reply.in_reply_to, reply.latency) == (Direction.FROM_MAIN, "1", 0.5)
    assert reply.size == pair.main.outbox.bytes
