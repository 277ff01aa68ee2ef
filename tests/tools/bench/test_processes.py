"""A process and what it started."""

import os
import subprocess
import sys

import psutil
import pytest

from tools.bench import processes
from tools.bench.bench_failed import BenchFailed

_WAITS = "import sys; print(flush=True); sys.stdin.read()"


def test_children_count() -> None:
    alone = processes.memory([os.getpid()])
    with subprocess.Popen(
        [sys.executable, "-c", _WAITS], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as child:
        assert child.stdout is not None
        child.stdout.readline()
        assert child.pid in [process.pid for process in processes.family(os.getpid())]
        together = processes.memory([os.getpid()])
        assert together[0] > processes.memory([child.pid])[0] > 1
        child.communicate()
    assert alone[0] > 1
    assert alone[1] > 1
    assert processes.processor_seconds(os.getpid()) > 0


def test_what_the_system_does_not_tell_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: psutil.Process) -> None:
        raise psutil.AccessDenied(self.pid)

    monkeypatch.setattr(psutil.Process, "memory_full_info", refuse)
    with pytest.raises(BenchFailed, match=f"memory of process {os.getpid()}"):
        processes.memory([os.getpid()])


def test_a_process_that_ended_meanwhile_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(self: psutil.Process) -> None:
        raise psutil.NoSuchProcess(self.pid)

    monkeypatch.setattr(psutil.Process, "memory_full_info", gone)
    monkeypatch.setattr(psutil.Process, "cpu_times", gone)
    assert processes.memory([os.getpid()]) == (0, 0)
    assert processes.processor_seconds(os.getpid()) == 0
