"""Births passed to a zygote that lives in this process."""

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from main_process.supervisor import zygote_client
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.zygote_client import Born, ZygoteClient
from shared.channels.process import Isolation, ProcessFork, ProcessForked, ProcessKind
from shared.errors import ErrorCode, Gone, Refused
from shared.tasks import Future
from tests.main_process.supervisor.fake_zygote import FakeZygote

_FORK = ProcessFork(kind=ProcessKind.PAGE)


@pytest.fixture
def client(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[ZygoteClient]:
    monkeypatch.setattr(zygote_client, "Zygote", FakeZygote)
    monkeypatch.setattr(FakeZygote, "made", [])
    client = ZygoteClient({})
    yield client
    client.stop()
    for zygote in FakeZygote.made:
        if not zygote.link.is_closed:
            zygote.die()


def _ask(client: ZygoteClient) -> Future[Born]:
    ends = Endpoints(ProcessKind.PAGE)
    ends.close_ours()
    return client.fork(_FORK, ends)


def test_births_wait_for_the_zygote_and_are_answered(client: ZygoteClient, qtbot: QtBot) -> None:
    born = [_ask(client) for _ in range(3)]
    (zygote,) = FakeZygote.made
    assert zygote.forks
    zygote.become_ready()
    qtbot.waitUntil(lambda: len(zygote.asked) == 3)
    for number, (fork, answer) in enumerate(zygote.asked):
        assert fork == _FORK
        answer.set_result(ProcessForked(pid=number, isolation=Isolation.AS_USER))
    qtbot.waitUntil(lambda: all(future.done() for future in born))
    assert [future.result() for future in born] == [Born(number, Isolation.AS_USER) for number in range(3)]


def test_only_so_many_are_under_way_at_once(client: ZygoteClient, qtbot: QtBot) -> None:
    born = [_ask(client) for _ in range(40)]
    (zygote,) = FakeZygote.made
    zygote.become_ready()
    qtbot.waitUntil(lambda: len(zygote.asked) == 16)
    qtbot.wait(20)
    assert len(zygote.asked) == 16
    for number in range(40):
        qtbot.waitUntil(lambda: len(zygote.asked) > number)  # noqa: B023  waits right here
        zygote.asked[number][1].set_result(ProcessForked(pid=1, isolation=Isolation.AS_USER))
    qtbot.waitUntil(lambda: all(future.done() for future in born))
    assert len(zygote.asked) == 40


def test_a_refusal_reaches_the_asker(client: ZygoteClient, qtbot: QtBot) -> None:
    born = _ask(client)
    (zygote,) = FakeZygote.made
    zygote.become_ready()
    qtbot.waitUntil(lambda: len(zygote.asked) == 1)
    zygote.asked[0][1].set_exception(Refused(ErrorCode.CAPABILITY_ABSENT, "start it as an ordinary user"))
    qtbot.waitUntil(born.done)
    assert isinstance(born.exception(), Refused)


def test_its_death_fails_what_is_under_way_and_another_serves_what_waits(
    client: ZygoteClient, qtbot: QtBot
) -> None:
    deaths: list[tuple[int, int]] = []
    client.died.connect(lambda pid, status: deaths.append((pid, status)))
    under_way = _ask(client)
    first = FakeZygote.made[0]
    first.become_ready()
    qtbot.waitUntil(lambda: len(first.asked) == 1)
    again: list[Future[Born]] = []
    under_way.add_done_callback(lambda _: again.append(_ask(client)))
    first.die()
    error = under_way.exception()
    assert isinstance(error, Gone)
    assert error.code is ErrorCode.PEER_GONE
    assert deaths == [(first.pid, -9)]
    # What was asked again from within the death itself waits for the next one.
    qtbot.waitUntil(lambda: len(FakeZygote.made) == 2)
    second = FakeZygote.made[1]
    second.become_ready()
    qtbot.waitUntil(lambda: len(second.asked) == 1)
    second.asked[0][1].set_result(ProcessForked(pid=9, isolation=Isolation.UID))
    qtbot.waitUntil(again[0].done)
    assert again[0].result() == Born(9, Isolation.UID)


def test_after_three_failed_starts_those_who_wait_are_told(client: ZygoteClient, qtbot: QtBot) -> None:
    born = _ask(client)
    for number in range(1, 4):
        qtbot.waitUntil(lambda: len(FakeZygote.made) == number)  # noqa: B023  waits right here
        FakeZygote.made[-1].die(1)
    error = born.exception()
    assert isinstance(error, Gone)
    assert error.code is ErrorCode.CLOSED
    assert "could not be started (status 1)" in error.message
    assert client.zygotes == ()
    # The next birth tries again.
    _ask(client)
    assert len(FakeZygote.made) == 4


def test_stopped_it_starts_none(client: ZygoteClient) -> None:
    client.stop()
    client.start()
    assert FakeZygote.made == []
