"""Each web host is looked at once it runs pages, and weakness is told once."""

import logging

import pytest

from main_process.sandbox_check import SandboxLevel, SandboxReport
from main_process.sandbox_watch import SandboxWatch


class Bench:
    """A watch over hosts whose levels the test says; a host without one has ended."""

    def __init__(self) -> None:
        self.levels: dict[int, SandboxLevel] = {}
        self.looked: list[int] = []
        self.weak: list[SandboxReport] = []
        self.watch = SandboxWatch(check=self._check)
        self.watch.weak.connect(self.weak.append)

    def _check(self, host: int) -> SandboxReport:
        self.looked.append(host)
        if host not in self.levels:
            raise FileNotFoundError(f"/proc/{host}/status")
        return SandboxReport(level=self.levels[host], renderers=(9,), reasons=("process 9: amiss",))


@pytest.fixture
def bench() -> Bench:
    return Bench()


def test_a_confined_host_is_looked_at_once(bench: Bench) -> None:
    assert bench.watch.level is SandboxLevel.UNKNOWN
    bench.levels = {1: SandboxLevel.FULL}
    for _ in range(3):
        bench.watch.look((1,))
    assert (bench.looked, bench.watch.level, bench.weak) == ([1], SandboxLevel.FULL, [])


def test_before_its_first_page_a_host_says_nothing(bench: Bench) -> None:
    bench.levels = {1: SandboxLevel.UNKNOWN}
    bench.watch.look((1,))
    bench.levels = {1: SandboxLevel.FULL}
    bench.watch.look((1,))
    assert (bench.looked, bench.watch.level) == ([1, 1], SandboxLevel.FULL)


@pytest.mark.parametrize("level", [SandboxLevel.PARTIAL, SandboxLevel.NONE])
def test_weakness_is_told_once_and_ends_with_its_host(
    bench: Bench, level: SandboxLevel, caplog: pytest.LogCaptureFixture
) -> None:
    bench.levels = {1: SandboxLevel.FULL, 2: level}
    with caplog.at_level(logging.WARNING):
        for _ in range(2):
            bench.watch.look((1, 2))
    assert [report.level for report in bench.weak] == [level]
    assert caplog.text.count("process 9: amiss") == 1
    assert bench.watch.level is level
    bench.watch.look((1,))
    assert bench.watch.level is SandboxLevel.FULL


def test_a_host_that_has_ended_harms_nobody(bench: Bench) -> None:
    bench.watch.look((1,))
    assert (bench.looked, bench.watch.level, bench.weak) == ([1], SandboxLevel.UNKNOWN, [])
