"""One core, and all of them again."""

import os

import pytest

from tools.bench.pinning import pinned


def test_processes_started_inside_stay_on_one_core() -> None:
    before = os.sched_getaffinity(0)
    with pinned():
        assert os.sched_getaffinity(0) == {max(before)}
    assert os.sched_getaffinity(0) == before


def test_a_failure_inside_gives_the_cores_back() -> None:
    before = os.sched_getaffinity(0)
    with pytest.raises(ZeroDivisionError), pinned():
        os.sched_getaffinity(1 // 0)
    assert os.sched_getaffinity(0) == before
