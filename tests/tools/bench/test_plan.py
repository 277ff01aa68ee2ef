"""How much is taken on."""

from pathlib import Path

from tools.bench.plan import Plan


def test_quick_is_less() -> None:
    assert Plan(quick=True, folder=Path("/x")).rounds(10, 1) == 1
    assert Plan(quick=False, folder=Path("/x")).rounds(10, 1) == 10


def test_profiles_lie_in_the_runs_own_folder() -> None:
    assert Plan(quick=True, folder=Path("/x")).profile("a") == Path("/x/a")
