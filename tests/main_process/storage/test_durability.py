"""What was acknowledged is there, however the process or the machine ended."""

import os
import random
import select
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from main_process.storage.database import open_database

KILLS = 5
SECONDS = 30.0
SEED = random.randrange(2**32)


@contextmanager
def writer(path: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process that stores without end."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.main_process.storage.writer", str(path), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()


def read_lines(process: subprocess.Popen[bytes], until: float) -> list[str]:
    """The whole lines it has said by ``until`` (monotonic seconds), or to its end."""
    assert process.stdout is not None
    descriptor = process.stdout.fileno()
    data = b""
    while (left := until - time.monotonic()) > 0:
        if select.select([descriptor], [], [], left)[0]:
            piece = os.read(descriptor, 65536)
            if not piece:
                break
            data += piece
    return data.decode().split("\n")[:-1]


def first_line(process: subprocess.Popen[bytes]) -> None:
    assert process.stdout is not None
    assert select.select([process.stdout], [], [], SECONDS)[0], "the writer acknowledged nothing"


def check(path: Path, acknowledged: list[str]) -> None:
    """Every acknowledged write is in ``path``, whole, and the file was not found damaged."""
    opened = open_database(path)
    opened.connection.close()
    assert opened.set_aside is None
    missing = [number for number in acknowledged if f"key-{number}" not in opened.settings]
    assert missing == [], f"of {len(acknowledged)} (seed {SEED})"
    for key, value in opened.settings.items():
        number = int(key.removeprefix("key-"))
        assert value == f'"{number}:{"x" * (number % 7 * 700)}"'.encode()


def test_nothing_acknowledged_is_lost_by_kill_9(tmp_path: Path) -> None:
    chance = random.Random(SEED)
    total = 0
    for turn in range(KILLS):
        path = tmp_path / f"{turn}" / "profile.sqlite3"
        path.parent.mkdir()
        with writer(path) as process:
            first_line(process)
            # The moment falls anywhere in a cycle of commits and checkpoints.
            acknowledged = read_lines(process, time.monotonic() + chance.uniform(0.0, 0.6))
            process.kill()
            acknowledged += read_lines(process, time.monotonic() + SECONDS)
        total += len(acknowledged)
        check(path, acknowledged)
    assert total > KILLS


def test_files_as_a_power_cut_would_leave_them_hold_what_was_acknowledged(tmp_path: Path) -> None:
    """Both files as they are while the writer is stopped at any moment, and with a commit that was being written."""
    path = tmp_path / "profile.sqlite3"
    chance = random.Random(SEED)
    acknowledged: list[str] = []
    with writer(path) as process:
        first_line(process)
        for turn in range(KILLS):
            acknowledged += read_lines(process, time.monotonic() + chance.uniform(0.0, 0.3))
            os.kill(process.pid, signal.SIGSTOP)
            os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOWAIT)
            copies = [tmp_path / f"{kind}-{turn}" / path.name for kind in ("whole", "torn")]
            for copy in copies:
                copy.parent.mkdir()
                for suffix in ("", "-wal"):  # the third file is an index, made anew
                    shutil.copyfile(f"{path}{suffix}", f"{copy}{suffix}")
            os.kill(process.pid, signal.SIGCONT)
            with open(f"{copies[1]}-wal", "ab") as wal:
                wal.write(os.urandom(chance.randrange(1, 9000)))
            for copy in copies:
                check(copy, acknowledged)
    assert len(acknowledged) > KILLS


@pytest.mark.parametrize("limit", [60_000, 300_000])
def test_a_full_disk_is_told_and_what_was_acknowledged_before_stays(tmp_path: Path, limit: int) -> None:
    path = tmp_path / "profile.sqlite3"
    with writer(path, str(limit)) as process:
        lines = read_lines(process, time.monotonic() + SECONDS)
        assert process.wait(SECONDS) == 0
    acknowledged = [line for line in lines if not line.startswith("refused")]
    assert len(acknowledged) > 5
    assert lines[-1].startswith("refused the profile could not be written: ")
    check(path, acknowledged)
