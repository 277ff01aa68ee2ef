"""What the supervisor does when no process comes of a birth; those that live are in tests/end_to_end."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from main_process.supervisor import supervisor as module
from main_process.supervisor.death import LaunchFailed
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.supervisor import Supervisor
from main_process.supervisor.zygote_client import Born
from shared.channels.process import ProcessFork, ProcessKind
from shared.errors import ErrorCode, Gone, IPCError, Refused
from shared.tasks import Future


class FakeClient(QObject):
    """Stands in for ``ZygoteClient``: fails each birth with what the test says."""

    started = Signal(object)
    died = Signal(int, object)
    errors: list[IPCError] = []
    forks: list[ProcessFork] = []

    def __init__(self, entries: Mapping[str, str], parent: QObject) -> None:
        super().__init__(parent)
        self.entries = entries
        self.zygotes = ()
        self.zygote = None

    def stop(self) -> None:
        self.is_stopped = True

    def fork(self, fork: ProcessFork, ends: Endpoints) -> Future[Born]:
        ends.close_theirs()
        FakeClient.forks.append(fork)
        failed: Future[Born] = Future()
        failed.set_exception(FakeClient.errors.pop(0))
        return failed


@pytest.fixture
def supervisor(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Supervisor]:
    monkeypatch.setattr(module, "ZygoteClient", FakeClient)
    monkeypatch.setattr(FakeClient, "errors", [])
    monkeypatch.setattr(FakeClient, "forks", [])
    supervisor = Supervisor(forks=True)
    yield supervisor
    # Or its timer fills the spare in a later test.
    supervisor.shutdown()


_ZYGOTE_DIED = Gone(ErrorCode.PEER_GONE, "the zygote died")


def test_a_refusal_is_a_failed_launch_with_the_reason(supervisor: Supervisor) -> None:
    FakeClient.errors = [Refused(ErrorCode.CAPABILITY_ABSENT, "start it as an ordinary user")]
    error = supervisor.page_process().exception()
    assert isinstance(error, LaunchFailed)
    assert error.death.code == "BOS-LAUNCH-FAILED-CAPABILITY-ABSENT"
    assert "start it as an ordinary user" in error.death.words
    assert len(FakeClient.forks) == 1


def test_a_birth_that_the_zygote_did_not_live_to_answer_is_tried_once_more(supervisor: Supervisor) -> None:
    FakeClient.errors = [_ZYGOTE_DIED, _ZYGOTE_DIED, _ZYGOTE_DIED]
    assert isinstance(supervisor.page_process().exception(), LaunchFailed)
    assert len(FakeClient.forks) == 2


def test_paths_go_along_as_absolute_text(
    supervisor: Supervisor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    FakeClient.errors = [Refused(ErrorCode.CAPABILITY_ABSENT, "no")] * 3
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    supervisor.page_process(reach=(Path("plugin"),))
    supervisor.web_host(Path("web"))
    supervisor.web_host(None)
    assert FakeClient.forks == [
        ProcessFork(kind=ProcessKind.PAGE, reach=(str(tmp_path / "plugin"),)),
        ProcessFork(kind=ProcessKind.WEB_HOST, storage=str(tmp_path / "web")),
        ProcessFork(kind=ProcessKind.WEB_HOST),
    ]


def test_shut_down_it_tries_nothing_again(supervisor: Supervisor) -> None:
    supervisor.shutdown()
    supervisor.shutdown()
    FakeClient.errors = [_ZYGOTE_DIED]
    assert isinstance(supervisor.page_process().exception(), LaunchFailed)
    assert len(FakeClient.forks) == 1


def test_nothing_is_known_before_the_first_birth(supervisor: Supervisor) -> None:
    assert (supervisor.isolation, supervisor.spare_pid, supervisor.zygote_pid) == ("", None, None)
    assert supervisor.processes == ()
