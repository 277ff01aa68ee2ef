"""From what the shell says to figures."""

import msgspec
import pytest

from tools.bench.measures import broadcast
from tools.bench.plan import Plan


def test_a_broadcast_to_few_and_to_many(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    asked: list[tuple[str, ...]] = []

    def inside(*words: str) -> dict[str, list[float]]:
        asked.append(words)
        return {"broadcast": [0.002, 0.004, 0.003]}

    monkeypatch.setattr(broadcast, "inside", inside)
    (few,) = broadcast.measure(plan)
    assert (few.value, few.unit, few.ratio) == (3.0, "ms", 3.0)
    assert asked == [("broadcast", "--count", "8", "--rounds", "2")]
    both = list(broadcast.measure(msgspec.structs.replace(plan, quick=False)))
    assert [figure.runs for figure in both] == [3, 3]
    assert "50" in both[1].name
