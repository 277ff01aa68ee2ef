"""Bare processes give figures, and say when they fail."""

import pytest

from tools.bench import bare
from tools.bench.bench_failed import BenchFailed


def test_it_starts_stays_paints_and_hears_keys() -> None:
    assert bare.start_seconds() > 0
    private, proportional = bare.memory(2)
    assert private > 1
    assert proportional > 1
    frames, busy = bare.frames(64, 64, 0.3)
    assert frames > 0
    assert busy > 0
    samples = bare.keys(2)
    assert len(samples) == 2
    assert min(samples) > 0


def test_a_process_that_fails_is_an_error(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BenchFailed, match="failed with status 1"):
        bare._run("fly")
    assert "fly" in capfd.readouterr().err
