"""What a run gives: figures with their floors, as data for the table and for ``--json``."""

import math
import statistics
from collections.abc import Sequence

import msgspec

FORMAT_VERSION = 1


class Floor(msgspec.Struct, frozen=True, kw_only=True):
    """The least that the same work can take here, measured right before and right after."""

    name: str
    before: float
    after: float

    @property
    def value(self) -> float:
        """The mean of both."""
        return (self.before + self.after) / 2


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number. ``value`` is a median over ``runs`` runs, ``spread`` what lies between the lowest and the highest.

    ``ratio`` is to the floor, ``unchecked_ratio`` to the ping-pong that checks nothing; ``more_is_better`` says
    which way is good.
    """

    name: str
    value: float
    unit: str
    runs: int
    p99: float | None = None
    spread: tuple[float, float] | None = None
    more_is_better: bool = False
    floor: Floor | None = None
    ratio: float | None = None
    unchecked: float | None = None
    unchecked_ratio: float | None = None
    note: str = ""


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """A measurement that could not be taken, and why."""

    name: str
    reason: str


class Machine(msgspec.Struct, frozen=True, kw_only=True):
    """Where it was measured."""

    processor: str
    cores: int
    memory_gib: float
    system: str
    python: str
    pyside: str
    load_before: float
    """Processes that wanted to run, on average, in the minute before: above the cores, figures are noise."""
    load_after: float


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What ``--json`` prints."""

    version: int = FORMAT_VERSION
    quick: bool
    machine: Machine
    figures: list[Figure]
    failures: list[Failure]


def percentile(values: Sequence[float], fraction: float) -> float:
    """The value that ``fraction`` of ``values`` do not exceed (nearest rank). Raises ValueError for none."""
    if not values or not 0 <= fraction <= 1:
        raise ValueError(f"expected values and a fraction from 0 to 1, got {len(values)} and {fraction}")
    ordered = sorted(values)
    return ordered[max(0, math.ceil(fraction * len(ordered)) - 1)]


def of_runs(
    name: str,
    runs: Sequence[Sequence[float]],
    unit: str,
    *,
    scale: float = 1.0,
    floor: Floor | None = None,
    unchecked: float | None = None,
    more_is_better: bool = False,
    note: str = "",
) -> Figure:
    """A figure out of several runs of several samples each: the median of the runs' medians.

    The p99 is the median of the runs' own, and only given where a run has a hundred samples. Samples are multiplied
    by ``scale`` to become ``unit``; ``floor`` and ``unchecked`` are in ``unit`` already.
    """
    medians = [statistics.median(run) * scale for run in runs]
    value = statistics.median(medians)
    tails = [percentile(run, 0.99) * scale for run in runs if len(run) >= 100]
    return Figure(
        name=name,
        value=value,
        unit=unit,
        runs=len(runs),
        p99=statistics.median(tails) if tails else None,
        spread=(min(medians), max(medians)) if len(medians) > 1 else None,
        more_is_better=more_is_better,
        floor=floor,
        ratio=_ratio(value, None if floor is None else floor.value),
        unchecked=unchecked,
        unchecked_ratio=_ratio(value, unchecked),
        note=note,
    )


def _ratio(value: float, to: float | None) -> float | None:
    return value / to if to else None
