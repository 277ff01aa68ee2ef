"""A state that changes in main, until the last of many pages has it."""

import statistics
from collections.abc import Iterator

from tools.bench import floors
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.payloads import SMALL
from tools.bench.plan import Plan
from tools.bench.shell import inside


def measure(plan: Plan) -> Iterator[Figure]:
    """To 8 and to 50 renderers, of all cores."""
    rounds = plan.rounds(20, 2)
    for count in (8,) if plan.quick else (8, 50):
        before = _floor(count, rounds)
        runs = [
            inside("broadcast", "--count", str(count), "--rounds", str(rounds))["broadcast"]
            for _ in range(plan.rounds(3, 1))
        ]
        floor = Floor(name="blocking sockets, as many readers", before=before, after=_floor(count, rounds))
        yield of_runs(
            f"state to {count} renderers, until the last has it", runs, "ms", scale=1e3, floor=floor
        )


def _floor(count: int, rounds: int) -> float:
    return statistics.median(floors.fan_out(SMALL, count, rounds)) * 1e3
