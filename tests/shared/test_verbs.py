"""The verbs on both ends: requests, events, states, and wrong calls."""

import logging
from typing import Any

import pytest

from shared.channels.navigate import Navigate
from shared.channels.page import PageOpen
from shared.channels.settings import SettingsGet, SettingsUpdate, SettingsValues
from shared.channels.system import PowerSource, PowerState
from shared.channels.tab import TabUpdate
from shared.contract import Phase
from shared.envelope import MessageType, Outgoing
from shared.errors import BadCall, ErrorCode, Full, Gone, IPCError, Late, Refused
from shared.framing import frame
from shared.ipc_channel import IPCChannel
from shared.tasks import Future
from shared.values import encode
from tests.shared.pair import Pair


def _forge(channel: str, type_: MessageType, payload: Any, **fields: Any) -> bytes:
    return frame(encode(Outgoing(channel=channel, type=type_, payload=payload, timestamp=1, **fields)))


# Requests


def test_a_request_gets_its_typed_result_both_ways() -> None:
    pair = Pair()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda get: SettingsValues(values=dict.fromkeys(get.keys, 1)))
    assert pair.call(pair.peer, IPCChannel.SETTINGS_GET, SettingsGet(keys=("a",))) == SettingsValues(
        values={"a": 1}
    )
    asked: list[Navigate] = []
    pair.peer.handle(IPCChannel.NAVIGATE, asked.append)
    pair.call(pair.main, IPCChannel.NAVIGATE, Navigate(url="x"))
    assert asked == [Navigate(url="x")]


def test_a_coroutine_and_a_future_are_answered_when_they_end() -> None:
    pair = Pair()
    stored: Future[SettingsValues] = Future()

    async def get(_: SettingsGet) -> SettingsValues:
        return await stored

    pair.main.handle(IPCChannel.SETTINGS_GET, get)
    pair.main.handle(IPCChannel.SETTINGS_UPDATE, lambda _: stored)
    first = pair.peer.invoke(IPCChannel.SETTINGS_GET)
    second = pair.peer.invoke(IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key="a", value=1))
    pair.run()
    assert not first.done()
    stored.set_result(SettingsValues(values={}))
    pair.run()
    assert first.result() == second.result() == SettingsValues(values={})


@pytest.mark.parametrize(
    "raised", [ValueError(""), KeyError("x"), Exception(), Refused(ErrorCode.CAPABILITY_ABSENT, "no")]
)
def test_whatever_a_handler_raises_is_one_error_to_the_caller(
    raised: Exception, caplog: pytest.LogCaptureFixture
) -> None:
    pair = Pair()

    def fail(_: SettingsGet) -> SettingsValues:
        raise raised

    pair.main.handle(IPCChannel.SETTINGS_GET, fail)
    with caplog.at_level(logging.CRITICAL), pytest.raises(IPCError) as caught:
        pair.call(pair.peer, IPCChannel.SETTINGS_GET)
    expected = raised.code if isinstance(raised, IPCError) else ErrorCode.HANDLER_FAILED
    assert caught.value.code is expected
    assert pair.main.phase is Phase.OPEN


def test_a_result_that_cannot_be_sent_is_an_error_with_its_path() -> None:
    pair = Pair()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: {"values": {"a": object()}})
    with pytest.raises(BadCall) as caught:
        pair.call(pair.peer, IPCChannel.SETTINGS_GET)
    assert (caught.value.code, caught.value.path) == (ErrorCode.UNENCODABLE, "$.values.a")


def test_a_result_of_the_wrong_type_is_an_error_to_the_caller() -> None:
    pair = Pair()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: {"values": {"a": [1]}})
    with pytest.raises(BadCall) as caught:
        pair.call(pair.peer, IPCChannel.SETTINGS_GET)
    assert caught.value.code is ErrorCode.INVALID_PAYLOAD
    assert caught.value.path is not None
    assert caught.value.path.startswith("$.values")


def test_replies_may_come_out_of_order_and_each_settles_its_own() -> None:
    pair = Pair()
    waiting: list[Future[SettingsValues]] = []

    def get(_: SettingsGet) -> Future[SettingsValues]:
        waiting.append(Future())
        return waiting[-1]

    pair.main.handle(IPCChannel.SETTINGS_GET, get)
    first, second = pair.peer.invoke(IPCChannel.SETTINGS_GET), pair.peer.invoke(IPCChannel.SETTINGS_GET)
    pair.run()
    waiting[1].set_result(SettingsValues(values={"second": 2}))
    pair.run()
    assert second.done()
    assert not first.done()
    waiting[0].set_result(SettingsValues(values={"first": 1}))
    pair.run()
    assert first.result().values == {"first": 1}


def test_no_handler_is_told_at_once() -> None:
    pair = Pair()
    with pytest.raises(BadCall) as caught:
        pair.call(pair.peer, IPCChannel.SETTINGS_GET)
    assert caught.value.code is ErrorCode.NO_HANDLER


def test_a_deadline_fails_the_caller_and_stops_the_handler() -> None:
    pair = Pair()
    never: Future[SettingsValues] = Future()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: never)
    future = pair.peer.invoke(IPCChannel.SETTINGS_GET, deadline=2.0)
    pair.run()
    pair.clock.now += 1.9
    pair.peer.tick()
    assert not future.done()
    pair.clock.now += 0.2
    pair.peer.tick()
    pair.run()
    with pytest.raises(Late, match="2 s"):
        future.result()
    assert isinstance(never.exception(), Late)
    assert not pair.main.needs_tick


def test_a_handler_that_takes_longer_than_its_contract_is_stopped_by_its_own_side() -> None:
    pair = Pair()
    never: Future[SettingsValues] = Future()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: never)
    future = pair.peer.invoke(IPCChannel.SETTINGS_GET, deadline=1e6)
    pair.run()
    pair.clock.now += 31
    pair.main.tick()
    pair.run()
    assert isinstance(future.exception(), Late)
    assert never.done()


def test_cancelling_tells_the_other_side_and_a_late_reply_does_no_harm() -> None:
    pair = Pair()
    slow: Future[SettingsValues] = Future()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: slow)
    future = pair.peer.invoke(IPCChannel.SETTINGS_GET)
    pair.run()
    future.cancel()
    reply = _forge("settings:get", MessageType.COMMAND, {"values": {}}, in_reply_to="1")
    pair.peer.receive(reply)
    pair.run()
    assert isinstance(slow.exception(), Late)
    assert pair.peer.counters["late_replies"] == 1
    assert pair.peer.phase is Phase.OPEN


def test_who_waits_is_told_even_where_the_peer_cannot_be() -> None:
    pair = Pair()
    late, unwanted = pair.peer.invoke(IPCChannel.SETTINGS_GET), pair.peer.invoke(IPCChannel.SETTINGS_GET)
    pair.peer.outbox.max_messages = len(pair.peer.outbox)
    unwanted.cancel()
    pair.clock.now += 31
    pair.peer.tick()
    assert isinstance(unwanted.exception(), Late)
    assert isinstance(late.exception(), Late)
    assert pair.peer.counters["untold"] == 2
    assert pair.peer.error is None


def test_unanswered_requests_are_bounded() -> None:
    pair = Pair()
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: Future())
    futures = [pair.peer.invoke(IPCChannel.SETTINGS_GET) for _ in range(65)]
    pair.run()
    assert [future.done() for future in futures].count(True) == 1
    error = futures[64].exception()
    assert isinstance(error, Full)
    assert error.code is ErrorCode.TOO_MANY


# Events and states


def test_events_and_requests_keep_one_order() -> None:
    pair = Pair(cut=lambda data: [data[index : index + 1] for index in range(len(data))])
    seen: list[str] = []
    pair.main.on(IPCChannel.TAB_UPDATE, lambda update: seen.append(update.title))

    def get(asked: SettingsGet) -> SettingsValues:
        seen.append(asked.keys[0])
        return SettingsValues(values={})

    pair.main.handle(IPCChannel.SETTINGS_GET, get)
    for index in range(20):
        if index % 3:
            pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title=str(index)))
        else:
            pair.peer.invoke(IPCChannel.SETTINGS_GET, SettingsGet(keys=(str(index),)))
    pair.run()
    assert seen == [str(index) for index in range(20)]


def test_a_listener_that_fails_starves_no_other_and_a_disposed_one_hears_nothing(
    caplog: pytest.LogCaptureFixture,
) -> None:
    pair = Pair()
    heard: list[TabUpdate] = []

    def fail(_: TabUpdate) -> None:
        raise ZeroDivisionError

    pair.main.on(IPCChannel.TAB_UPDATE, fail)
    dispose = pair.main.on(IPCChannel.TAB_UPDATE, heard.append)
    with caplog.at_level(logging.ERROR):
        pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="a"))
        pair.run()
    assert "ZeroDivisionError" in caplog.text
    dispose()
    dispose()
    with caplog.at_level(logging.CRITICAL):
        pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="b"))
        pair.run()
    assert [update.title for update in heard] == ["a"]


def test_an_unheard_event_is_counted() -> None:
    pair = Pair()
    pair.peer.send(IPCChannel.TAB_UPDATE)
    pair.run()
    assert pair.main.counters["unheard"] == 1


def test_a_late_listener_gets_the_state_at_once_and_waiting_states_are_one() -> None:
    pair = Pair()
    for charge in (0.1, 0.2, 0.3):
        pair.main.send(IPCChannel.POWER_STATE, PowerState(source=PowerSource.BATTERY, charge=charge))
    assert pair.main.outbox.coalesced == 2
    pair.run()
    seen: list[float | None] = []
    pair.peer.on(IPCChannel.POWER_STATE, lambda state: seen.append(state.charge))
    assert seen == [0.3]


# Wrong calls of our own


def test_wrong_calls_say_what_is_wrong() -> None:
    pair = Pair()
    with pytest.raises(BadCall, match="did you mean 'tab:update'"):
        pair.peer.send("tab:updat")
    with pytest.raises(BadCall, match="use invoke"):
        pair.peer.send(IPCChannel.SETTINGS_GET)
    with pytest.raises(BadCall, match="use send"):
        pair.peer.invoke(IPCChannel.TAB_UPDATE)
    with pytest.raises(BadCall, match="from-main"):
        pair.peer.send(IPCChannel.POWER_STATE)
    pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: None)
    with pytest.raises(BadCall, match="has a handler"):
        pair.main.handle(IPCChannel.SETTINGS_GET, lambda _: None)
    with pytest.raises(BadCall):
        pair.main.handle(IPCChannel.PAGE_OPEN, lambda _: None)
    with pytest.raises(BadCall):
        pair.main.on(IPCChannel.SETTINGS_GET, lambda _: None)


def test_idle_pages_can_say_nothing_yet() -> None:
    pair = Pair(open_=False)
    with pytest.raises(Gone, match="idle"):
        pair.peer.send(IPCChannel.TAB_UPDATE)
    opening = PageOpen(url="os://x", folder="/x", entry="a:b", manifest="{}")
    pair.peer.handle(IPCChannel.PAGE_OPEN, lambda _: None)
    pair.call(pair.main, IPCChannel.PAGE_OPEN, opening)
