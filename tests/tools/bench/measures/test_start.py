"""Starts that happen."""

import pytest

from tools.bench.bench_failed import BenchFailed
from tools.bench.measures import start
from tools.bench.plan import Plan


def test_a_start_is_two_figures(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    monkeypatch.setattr(start, "_window", lambda plan: 0.5)
    monkeypatch.setattr(start, "_picture", lambda plan: 1.0)
    window, picture = start.measure(plan)
    assert (window.value, window.ratio) == (500, 5)
    assert (picture.value, picture.ratio) == (1000, 10)


def test_a_real_start_takes_time(plan: Plan) -> None:
    assert start._window(plan) > 0
    assert start._picture(plan) > 0


def test_a_picture_that_is_not_written_is_an_error(plan: Plan) -> None:
    plan.profile("start").write_text("in the way")
    with pytest.raises(BenchFailed, match="--screenshot failed"):
        start._picture(plan)
