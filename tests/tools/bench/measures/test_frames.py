"""Frames that were shown, per second and per core."""

import pytest

from tools.bench.measures import frames
from tools.bench.plan import Plan


def test_a_widget_and_a_page_have_frames_and_costs(monkeypatch: pytest.MonkeyPatch, plan: Plan) -> None:
    asked: list[tuple[str, int, int]] = []

    def shell(plan: Plan, page: str, width: int, height: int, seconds: float) -> tuple[float, float]:
        asked.append((page, width, height))
        return 30.0, 0.1

    monkeypatch.setattr(frames, "_chrome", lambda plan: (0, 80))
    monkeypatch.setattr(frames, "_shell", shell)
    figures = {figure.name: figure for figure in frames.measure(plan)}
    assert asked == [("widget", 1280, 800), ("web page", 1280, 800)]
    assert figures["widget at 720p"].ratio == 0.5
    assert figures["widget at 720p"].more_is_better
    assert figures["web page at 720p, processor time"].value == pytest.approx(10)
    assert figures["web page at 720p, processor time"].ratio == pytest.approx(5)


def test_a_real_shell_shows_frames_of_the_size_asked_for(plan: Plan) -> None:
    left, top = frames._chrome(plan)
    assert left >= 0
    assert top > 0
    shown, busy = frames._shell(plan, "widget", 640 + left, 360 + top, 0.5)
    assert shown > 0
    assert busy > 0
