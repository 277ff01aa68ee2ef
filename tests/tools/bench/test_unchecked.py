"""The ping-pong that checks nothing still gives everything back."""

import json
import subprocess
import sys

import pytest


@pytest.mark.parametrize(("kind", "rounds"), [("256", 3), ("4M", 2), ("events", 20)])
def test_it_measures(kind: str, rounds: int) -> None:
    command = [sys.executable, "-m", "tools.bench.unchecked", kind, str(rounds)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=60)
    samples = json.loads(done.stdout)
    assert len(samples) == (2 if kind == "events" else rounds)
    assert min(samples) > 0
    assert not done.stderr
