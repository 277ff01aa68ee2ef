"""A new tab, from the wish to its first frame in the window."""

import statistics
from collections.abc import Iterator

from tools.bench import bare
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.plan import Plan
from tools.bench.shell import inside


def measure(plan: Plan) -> Iterator[Figure]:
    """With the warm spare, from the zygote, and from nothing."""
    rounds = plan.rounds(10, 1)
    runs = plan.rounds(3, 1)
    before = _floor(plan)
    forked = [inside("births", "--rounds", str(rounds)) for _ in range(runs)]
    spawned = [inside("births", "--spawn", "--rounds", str(plan.rounds(5, 1))) for _ in range(runs)]
    floor = Floor(name="bare PySide6 process to its first paint", before=before, after=_floor(plan))
    for name, samples in (
        ("new tab to first frame, warm", [run["warm"] for run in forked]),
        ("new tab to first frame, forked by the zygote", [run["anew"] for run in forked]),
        ("new tab to first frame, process made anew", [run["anew"] for run in spawned]),
    ):
        yield of_runs(name, samples, "ms", scale=1e3, floor=floor, note="os://newtab")


def _floor(plan: Plan) -> float:
    return statistics.median(bare.start_seconds() for _ in range(plan.rounds(5, 1))) * 1e3
