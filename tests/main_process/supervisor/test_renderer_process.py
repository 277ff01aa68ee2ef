"""One renderer from main's side: its other end is played here, its process is none."""

import os
import socket
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from main_process.supervisor import renderer_process
from main_process.supervisor.death import Death, DeathReason, LaunchFailed
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.renderer_process import RendererProcess
from main_process.supervisor.zygote_client import Born
from renderer.link import Link as RendererLink
from shared.channels.process import Isolation, ProcessKind
from shared.contract import Party, Phase
from shared.errors import BadMessage, ErrorCode, Full
from shared.session import Session, Side
from tests.main_process.supervisor.fake_pidfd import FakePidfd


class Played:
    """A renderer process and what it would hold."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(renderer_process, "Pidfd", FakePidfd)
        monkeypatch.setattr(renderer_process, "LEAVE_SECONDS", dict.fromkeys(ProcessKind, 0.05))
        ends = Endpoints(ProcessKind.PAGE)
        link, self.stderr, self.stacks = ends.theirs
        self.process = RendererProcess(ProcessKind.PAGE, Born(4711, Isolation.AS_USER), ends)
        self.deaths: list[Death] = []
        self.process.died.connect(self.deaths.append)
        self.link = RendererLink(
            Session(side=Side.PEER, party=Party.PAGE), socket.socket(fileno=link), on_main_gone=lambda: None
        )

    @property
    def pidfd(self) -> Any:
        return self.process._pidfd

    def greet(self, qtbot: QtBot) -> None:
        self.link.session.start()
        qtbot.waitUntil(self.process.launched.done)

    def clean_up(self) -> None:
        self.link.close()
        os.close(self.stderr)
        os.close(self.stacks)


@pytest.fixture
def played(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Any:
    played = Played(monkeypatch)
    yield played
    if played.process.death is None:
        played.pidfd.end(0)
    played.clean_up()


def test_it_is_launched_once_it_has_greeted(played: Played, qtbot: QtBot) -> None:
    assert not played.process.launched.done()
    played.greet(qtbot)
    assert played.process.launched.result() is played.process
    assert played.process.link.session.phase is Phase.IDLE
    assert (played.process.pid, played.process.isolation) == (4711, Isolation.AS_USER)


def test_its_death_comes_with_its_last_words(played: Played, qtbot: QtBot) -> None:
    played.greet(qtbot)
    os.write(played.stderr, b"Fatal: something")
    os.write(played.stacks, b"File somewhere")
    played.pidfd.end(-11)
    (death,) = played.deaths
    assert (death.reason, death.exit_status) == (DeathReason.CRASHED, -11)
    assert (death.stderr, death.stacks) == ("Fatal: something", "File somewhere")
    assert played.process.death is death
    assert played.process.link.is_closed


def test_the_end_before_the_greeting_is_a_failed_launch(played: Played) -> None:
    os.write(played.stderr, b"no module named so")
    played.pidfd.end(70)
    failure = played.process.launched.exception()
    assert isinstance(failure, LaunchFailed)
    assert failure.death.reason is DeathReason.LAUNCH_FAILED
    assert failure.death.stderr == "no module named so"


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BadMessage(ErrorCode.MALFORMED_FRAME, "rubbish"), DeathReason.BAD_MESSAGE),
        (Full(ErrorCode.QUEUE_FULL, "reads nothing"), DeathReason.LIMIT),
    ],
)
def test_a_link_that_ends_by_its_fault_ends_it(
    played: Played, qtbot: QtBot, error: BadMessage | Full, reason: DeathReason
) -> None:
    played.greet(qtbot)
    played.process.link.close(error)
    assert played.pidfd.kills == 1
    assert played.deaths[0].reason is reason
    assert error.message in played.deaths[0].words


def test_what_it_sends_instead_of_a_greeting_is_a_failed_launch(played: Played) -> None:
    played.process.link.close(BadMessage(ErrorCode.VERSION_MISMATCH, "other version"))
    assert played.deaths[0].code == "BOS-LAUNCH-FAILED-VERSION-MISMATCH"


def test_asked_to_end_it_may_do_so_by_itself(played: Played, qtbot: QtBot) -> None:
    played.greet(qtbot)
    played.process.close()
    qtbot.waitUntil(lambda: played.link.is_closed)
    played.pidfd.end(0)
    assert played.pidfd.kills == 0
    assert played.deaths[0].reason is DeathReason.CLEAN_EXIT


def test_asked_to_end_and_not_ending_it_is_killed(played: Played, qtbot: QtBot) -> None:
    played.greet(qtbot)
    played.process.close()
    qtbot.waitUntil(lambda: played.deaths != [])
    assert played.pidfd.kills == 1
    assert played.deaths[0].reason is DeathReason.CLEAN_EXIT


def test_letting_go_of_the_link_without_ending_is_abnormal(played: Played, qtbot: QtBot) -> None:
    played.greet(qtbot)
    played.link.close()
    qtbot.waitUntil(lambda: played.deaths != [])
    assert played.deaths[0].reason is DeathReason.ABNORMAL_EXIT


def test_the_first_reason_to_kill_it_counts(played: Played, qtbot: QtBot) -> None:
    played.greet(qtbot)
    played.process.kill(DeathReason.HUNG)
    played.process.kill(DeathReason.LIMIT)
    assert [death.reason for death in played.deaths] == [DeathReason.HUNG]


def test_stacks_of_a_page_that_answers_again_are_forgotten(played: Played, qtbot: QtBot) -> None:
    os.write(played.stacks, b"Timeout!")
    qtbot.waitUntil(lambda: played.process.stacks == "Timeout!")
    played.process.forget_stacks()
    assert played.process.stacks == ""
    assert played.process.stderr == ""


def test_what_a_page_prints_is_seen_under_its_plugins_name(
    played: Played, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    played.process.call_it("hello")
    os.write(played.stderr, b"printed\nlast words")
    qtbot.waitUntil(lambda: played.process.stderr.endswith("last words"))
    assert capfd.readouterr().err == "[hello] printed\n"
    played.pidfd.end(0)
    assert capfd.readouterr().err == "[hello] last words\n"
