"""What tabs take: private memory, and proportional (a page shared by n processes counts as an nth in each)."""

from collections.abc import Iterator

from tools.bench import bare, processes
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.plan import Plan
from tools.bench.shell import BenchShell

_COUNTS = (1, 10, 20)
_QUICK_COUNTS = (1, 3)
_SETTLE_SECONDS = 3.0
_URL = "os://newtab"


def measure(plan: Plan) -> Iterator[Figure]:
    """The whole shell with so many tabs, and what one more takes."""
    counts = _QUICK_COUNTS if plan.quick else _COUNTS
    before = {count: bare.memory(count) for count in counts}
    used = {count: _shell(plan, count) for count in counts}
    after = {count: bare.memory(count) for count in counts}
    least, most = counts[0], counts[-1]
    for index, kind in enumerate(("private", "proportional")):
        for count in counts:
            floor = Floor(
                name="as many bare PySide6 processes", before=before[count][index], after=after[count][index]
            )
            name = f"{kind} memory, {count} tab{'s' if count > 1 else ''}, whole shell"
            yield of_runs(name, [[used[count][index]]], "MiB", floor=floor)
        one_more = [
            (taken[most][index] - taken[least][index]) / (most - least) for taken in (used, before, after)
        ]
        floor = Floor(name="one more bare PySide6 process", before=one_more[1], after=one_more[2])
        yield of_runs(f"{kind} memory, one more tab", [[one_more[0]]], "MiB", floor=floor)


def _shell(plan: Plan, count: int) -> tuple[float, float]:
    with BenchShell(plan.profile(f"memory-{count}"), *[_URL] * count) as shell:
        shell.wait(
            lambda tabs: len(tabs) == count and all(tab.pid and not tab.loading for tab in tabs),
            f"{count} tabs",
        )
        shell.idle(plan.rounds(int(_SETTLE_SECONDS), 1))
        return processes.memory([shell.pid])
