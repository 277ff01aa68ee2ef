"""Births without fork, with processes that are played here."""

import pytest
from pytestqt.qtbot import QtBot

from main_process.supervisor import spawn_client
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.spawn_client import SpawnClient
from main_process.supervisor.zygote_client import Born
from shared.channels.process import Isolation, ProcessFork, ProcessForked, ProcessKind
from shared.errors import ErrorCode, Gone, Refused
from shared.tasks import Future
from tests.main_process.supervisor.fake_zygote import FakeZygote


@pytest.fixture
def client(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> SpawnClient:
    monkeypatch.setattr(spawn_client, "Zygote", FakeZygote)
    monkeypatch.setattr(FakeZygote, "made", [])
    return SpawnClient({})


def _ask(client: SpawnClient) -> Future[Born]:
    ends = Endpoints(ProcessKind.PAGE)
    ends.close_ours()
    return client.fork(ProcessFork(kind=ProcessKind.PAGE), ends)


def test_the_process_asked_becomes_the_renderer(client: SpawnClient, qtbot: QtBot) -> None:
    client.start()
    born = _ask(client)
    (zygote,) = FakeZygote.made
    assert not zygote.forks
    assert [each.pid for each in client.zygotes] == [zygote.pid]
    zygote.become_ready()
    qtbot.waitUntil(lambda: len(zygote.asked) == 1)
    zygote.asked[0][1].set_result(ProcessForked(pid=zygote.pid, isolation=Isolation.UID))
    qtbot.waitUntil(born.done)
    assert born.result()[:2] == (zygote.pid, Isolation.UID)
    assert zygote.is_released
    assert not client.zygotes
    reap = born.result().reap
    assert reap is not None
    assert reap() == 0


def test_one_that_dies_before_fails_the_birth(client: SpawnClient) -> None:
    born = _ask(client)
    FakeZygote.made[0].die(1)
    error = born.exception()
    assert isinstance(error, Gone)
    assert error.code is ErrorCode.PEER_GONE
    assert not client.zygotes


def test_one_that_refuses_is_ended(client: SpawnClient, qtbot: QtBot) -> None:
    born = _ask(client)
    (zygote,) = FakeZygote.made
    zygote.become_ready()
    qtbot.waitUntil(lambda: len(zygote.asked) == 1)
    zygote.asked[0][1].set_exception(Refused(ErrorCode.CAPABILITY_ABSENT, "no"))
    qtbot.waitUntil(born.done)
    assert isinstance(born.exception(), Refused)
    assert zygote.ended == 1
    zygote.die()


def test_stopped_it_starts_none(client: SpawnClient) -> None:
    client.stop()
    assert isinstance(_ask(client).exception(), Gone)
    assert FakeZygote.made == []
