"""Medians, tails and ratios."""

import msgspec
import pytest

from tools.bench.figures import Figure, Floor, of_runs, percentile


def test_a_percentile_is_one_of_the_values() -> None:
    assert percentile([4, 1, 3, 2], 0.5) == 2
    assert percentile([4, 1, 3, 2], 0.0) == 1
    assert percentile(range(1, 101), 0.99) == 99
    assert percentile([7], 0.99) == 7


@pytest.mark.parametrize(("values", "fraction"), [([], 0.5), ([1.0], 1.5), ([1.0], -0.1)])
def test_there_is_no_percentile_of_nothing_or_beyond_the_ends(values: list[float], fraction: float) -> None:
    with pytest.raises(ValueError, match="expected values"):
        percentile(values, fraction)


def test_a_figure_is_the_median_of_the_runs_medians_beside_its_floor() -> None:
    floor = Floor(name="nothing", before=1.0, after=3.0)
    figure = of_runs("way", [[1, 2, 90], [4, 4, 4], [6, 5, 7]], "ms", scale=10, floor=floor, unchecked=80)
    assert (figure.value, figure.runs, figure.spread) == (40, 3, (20, 60))
    assert (figure.ratio, figure.unchecked_ratio) == (20, 0.5)
    assert figure.p99 is None


def test_a_tail_needs_a_hundred_samples() -> None:
    figure = of_runs("way", [[1.0] * 98 + [5.0, 9.0]], "ms")
    assert (figure.value, figure.p99, figure.spread, figure.ratio) == (1.0, 5.0, None, None)


def test_a_floor_of_zero_is_no_floor() -> None:
    assert of_runs("way", [[1]], "s", floor=Floor(name="none", before=0, after=0)).ratio is None


def test_a_figure_survives_json() -> None:
    figure = of_runs("way", [[1.0]], "s", floor=Floor(name="it", before=1.0, after=2.0))
    assert msgspec.json.decode(msgspec.json.encode(figure), type=Figure) == figure
