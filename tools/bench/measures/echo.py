"""Requests there and back, and events one way: a real page, main's gate, everything pinned to one core."""

import json
import statistics
import subprocess
import sys
from collections.abc import Iterator

from tools.bench import floors
from tools.bench.bench_failed import BenchFailed
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.payloads import BYTES, SMALL
from tools.bench.pinning import pinned
from tools.bench.plan import Plan
from tools.bench.shell import inside

_ROUNDS = {"256": (2000, 200), "64K": (300, 30), "4M": (12, 3), "64K records": (100, 10)}
_EVENTS = (5000, 1000)
_NAMES = {
    "256": "request, 256 B",
    "64K": "request, 64 KiB text",
    "4M": "request, 4 MiB text",
    "64K records": "request, 64 KiB of records",
}


def measure(plan: Plan) -> Iterator[Figure]:
    """One figure a size, one of a recorded shell, one of events."""
    rounds = {kind: plan.rounds(*both) for kind, both in _ROUNDS.items()}
    events = plan.rounds(*_EVENTS)
    runs = plan.rounds(5, 1)
    with pinned():
        before = _floors(rounds, events)
        unchecked = {kind: _unchecked(kind, count) for kind, count in rounds.items()}
        unchecked_events = _unchecked("events", events)
        measured = [_inside({**rounds, "events": events}) for _ in range(runs)]
        recorded = [_inside({"256": rounds["256"]}, "--recorded") for _ in range(runs)]
        after = _floors(rounds, events)
    for kind, name in _NAMES.items():
        floor = Floor(name="blocking socketpair", before=before[kind] * 1e6, after=after[kind] * 1e6)
        samples = [run[kind] for run in measured]
        yield of_runs(name, samples, "µs", scale=1e6, floor=floor, unchecked=unchecked[kind] * 1e6)
        if kind == "256":
            yield of_runs(
                f"{name}, every message recorded",
                [run[kind] for run in recorded],
                "µs",
                scale=1e6,
                floor=floor,
                unchecked=unchecked[kind] * 1e6,
                note="a shell with --inspect",
            )
    yield of_runs(
        "events one way, 256 B",
        [run["events"] for run in measured],
        "/s",
        floor=Floor(name="blocking socketpair", before=before["events"], after=after["events"]),
        unchecked=unchecked_events,
        more_is_better=True,
    )


def _floors(rounds: dict[str, int], events: int) -> dict[str, float]:
    return {
        **{kind: statistics.median(floors.round_trips(BYTES[kind], count)) for kind, count in rounds.items()},
        "events": statistics.median(floors.one_way(SMALL, events) for _ in range(3)),
    }


def _unchecked(kind: str, count: int) -> float:
    command = [sys.executable, "-m", "tools.bench.unchecked", kind, str(count)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise BenchFailed(f"the unchecked ping-pong failed: {done.stderr[-300:]}")
    samples: list[float] = json.loads(done.stdout)
    return statistics.median(samples)


def _inside(rounds: dict[str, int], *options: str) -> dict[str, list[float]]:
    counts = [str(count) for count in rounds.values()]
    return inside("messages", *options, "--kinds", *rounds, "--each", *counts)
