"""A real shell, looked into from outside; and what is said when there is none."""

import os
from pathlib import Path

import psutil
import pytest

from shared.ipc_channel import IPCChannel
from tools.bench.bench_failed import BenchFailed
from tools.bench.shell import PAGES, BenchShell, inside


def test_a_shell_runs_is_seen_and_is_gone(tmp_path: Path) -> None:
    with BenchShell(tmp_path / "profile", str(PAGES)) as shell:
        frame = shell.first_record(IPCChannel.SURFACE_FRAME)
        assert frame.time > shell.started
        shell.wait(lambda tabs: bool(tabs) and tabs[0].frames > 0, "a frame")
        assert shell.tabs()[0].title == "Bench"
        processes = psutil.Process(shell.pid).children(recursive=True)
        assert processes
    assert shell.process.returncode == 0
    _, left = psutil.wait_procs(processes, timeout=10)
    assert not left


def test_a_shell_that_does_not_start_says_why(tmp_path: Path) -> None:
    with (
        BenchShell(tmp_path / "profile", "--size", "1x1") as shell,
        pytest.raises(BenchFailed, match=r"does not listen: .*200 to 16384 pixels"),
    ):
        shell.describe()


def test_what_fails_inside_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BenchFailed, match=r"horses: .*invalid choice"):
        inside("horses")


def test_nothing_is_shown_on_the_users_display(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    with BenchShell(tmp_path / "profile", str(PAGES)) as shell:
        shell.wait(bool, "a tab")
        environment = Path(f"/proc/{shell.pid}/environ").read_bytes()
    assert b"DISPLAY=:4711" not in environment
    assert os.environ["DISPLAY"] == ":4711"
