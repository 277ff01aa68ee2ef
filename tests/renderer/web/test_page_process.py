"""The Chromium process of a page, with a page and processes of the test's own making."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWebEngineCore import QWebEnginePage
from pytestqt.qtbot import QtBot

from renderer.web.page_process import PageProcess
from renderer.web.responsiveness import HUNG_AFTER
from shared.channels.page import PageRendererGone, RendererGoneStatus

Ended = QWebEnginePage.RenderProcessTerminationStatus


class FakePage(QObject):
    """The part of a page that its process is seen through."""

    renderProcessTerminated = Signal(object, int)
    renderProcessPidChanged = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.pid = 0
        self.scripts: list[Callable[[object], None]] = []

    def renderProcessPid(self) -> int:
        return self.pid

    def runJavaScript(self, source: str, world: int, callback: Callable[[object], None]) -> None:
        self.scripts.append(callback)


class Bench:
    def __init__(self) -> None:
        self.now = 0.0
        self.page = FakePage()
        self.process = PageProcess(cast(Any, self.page), lambda: self.now)
        self.gone: list[PageRendererGone] = []
        self.process.gone.connect(self.gone.append)
        self.done: list[str] = []

    def hang(self) -> None:
        """Let the page owe an answer for too long."""
        self.process.ping()
        self.now += HUNG_AFTER


@pytest.fixture
def bench(qtbot: QtBot) -> Bench:
    return Bench()


@pytest.fixture
def victim() -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        yield process
        process.kill()


def test_a_page_that_answers_acts_at_once(bench: Bench) -> None:
    bench.process.act_on_live(lambda: bench.done.append("act"))
    assert bench.done == ["act"]
    beat = bench.process.ping()
    bench.page.scripts[0](1)
    assert beat.done()


def test_a_page_that_hangs_loses_its_process_before_it_acts(
    bench: Bench, victim: subprocess.Popen[bytes], qtbot: QtBot
) -> None:
    bench.page.pid = victim.pid
    bench.hang()
    bench.process.act_on_live(lambda: bench.done.append("act"))
    assert victim.wait(10) == -9
    assert bench.done == []
    bench.page.renderProcessTerminated.emit(Ended.KilledTerminationStatus, 9)
    qtbot.waitUntil(lambda: bench.done == ["act"])
    assert bench.gone == []


def test_a_page_without_a_process_acts_though_it_owes_an_answer(bench: Bench) -> None:
    bench.hang()
    bench.process.act_on_live(lambda: bench.done.append("act"))
    assert bench.done == ["act"]


def test_closing_ends_only_what_hangs(bench: Bench, victim: subprocess.Popen[bytes]) -> None:
    bench.page.pid = victim.pid
    bench.process.end_if_hung()
    assert victim.poll() is None
    bench.hang()
    bench.process.end_if_hung()
    assert victim.wait(10) == -9


@pytest.mark.parametrize(
    ("ended", "status"),
    [
        (Ended.NormalTerminationStatus, RendererGoneStatus.NORMAL),
        (Ended.AbnormalTerminationStatus, RendererGoneStatus.ABNORMAL),
        (Ended.CrashedTerminationStatus, RendererGoneStatus.CRASHED),
        (Ended.KilledTerminationStatus, RendererGoneStatus.KILLED),
    ],
)
def test_an_end_nobody_wanted_is_told(bench: Bench, ended: Ended, status: RendererGoneStatus) -> None:
    beat = bench.process.ping()
    bench.page.renderProcessTerminated.emit(ended, 11)
    assert bench.gone == [PageRendererGone(status=status, exit_code=11)]
    assert beat.done()


def test_a_new_process_is_asked_anew(bench: Bench) -> None:
    bench.page.renderProcessTerminated.emit(Ended.CrashedTerminationStatus, 11)
    assert bench.process.ping().done()
    bench.page.renderProcessPidChanged.emit(0)
    assert bench.process.ping().done()
    bench.page.renderProcessPidChanged.emit(7)
    assert not bench.process.ping().done()


def test_a_process_in_the_place_of_a_dead_one_is_asked_though_nobody_told_of_it(bench: Bench) -> None:
    bench.page.pid = 7
    bench.process.ping()
    bench.page.pid = 0
    bench.page.renderProcessTerminated.emit(Ended.CrashedTerminationStatus, 11)
    assert bench.process.ping().done()
    bench.page.pid = 8
    beat = bench.process.ping()
    assert not beat.done()
    bench.page.scripts[-1](1)
    assert beat.done()
