"""A plugin's own channels go up through main and come down again."""

from collections.abc import Mapping
from typing import Any

import pytest

from main_process.relay import relay
from shared.contract import PAGE, Contract, Direction, Empty, Pattern, Struct
from shared.errors import BadCall, ErrorCode, IPCError, Refused
from shared.tasks import Future
from tests.shared.pair import Pair

GREET, HAPPENED, LEVEL = "app.demo:greet", "app.demo:happened", "app.demo:level"


class Name(Struct):
    """What travels."""

    name: str = ""


def _contracts() -> dict[str, Contract]:
    patterns = {GREET: Pattern.REQUEST, HAPPENED: Pattern.EVENT, LEVEL: Pattern.STATE}
    return {
        channel: Contract(
            channel=channel,
            summary="For tests.",
            pattern=pattern,
            direction=Direction.BOTH,
            parties=PAGE,
            payload=Name,
            result=Name if pattern is Pattern.REQUEST else None,
        )
        for channel, pattern in patterns.items()
    }


@pytest.fixture
def pair() -> Pair:
    pair = Pair()
    contracts: Mapping[str, Contract] = _contracts()
    for session in (pair.main, pair.peer):
        session.extend(contracts)
    relay(pair.main, contracts)
    return pair


def test_a_request_is_answered_by_the_page_that_serves_it(pair: Pair) -> None:
    pair.peer.handle(GREET, lambda asked: Name(name=f"hello {asked.name}"))
    assert pair.call(pair.peer, GREET, Name(name="you")) == Name(name="hello you")


@pytest.mark.parametrize("channel", [HAPPENED, LEVEL])
def test_events_and_states_come_back(pair: Pair, channel: str) -> None:
    heard: list[Name] = []
    pair.peer.on(channel, heard.append)
    for name in ("a", "b"):
        pair.peer.send(channel, Name(name=name))
    pair.run()
    assert heard == [Name(name="a"), Name(name="b")]


def test_a_page_that_reads_nothing_of_what_comes_back_is_ended(pair: Pair) -> None:
    pair.main.outbox.max_messages = 0
    pair.peer.send(HAPPENED, Name(name="a"))
    pair.run()
    assert [error.code for error in pair.failures] == [ErrorCode.QUEUE_FULL]


def test_nobody_serves_it_and_the_sender_is_told(pair: Pair) -> None:
    with pytest.raises(BadCall) as caught:
        pair.call(pair.peer, GREET)
    assert caught.value.code is ErrorCode.NO_HANDLER


def test_an_error_of_the_server_is_the_callers(pair: Pair) -> None:
    def refuse(_: Name) -> Name:
        raise Refused(ErrorCode.CAPABILITY_ABSENT, "not today")

    pair.peer.handle(GREET, refuse)
    with pytest.raises(Refused, match="not today"):
        pair.call(pair.peer, GREET)


def test_who_gives_up_stops_the_server_too(pair: Pair) -> None:
    served: Future[Any] = Future()
    pair.peer.handle(GREET, lambda _: served)
    asked = pair.peer.invoke(GREET)
    pair.run()
    assert not served.done()
    asked.cancel()
    pair.run()
    assert isinstance(served.exception(), IPCError)
    assert not pair.main.needs_tick


def test_another_page_does_not_know_the_names() -> None:
    with pytest.raises(BadCall, match=r"there is no channel 'app\.demo:greet'"):
        Pair().peer.invoke(GREET, Empty())
