import os
import socket
import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from main_process.local_server import bind_in_directory
from shared.channels.inspector import InspectorRecords
from shared.errors import ErrorCode, Late, Refused
from shared.runtime_paths import INSPECTOR_SOCKET, INSPECTOR_TOKEN, runtime_directory
from tests.tools.inspector.records import record
from tests.tools.inspector.shell import StandIn
from tools.inspector import client as client_module
from tools.inspector.client import InspectorClient, NotListening


def directory_of(profile: Path) -> Path:
    return runtime_directory(profile.resolve(), os.environ, os.getuid())


def test_connect_attach_describe_and_records(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    with InspectorClient.connect(profile) as client:
        assert client.describe().pid == shell_process.pid
        batch = next(client.batches(duration=10))
    assert [record.channel for record in batch.records][:3] == ["link:hello", "link:welcome", "tab:update"]


def test_batches_end_after_the_duration(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    with InspectorClient.connect(profile, records=False) as client:
        assert list(client.batches(duration=0.1)) == []
        assert client.closed is None


def test_batches_end_with_the_shell(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    with InspectorClient.connect(profile) as client:
        batches = client.batches()
        assert len(next(batches).records) == 7
        assert shell_process.stdin is not None
        shell_process.stdin.close()
        assert list(batches) == []
        assert client.closed is not None
        assert client.closed.code is ErrorCode.PEER_GONE


def test_without_a_shell_it_says_how_to_get_one(profile: Path) -> None:
    with pytest.raises(NotListening, match="start the shell with --inspect"):
        InspectorClient.connect(profile)
    with pytest.raises(NotListening, match="start the shell with --inspect"):
        InspectorClient.connect()


def test_a_killed_shells_leftovers_are_no_shell(profile: Path) -> None:
    directory = directory_of(profile)
    directory.parent.mkdir(mode=0o700)
    directory.mkdir(mode=0o700)
    (directory / INSPECTOR_TOKEN).write_text("left")
    with socket.socket(socket.AF_UNIX) as killed:
        bind_in_directory(killed, directory / INSPECTOR_SOCKET)
    with pytest.raises(NotListening, match="start the shell with --inspect"):
        InspectorClient.connect(profile)


def test_a_runtime_directory_may_have_any_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    deep = tmp_path / ("d" * 150)
    deep.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    shell = StandIn(tmp_path / "profile")
    # It listens already; the handshake needs its loop, which does not run here.
    with pytest.raises(Late, match="did not answer"):
        InspectorClient.connect(tmp_path / "profile", timeout=0.1)
    shell.inspection.close()


def test_an_old_token_is_refused(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    (directory_of(profile) / INSPECTOR_TOKEN).write_text("yesterday's")
    with pytest.raises(Refused, match="not that of this start"):
        InspectorClient.connect(profile)


def test_a_directory_that_others_can_enter_is_not_trusted(profile: Path) -> None:
    directory = directory_of(profile)
    directory.mkdir(mode=0o700, parents=True)
    directory.parent.chmod(0o755)
    with pytest.raises(NotListening, match="not a directory of this user alone"):
        InspectorClient.connect(profile)


def test_what_is_not_taken_is_bounded_and_counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(client_module, "_MAX_WAITING_RECORDS", 10)
    ours, theirs = socket.socketpair()
    with theirs, InspectorClient(ours) as client:
        for _ in range(5):
            client._on_session_records(InspectorRecords(records=tuple(record() for _ in range(4)), lost=1))
        batches = client.take()
        assert [len(batch.records) for batch in batches] == [4, 4]
        assert [batch.lost for batch in batches] == [1 + 3 * 5, 1]
        assert client.take() == []
