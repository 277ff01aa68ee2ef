"""A start of the shell, with a warm disk cache: until the window is of use, and until a picture is written."""

import statistics
import subprocess
import sys
import time
from collections.abc import Iterator

from shared.ipc_channel import IPCChannel
from tools.bench import bare
from tools.bench.bench_failed import BenchFailed
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.plan import Plan
from tools.bench.shell import BenchShell

_TIMEOUT_SECONDS = 60.0


def measure(plan: Plan) -> Iterator[Figure]:
    """Of a profile that has been used before."""
    rounds = plan.rounds(7, 1)
    _window(plan)  # makes the profile
    before = _floor(rounds)
    windows = [_window(plan) for _ in range(rounds)]
    pictures = [_picture(plan) for _ in range(rounds)]
    floor = Floor(name="bare PySide6 process to its first paint", before=before, after=_floor(rounds))
    yield of_runs("start to usable window", [[each] for each in windows], "ms", scale=1e3, floor=floor)
    yield of_runs(
        "start to a picture in a file, and gone", [[each] for each in pictures], "ms", scale=1e3, floor=floor
    )


def _floor(rounds: int) -> float:
    return statistics.median(bare.start_seconds() for _ in range(rounds)) * 1e3


def _window(plan: Plan) -> float:
    """Seconds until main has the first frame of its first tab."""
    with BenchShell(plan.profile("start"), "os://newtab") as shell:
        return shell.first_record(IPCChannel.SURFACE_FRAME).time - shell.started


def _picture(plan: Plan) -> float:
    target = plan.folder / "window.png"
    command = [sys.executable, "-m", "main_process", "--headless", "--profile", str(plan.profile("start"))]
    begun = time.perf_counter()
    done = subprocess.run(
        [*command, "--screenshot", str(target), "os://newtab"],
        check=False,
        capture_output=True,
        text=True,
        timeout=_TIMEOUT_SECONDS,
    )
    taken = time.perf_counter() - begun
    if done.returncode or not target.exists():
        raise BenchFailed(f"--screenshot failed: {done.stderr[-300:]}")
    return taken
