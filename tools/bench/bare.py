"""A PySide6 process without a shell around it: the floor of starts, memory, frames and keys."""

import json
import os
import subprocess
import sys
import time
from contextlib import ExitStack
from typing import Any

from tools.bench import processes
from tools.bench.bench_failed import BenchFailed


def start_seconds() -> float:
    """From the making of a process to the first paint of its widget."""
    begun = time.time()
    return float(_run("start")) - begun


def memory(count: int) -> tuple[float, float]:
    """Private and proportional MiB of ``count`` such processes."""
    with ExitStack() as stack:
        started = [stack.enter_context(_popen("stay")) for _ in range(count)]
        for process in started:
            assert process.stdout is not None  # a pipe was asked for
            if not process.stdout.readline():
                raise BenchFailed("a bare Qt process did not start")
        used = processes.memory([process.pid for process in started])
        for process in started:
            assert process.stdin is not None  # a pipe was asked for
            process.stdin.close()
    return used


def frames(width: int, height: int, seconds: float) -> tuple[float, float]:
    """Frames per second, and processor time as a part of one core."""
    painted, taken, busy = _run("frames", str(width), str(height), str(seconds))
    return painted / taken, busy / taken


def keys(rounds: int) -> list[float]:
    """Seconds of each key until its widget is painted."""
    values: list[float] = _run("keys", str(rounds))
    return values


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_QPA_OFFSCREEN_NO_GLX": "1"}


def _popen(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tools.bench.bare_process", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_environment(),
    )


def _run(*arguments: str) -> Any:
    with _popen(*arguments) as process:
        said, _ = process.communicate()
    if process.returncode or not said:
        raise BenchFailed(f"a bare Qt process failed with status {process.returncode}")
    return json.loads(said)
