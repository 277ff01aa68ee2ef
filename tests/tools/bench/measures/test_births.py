"""From what the shell says to figures."""

import pytest

from tools.bench.measures import births
from tools.bench.plan import Plan


def test_each_way_to_be_born_is_a_figure(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    def inside(*words: str) -> dict[str, list[float]]:
        return {"warm": [0.03], "anew": [0.9 if "--spawn" in words else 0.07]}

    monkeypatch.setattr(births, "inside", inside)
    figures = list(births.measure(plan))
    assert [figure.value for figure in figures] == pytest.approx([30, 70, 900])
    assert [figure.ratio for figure in figures] == pytest.approx([0.3, 0.7, 9])
