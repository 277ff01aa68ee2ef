"""From what the shell says to a figure."""

import pytest

from tools.bench.measures import keys
from tools.bench.plan import Plan


def test_a_key_is_one_figure(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    monkeypatch.setattr(keys, "inside", lambda *words: {"keys": [0.002] * 100})
    (figure,) = keys.measure(plan)
    assert (figure.value, figure.p99, figure.ratio) == (2.0, 2.0, 2.0)
