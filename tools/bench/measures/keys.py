"""A key in the window, until the frame that shows it is painted there."""

import statistics
from collections.abc import Iterator

from tools.bench import bare
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.plan import Plan
from tools.bench.shell import inside


def measure(plan: Plan) -> Iterator[Figure]:
    """A widget that changes every pixel of some 1280 × 720."""
    rounds = plan.rounds(200, 10)
    before = statistics.median(bare.keys(rounds)) * 1e3
    runs = [inside("keys", "--rounds", str(rounds))["keys"] for _ in range(plan.rounds(3, 1))]
    after = statistics.median(bare.keys(rounds)) * 1e3
    floor = Floor(name="the widget in a bare process", before=before, after=after)
    yield of_runs("key to frame, every pixel at 720p", runs, "ms", scale=1e3, floor=floor)
