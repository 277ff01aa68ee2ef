"""A second start against a first one: the blocking side on a thread, the shell's side on Qt's loop."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from main_process import instance
from main_process.instance import hand_over
from main_process.link import Link
from main_process.local_server import LocalServer, bind_in_directory
from main_process.profile import Profile, ProfileInUse
from shared.channels.instance import InstanceOpen
from shared.contract import Empty, Party
from shared.errors import BadCall, ErrorCode, Gone, IPCError, Late, Refused
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_URL
from shared.runtime_paths import INSTANCE_SOCKET

OPENING = InstanceOpen(urls=("https://example.com/", "/home/a plugin"), screenshot="/tmp/a.png")


class SecondStart:
    """``hand_over`` on a thread of its own."""

    def __init__(self, directory: Path, opening: InstanceOpen = OPENING, timeout: float = 20.0) -> None:
        with pytest.raises(ProfileInUse) as caught:
            Profile.open(directory)
        self.profile = caught.value.profile
        self.result: bool | IPCError | None = None
        self._arguments = (self.profile, opening, timeout)
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        try:
            self.result = hand_over(*self._arguments)
        except IPCError as error:
            self.result = error

    @property
    def is_over(self) -> bool:
        return not self._thread.is_alive()


class FirstStart:
    """A profile that is held, and what was asked of its shell."""

    def __init__(self, directory: Path) -> None:
        self.profile = Profile.open(directory)
        self.opened: list[InstanceOpen] = []
        self.answer: Callable[[InstanceOpen], Any] = lambda opening: Empty()
        self.server: LocalServer | None = None

    def listen(self) -> None:
        self.server = LocalServer(self.profile.runtime / INSTANCE_SOCKET, Party.INSTANCE, self._on_link)

    def _on_link(self, link: Link) -> None:
        link.session.handle(IPCChannel.INSTANCE_OPEN, self._open)

    def _open(self, opening: InstanceOpen) -> Any:
        self.opened.append(opening)
        return self.answer(opening)

    def close(self) -> None:
        if self.server is not None:
            self.server.close()  # kept: this may be called from one of its links
        self.profile.close()


@pytest.fixture
def first(tmp_path: Path) -> Iterator[FirstStart]:
    first = FirstStart(tmp_path)
    yield first
    first.close()


def test_it_is_handed_over_and_answered(first: FirstStart, tmp_path: Path, qtbot: QtBot) -> None:
    first.listen()
    second = SecondStart(tmp_path)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert second.result is True
    assert first.opened == [OPENING]


def test_much_is_handed_over_whole(first: FirstStart, tmp_path: Path, qtbot: QtBot) -> None:
    opening = InstanceOpen(urls=tuple(f"https://example.com/{number}?" + "x" * 900 for number in range(250)))
    first.listen()
    second = SecondStart(tmp_path, opening)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert second.result is True
    assert first.opened == [opening]


def test_a_shell_that_is_still_starting_is_waited_for(
    first: FirstStart, tmp_path: Path, qtbot: QtBot
) -> None:
    second = SecondStart(tmp_path)
    qtbot.wait(200)
    assert second.result is None
    first.listen()
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert second.result is True


def test_what_the_shell_refuses_is_told(first: FirstStart, tmp_path: Path, qtbot: QtBot) -> None:
    def refuse(opening: InstanceOpen) -> Empty:
        raise BadCall(ErrorCode.INVALID_PAYLOAD, "there is no plugin in /home/a plugin", path="$.urls")

    first.answer = refuse
    first.listen()
    second = SecondStart(tmp_path)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert isinstance(second.result, BadCall)
    assert second.result.message == "there is no plugin in /home/a plugin"


def test_what_cannot_be_sent_is_refused_here(first: FirstStart, tmp_path: Path, qtbot: QtBot) -> None:
    first.listen()
    second = SecondStart(tmp_path, InstanceOpen(urls=("x" * (MAX_URL + 1),)))
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert isinstance(second.result, IPCError)
    assert first.opened == []


def test_a_shell_that_ends_before_it_listens_leaves_the_profile_to_us(
    first: FirstStart, tmp_path: Path
) -> None:
    second = SecondStart(tmp_path)
    first.close()
    second._thread.join(10)
    assert second.result is False
    Profile.open(tmp_path).close()


def test_a_shell_that_ends_instead_of_answering_leaves_the_profile_to_us(
    first: FirstStart, tmp_path: Path, qtbot: QtBot
) -> None:
    first.listen()
    first.answer = lambda opening: first.close()
    second = SecondStart(tmp_path)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert second.result is False


def test_a_shell_that_hangs_up_and_lives_is_named(
    first: FirstStart, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "ENDING_SECONDS", 0.2)
    first.listen()
    first.answer = lambda opening: first.server.close() if first.server else None
    second = SecondStart(tmp_path)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert isinstance(second.result, Gone)
    assert "closed the connection: if it is of another version" in second.result.message


def test_a_shell_that_does_not_listen_is_named_in_time(first: FirstStart, tmp_path: Path) -> None:
    second = SecondStart(tmp_path, timeout=0.3)
    second._thread.join(10)
    assert isinstance(second.result, Gone)
    assert f"another shell holds {tmp_path} but does not listen" in second.result.message


def test_a_shell_that_does_not_answer_is_late_in_time(first: FirstStart, tmp_path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        bind_in_directory(deaf, first.profile.runtime / INSTANCE_SOCKET)
        deaf.listen()
        second = SecondStart(tmp_path, timeout=0.3)
        second._thread.join(10)
    assert isinstance(second.result, Late)


def test_the_socket_of_a_killed_shell_is_no_shell(tmp_path: Path) -> None:
    """Its lock went with it, so the next start has the profile; the socket that stands there is not asked."""
    killed = FirstStart(tmp_path)
    with socket.socket(socket.AF_UNIX) as left:
        bind_in_directory(left, killed.profile.runtime / INSTANCE_SOCKET)
    for descriptor in (
        killed.profile._lock,
        killed.profile._held._descriptor if killed.profile._held else None,
    ):
        assert descriptor is not None
        os.close(descriptor)
    profile = Profile.open(tmp_path)
    assert list(profile.runtime.iterdir()) == []
    profile.close()


def test_nothing_is_said_to_somebody_elses_socket(
    first: FirstStart, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance, "peer_uid", lambda connected: 4711)
    first.listen()
    second = SecondStart(tmp_path)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert isinstance(second.result, Refused)
    assert "user 4711 listens" in second.result.message
    assert first.opened == []


def test_nothing_is_looked_for_in_a_directory_that_others_may_enter(
    first: FirstStart, tmp_path: Path, qtbot: QtBot
) -> None:
    first.listen()
    first.profile.runtime.chmod(0o755)
    second = SecondStart(tmp_path)
    qtbot.waitUntil(lambda: second.is_over, timeout=20_000)
    assert isinstance(second.result, Refused)
    assert "alone (mode 0700)" in second.result.message
    assert first.opened == []
