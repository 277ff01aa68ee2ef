"""Requests that wait: each ends once, whoever ends it."""

import pytest

from shared.channels import contract_of
from shared.codec import codec_of
from shared.errors import ErrorCode, Full, Gone, Late
from shared.ipc_channel import IPCChannel
from shared.limits import PENDING_REQUESTS
from shared.requests import Requests
from shared.tasks import Future

CODEC = codec_of(contract_of(IPCChannel.SETTINGS_GET))


class Bench:
    """Requests, and who was told of cancellations."""

    def __init__(self) -> None:
        self.cancelled: list[str] = []
        self.requests = Requests(self.cancelled.append)

    def ask(self, deadline: float = 30.0) -> tuple[str, Future[object]]:
        id_ = self.requests.next_id()
        return id_, self.requests.add(id_, CODEC, 0.0, deadline)


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_ids_are_never_given_out_twice(bench: Bench) -> None:
    first, future = bench.ask()
    bench.requests.take(first)
    future.set_result(None)
    second, _ = bench.ask()
    assert (first, second, len(bench.requests)) == ("1", "2", 1)


@pytest.mark.parametrize(
    ("id_", "may"),
    [
        ("1", True),
        ("2", True),
        ("3", False),
        ("0", False),
        ("-1", False),
        ("01", False),
        ("٢", False),
        ("x", False),
    ],
)
def test_only_ids_as_they_were_given_out_may_be_late(bench: Bench, id_: str, may: bool) -> None:
    for _ in range(2):
        bench.ask()[1].cancel()
    assert bench.requests.may_be_late(id_) is may


def test_as_many_replies_may_be_late_as_requests_were_given_up(bench: Bench) -> None:
    answered, _ = bench.ask()
    bench.requests.take(answered)
    assert not bench.requests.may_be_late(answered)
    bench.ask()[1].cancel()
    bench.ask()
    bench.requests.forget(Gone(ErrorCode.CLOSED, "over"))
    assert [bench.requests.may_be_late("2") for _ in range(3)] == [True, True, False]


def test_there_are_only_so_many_and_room_comes_back(bench: Bench) -> None:
    asked = [bench.ask() for _ in range(PENDING_REQUESTS)]
    with pytest.raises(Full) as caught:
        bench.requests.next_id()
    assert caught.value.code is ErrorCode.TOO_MANY
    asked[7][1].cancel()
    assert bench.requests.next_id() == str(PENDING_REQUESTS + 1)


def test_a_reply_takes_the_request_away_and_nobody_is_told_of_a_cancellation(bench: Bench) -> None:
    id_, future = bench.ask()
    request = bench.requests.take(id_)
    assert request.future is future
    assert bench.requests.get(id_) is None
    request.future.cancel()
    assert bench.cancelled == []
    assert not bench.requests


def test_cancelling_is_told_once(bench: Bench) -> None:
    id_, future = bench.ask()
    assert future.cancel()
    assert not future.cancel()
    assert bench.cancelled == [id_]
    assert bench.requests.get(id_) is None
    bench.requests.expire(1e9)
    assert bench.cancelled == [id_]


def test_a_deadline_is_the_moment_itself_and_its_own_alone(bench: Bench) -> None:
    (soon, first), (_, second) = bench.ask(2.5), bench.ask(9.0)
    bench.requests.expire(2.499)
    assert not first.done()
    bench.requests.expire(2.5)
    assert bench.cancelled == [soon]
    assert not second.done()
    with pytest.raises(Late, match=r"no reply on settings:get within 2\.5 s") as caught:
        first.result()
    assert caught.value.code is ErrorCode.DEADLINE


def test_who_asks_again_when_told_is_not_lost(bench: Bench) -> None:
    _, first = bench.ask(1.0)
    again: list[Future[object]] = []
    first.add_done_callback(lambda _: again.append(bench.ask(2.0)[1]))
    bench.requests.expire(1.0)
    assert [future.done() for future in again] == [False]
    again[0].add_done_callback(lambda _: again.append(bench.ask(3.0)[1]))
    bench.requests.forget(Gone(ErrorCode.PAGE_REPLACED, "replaced"))
    assert [future.done() for future in again] == [True, False]
    assert len(bench.requests) == 1


def test_the_end_fails_all_and_tells_nobody(bench: Bench) -> None:
    gone = Gone(ErrorCode.PEER_GONE, "it died")
    futures = [bench.ask()[1] for _ in range(3)]
    bench.requests.forget(gone)
    assert [future.exception() for future in futures] == [gone] * 3
    assert bench.cancelled == []
    assert not bench.requests
