"""Nobody else's directory is used, and no directory outlives its shell."""

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from main_process import runtime_directory
from main_process.runtime_directory import RuntimeDirectory, RuntimeUnusable, check_private

NAME = "0123456789abcdef"
OTHER = "fedcba9876543210"

HOLDER = """
import sys
from pathlib import Path
from main_process.runtime_directory import RuntimeDirectory
held = RuntimeDirectory.take(Path(sys.argv[1]))
(held.path / "instance").touch()
if sys.argv[2] == "kept":
    held.remove_when_killed()
    print(held._keeper[0], flush=True)
else:
    print(0, flush=True)
sys.stdin.read()
held.close()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "browser-os" / NAME


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    changed = threading.Event()
    while not condition():
        assert time.monotonic() < deadline
        changed.wait(0.01)


def test_it_is_the_users_alone_and_goes_with_close(path: Path) -> None:
    held = RuntimeDirectory.take(path)
    for directory in (path.parent, path):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    (path / "instance").touch()
    held.close()
    assert list(path.parent.iterdir()) == []


def test_what_a_killed_shell_left_in_it_is_removed(path: Path) -> None:
    path.mkdir(parents=True, mode=0o700)
    path.parent.chmod(0o700)
    (path / "instance").touch()
    (path / "folder").mkdir()
    (path / "folder" / "file").touch()
    (path / "link").symlink_to(path.parent.parent)
    held = RuntimeDirectory.take(path)
    assert list(path.iterdir()) == []
    assert path.parent.parent.exists()
    held.close()


def test_leftovers_beside_it_are_removed_and_the_living_stay(path: Path) -> None:
    living = RuntimeDirectory.take(path.with_name(OTHER))
    leftover = path.with_name("a" * 16)
    leftover.mkdir(mode=0o700)
    (leftover / "inspector.token").touch()
    foreign = path.with_name("not-ours")
    foreign.mkdir()
    held = RuntimeDirectory.take(path)
    assert sorted(child.name for child in path.parent.iterdir()) == sorted([NAME, OTHER, "not-ours"])
    held.close()
    living.close()


def test_a_link_in_place_of_a_leftover_is_left_alone(
    path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "file").touch()
    RuntimeDirectory.take(path).close()
    path.with_name(OTHER).symlink_to(precious)
    RuntimeDirectory.take(path).close()
    assert (precious / "file").exists()
    assert "could not be looked at" in caplog.text


def test_one_made_anew_meanwhile_is_not_removed(path: Path) -> None:
    held = RuntimeDirectory.take(path)
    path.rename(path.with_name("elsewhere"))
    path.mkdir(mode=0o700)
    held.close()
    assert path.is_dir()


@pytest.mark.parametrize("mode", [0o755, 0o770, 0o701, 0o1777])
def test_one_that_others_may_enter_is_refused(path: Path, mode: int) -> None:
    path.parent.mkdir()
    path.parent.chmod(mode)
    with pytest.raises(
        RuntimeUnusable, match=rf"alone \(mode 0700\), but is a directory .* with mode 0?{mode:o}"
    ):
        RuntimeDirectory.take(path)


def test_a_link_to_a_directory_of_ours_is_refused(path: Path, tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.mkdir(mode=0o700)
    path.parent.symlink_to(target)
    with pytest.raises(RuntimeUnusable, match="no directory"):
        RuntimeDirectory.take(path)
    assert list(target.iterdir()) == []


def test_somebody_elses_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RuntimeDirectory.take(path).close()
    us = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: us + 1)
    with pytest.raises(RuntimeUnusable, match=f"of user {us + 1} alone .* of user {us} "):
        check_private(path.parent)


def test_a_place_that_is_not_there_says_what_names_it(tmp_path: Path) -> None:
    with pytest.raises(RuntimeUnusable, match="unset XDG_RUNTIME_DIR or let it name a directory"):
        RuntimeDirectory.take(tmp_path / "gone" / "browser-os" / NAME)


def test_one_that_is_held_for_good_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime_directory, "_WAIT_SECONDS", 0.1)
    held = RuntimeDirectory.take(path)
    with pytest.raises(RuntimeUnusable, match="is held by another process"):
        RuntimeDirectory.take(path)
    assert path.is_dir()
    held.close()


def test_one_that_is_held_for_a_moment_is_waited_for(path: Path) -> None:
    held = RuntimeDirectory.take(path)
    looked = threading.Event()

    def end() -> None:
        looked.wait(10)
        held.close()

    ending = threading.Thread(target=end)
    ending.start()
    real = runtime_directory._lock

    def lock(place: Path) -> int | None:
        descriptor = real(place)
        if descriptor is None:
            looked.set()
        return descriptor

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runtime_directory, "_lock", lock)
        again = RuntimeDirectory.take(path)
    ending.join()
    assert looked.is_set()
    assert path.is_dir()
    again.close()


@contextmanager
def holder(path: Path, how: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A process that holds ``path``, and the pid of the one it would leave behind."""
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path), how],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        assert process.stdout is not None
        yield process, int(process.stdout.readline())


def _is_over(pid: int) -> bool:
    try:
        return bool(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("whole_session", [False, True])
def test_it_is_gone_as_soon_as_its_shell_is_killed(path: Path, whole_session: bool) -> None:
    with holder(path, "kept") as (process, keeper):
        assert (path / "instance").exists()
        if whole_session:
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
        wait_until(lambda: not path.exists() and _is_over(keeper))


def test_the_process_left_behind_holds_nothing_but_what_it_needs(path: Path) -> None:
    with holder(path, "kept") as (_, keeper):
        folder = Path(f"/proc/{keeper}/fd")
        wait_until(lambda: len(os.listdir(folder)) == 5)
        targets = {os.readlink(entry).partition(":")[0] for entry in folder.iterdir()}
        assert targets == {os.devnull, str(path), "pipe"}
        assert os.readlink(f"/proc/{keeper}/cwd") == "/"
        assert psutil.Process(keeper).name() == "bos-keeper"
    assert not path.exists()
    assert _is_over(keeper)


def test_a_shell_that_is_killed_with_all_around_it_leaves_what_the_next_removes(path: Path) -> None:
    with holder(path, "alone") as (process, _):
        process.kill()
    assert (path / "instance").exists()
    held = RuntimeDirectory.take(path.with_name(OTHER))
    assert not path.exists()
    held.close()


def test_the_next_start_waits_for_the_process_left_behind(path: Path) -> None:
    with holder(path, "kept") as (process, keeper):
        os.kill(keeper, signal.SIGSTOP)
        process.kill()
    assert path.is_dir()
    assert runtime_directory._lock(path) is None
    os.kill(keeper, signal.SIGCONT)
    held = RuntimeDirectory.take(path)
    wait_until(lambda: _is_over(keeper))
    assert path.is_dir()
    held.close()
