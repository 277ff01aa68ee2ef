"""What one more tab takes is the slope, not the whole divided."""

import pytest

from tools.bench.measures import memory
from tools.bench.plan import Plan


def test_the_whole_and_one_more(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    monkeypatch.setattr(memory, "_shell", lambda plan, count: (100.0 + 8 * count, 200.0 + 5 * count))
    figures = {figure.name: figure for figure in memory.measure(plan)}
    assert figures["private memory, one more tab"].value == 8
    assert figures["private memory, one more tab"].ratio == 0.8
    assert figures["proportional memory, one more tab"].ratio == 0.25
    assert figures["private memory, 1 tab, whole shell"].value == 108
    assert figures["proportional memory, 3 tabs, whole shell"].value == 215


def test_a_real_shell_has_memory(plan: Plan) -> None:
    private, proportional = memory._shell(plan, 2)
    assert private > 10
    assert proportional > 10
