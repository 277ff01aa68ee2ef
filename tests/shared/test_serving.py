"""Requests of the peer: each is answered once, or not at all."""

import logging
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from shared.channels import contract_of
from shared.codec import Codec, codec_of
from shared.errors import BadCall, BadMessage, ErrorCode, Full, Gone, IPCError, Late, Refused
from shared.ipc_channel import IPCChannel
from shared.serving import Serving
from shared.tasks import Future
from tests.shared.pair import Clock

GET = codec_of(contract_of(IPCChannel.SETTINGS_GET))
UPDATE = codec_of(contract_of(IPCChannel.SETTINGS_UPDATE))


class Answered(NamedTuple):
    id_: str
    result: Any
    error: BaseException | None
    latency: float


class Bench:
    """What is served, and every answer that was written."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.answers: list[Answered] = []
        self.unencodable: object = None
        self.serving = Serving(self._answer, self.clock)

    def _answer(
        self,
        id_: str,
        codec: Codec,
        *,
        result: Any = None,
        error: BaseException | None = None,
        latency: float,
    ) -> None:
        if result is not None and result is self.unencodable:
            raise BadCall(ErrorCode.UNENCODABLE, "cannot be sent", path="$")
        self.answers.append(Answered(id_, result, error, latency))

    def serve_later(self, id_: str, codec: Codec = GET) -> Future[Any]:
        """Serve a request whose handler gives a future."""
        future: Future[Any] = Future()
        self.serving.serve(id_, codec, lambda _: future, None)
        return future


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_value_is_the_answer_and_the_handler_gets_the_payload(bench: Bench) -> None:
    bench.serving.serve("1", GET, lambda payload: payload * 2, 21)
    assert bench.answers == [Answered("1", 42, None, 0.0)]
    assert len(bench.serving) == 0


def test_a_coroutine_is_answered_when_it_ends_with_the_time_it_took(bench: Bench) -> None:
    slow: Future[str] = Future()

    async def handler(payload: str) -> str:
        return payload + await slow

    bench.serving.serve("1", GET, handler, "a")
    assert bench.answers == []
    bench.clock.now += 0.25
    slow.set_result("b")
    assert bench.answers == [Answered("1", "ab", None, 0.25)]


def test_a_foreign_exception_is_logged_and_an_error_of_the_protocol_is_not(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    refused, mistake = Refused(ErrorCode.CAPABILITY_ABSENT, "no"), ValueError("mistake")

    def refuse(_: None) -> None:
        raise refused

    async def fail(_: None) -> None:
        raise mistake

    with caplog.at_level(logging.ERROR):
        bench.serving.serve("1", GET, refuse, None)
        assert caplog.text == ""
        bench.serving.serve("2", GET, fail, None)
    assert "the handler of settings:get failed" in caplog.text
    assert [answer.error for answer in bench.answers] == [refused, mistake]


def test_a_lie_that_a_handler_finds_is_the_sessions(bench: Bench) -> None:
    def find_out(_: None) -> None:
        raise BadMessage(ErrorCode.INVALID_PAYLOAD, "impossible")

    with pytest.raises(BadMessage, match="impossible"):
        bench.serving.serve("1", GET, find_out, None)
    assert bench.answers == []


def test_an_id_that_is_unanswered_cannot_be_used_again_and_then_it_can(bench: Bench) -> None:
    first = bench.serve_later("1")
    with pytest.raises(BadMessage, match="request 1 is unanswered already"):
        bench.serve_later("1")
    first.set_result("first")
    bench.serve_later("1").set_result("second")
    assert [answer.result for answer in bench.answers] == ["first", "second"]


def test_what_cannot_be_sent_is_answered_with_that(bench: Bench) -> None:
    bench.unencodable = object()
    bench.serving.serve("1", GET, lambda _: bench.unencodable, None)
    (answer,) = bench.answers
    assert isinstance(answer.error, BadCall)
    assert answer.error.code is ErrorCode.UNENCODABLE


def test_room_is_counted_by_channel_and_comes_back_however_a_request_ends(bench: Bench) -> None:
    futures = [bench.serve_later(str(number)) for number in range(GET.contract.in_flight)]
    with pytest.raises(Full, match="settings:get: 64 requests are unanswered already"):
        bench.serving.check_room(GET)
    bench.serving.check_room(UPDATE)
    ends: tuple[Callable[[], None], ...] = (
        lambda: futures[0].set_result(None),
        lambda: futures[1].set_exception(Refused(ErrorCode.CAPABILITY_ABSENT, "no")),
        lambda: bench.serving.cancel("2"),
    )
    for end in ends:
        end()
        bench.serving.check_room(GET)
        bench.serve_later(f"again {end}")
        with pytest.raises(Full):
            bench.serving.check_room(GET)
    bench.serving.forget(Gone(ErrorCode.PAGE_REPLACED, "replaced"))
    bench.serving.check_room(GET)


def test_cancelled_it_stops_and_nobody_is_answered(bench: Bench) -> None:
    ended: list[str] = []
    inner: Future[None] = Future()

    async def handler(_: None) -> None:
        try:
            await inner
        except Late:
            ended.append("stopped")
            raise

    bench.serving.serve("1", GET, handler, None)
    bench.serving.cancel("1")
    bench.serving.cancel("1")
    bench.serving.cancel("never sent")
    assert ended == ["stopped"]
    assert inner.done()
    assert bench.answers == []
    assert len(bench.serving) == 0


def test_a_handler_that_takes_too_long_is_stopped_and_answered_for_once(bench: Bench) -> None:
    slow = bench.serve_later("1")
    deadline = bench.clock.now + GET.contract.deadline
    bench.serving.expire(deadline - 0.001)
    assert not slow.done()
    bench.serving.expire(deadline)
    bench.serving.expire(deadline + 100)
    assert isinstance(slow.exception(), Late)
    (answer,) = bench.answers
    assert isinstance(answer.error, IPCError)
    assert (answer.id_, answer.error.code) == ("1", ErrorCode.DEADLINE)


def test_what_belonged_to_a_replaced_page_answers_nobody_even_under_its_old_id(bench: Bench) -> None:
    old = bench.serve_later("1")
    stubborn: Future[Any] = Future()

    async def handler(_: None) -> str:
        try:
            await old
        except Late:
            return "too late"
        return "in time"

    bench.serving.serve("2", GET, handler, None)
    bench.serving.forget(Gone(ErrorCode.PAGE_REPLACED, "the page was replaced"))
    assert isinstance(old.exception(), Late)
    bench.serving.serve("1", GET, lambda _: stubborn, None)
    old.set_result("of the old page")
    stubborn.set_result("of the new page")
    assert [(answer.id_, answer.result) for answer in bench.answers] == [("1", "of the new page")]
