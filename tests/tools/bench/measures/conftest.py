"""Measurements without anything to measure: what the shell and the bare processes would say stands here."""

from pathlib import Path

import pytest

from tools.bench import bare, floors
from tools.bench.plan import Plan


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    """A quick one."""
    return Plan(quick=True, folder=tmp_path)


@pytest.fixture(autouse=True)
def floor(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Every floor but the echo's, which is measured for real."""
    if request.path.stem == "test_echo":
        return
    monkeypatch.setattr(bare, "start_seconds", lambda: 0.1)
    monkeypatch.setattr(bare, "memory", lambda count: (10.0 * count + 5, 20.0 * count + 5))
    monkeypatch.setattr(bare, "frames", lambda width, height, seconds: (60.0, 0.02))
    monkeypatch.setattr(bare, "keys", lambda rounds: [0.001] * rounds)
    monkeypatch.setattr(floors, "fan_out", lambda size, receivers, rounds: [0.001] * rounds)
