"""Web tabs and their host, over a host in this process."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from main_process import web_hosts as module
from main_process.gate import Gate
from main_process.supervisor.death import Death, DeathReason, LaunchFailed
from main_process.supervisor.hang import HangMonitor
from main_process.web_hosts import WebHosts, WebTab
from shared.channels.process import HostOpenTab
from shared.contract import Phase
from shared.errors import BadCall, BadMessage, ErrorCode, Full, Gone, IPCError
from shared.tasks import Future, Task
from tests.main_process.fake_process import CRASH, FakeProcess, FakeWebHost, pump

A = "https://a.example/"


class FakeSupervisor:
    """Gives a host when the test says so."""

    def __init__(self) -> None:
        self.hang_monitor = HangMonitor()
        self.asked: list[tuple[Path | None, Future[FakeProcess]]] = []

    def web_host(self, storage: Path | None) -> Future[FakeProcess]:
        self.asked.append((storage, Future()))
        return self.asked[-1][1]


class Bench:
    """Hosts that can be asked for tabs."""

    def __init__(self, storage: Path | None = None) -> None:
        self.supervisor = FakeSupervisor()
        self.gate = Gate()
        self.parent = QObject()
        self.hosts = WebHosts(cast(Any, self.supervisor), self.gate, storage, self.parent)
        self.running: list[FakeWebHost] = []
        self.deaths: list[Death] = []

    def give(self, index: int = -1) -> FakeWebHost:
        """A host for who asked."""
        host = FakeWebHost()
        host.greet()
        self.running.append(host)
        self.supervisor.asked[index][1].set_result(host)
        pump()
        return host

    def ask(self, url: str | None = A, popup: int | None = None) -> Task[WebTab]:
        task = Task(self.hosts.open_tab(url=url, popup=popup))
        pump()
        return task

    def open(self) -> tuple[WebTab, FakeWebHost]:
        """A tab in a host."""
        task = self.ask()
        if not task.done():
            self.give()
        tab = task.result()
        tab.died.connect(self.deaths.append)
        return tab, self.running[-1]

    def clean_up(self) -> None:
        for host in self.running:
            host.clean_up()
        pump()


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(module, "LET_GO_SECONDS", 0.02)
    bench = Bench()
    yield bench
    bench.clean_up()


def test_the_first_tab_starts_the_host_and_all_share_it(bench: Bench) -> None:
    pids = [bench.hosts.pids]
    first, second = bench.ask(A), bench.ask(None, popup=3)
    pids.append(bench.hosts.pids)
    assert len(bench.supervisor.asked) == 1
    host = bench.give()
    third = bench.ask("https://c.example/")
    assert host.opened == [HostOpenTab(url=A), HostOpenTab(popup=3), HostOpenTab(url="https://c.example/")]
    assert [*pids, bench.hosts.pids] == [(), (), (host.pid,)]
    for task in (first, second, third):
        assert (task.result().pid, task.result().link.session.phase) == (host.pid, Phase.OPEN)
    assert len(bench.gate) == 4


def test_each_tab_has_a_link_of_its_own(bench: Bench) -> None:
    (first, host), (second, _) = bench.open(), bench.open()
    first.close()
    pump()
    assert host.tabs[0].is_closed
    assert not host.tabs[1].is_closed
    assert not second.link.is_closed
    assert len(bench.gate) == 2
    assert bench.deaths == []


def test_a_closed_tab_keeps_no_link(bench: Bench, qtbot: QtBot) -> None:
    tab, _ = bench.open()
    tab.close()
    qtbot.waitUntil(lambda: not isValid(tab) and not isValid(tab.link))
    assert bench.hosts.findChildren(WebTab) == []


@pytest.mark.parametrize("private", [False, True])
def test_storage_is_a_folder_of_this_user_alone_or_nothing(
    tmp_path: Path, qtbot: QtBot, private: bool
) -> None:
    folder = tmp_path / "web"
    bench = Bench(None if private else folder)
    bench.ask()
    assert bench.supervisor.asked[0][0] == (None if private else folder)
    assert folder.exists() is not private
    if not private:
        assert folder.stat().st_mode & 0o777 == 0o700


def test_a_host_that_does_not_start_fails_all_who_wait_and_the_next_one_tries_again(bench: Bench) -> None:
    tasks = [bench.ask(), bench.ask()]
    bench.supervisor.asked[0][1].set_exception(LaunchFailed(CRASH))
    assert [type(task.exception()) for task in tasks] == [LaunchFailed] * 2
    assert bench.hosts.pids == ()
    tab, host = bench.open()
    assert tab.host is cast(QObject, host)


def test_the_death_of_the_host_is_that_of_every_tab_and_the_next_one_has_a_new_host(
    bench: Bench, qtbot: QtBot
) -> None:
    (first, host), (second, _) = bench.open(), bench.open()
    host.die()
    qtbot.waitUntil(lambda: not isValid(first) and not isValid(second))
    assert bench.deaths == [CRASH, CRASH]
    assert bench.hosts.pids == ()
    _, other = bench.open()
    assert other is not host
    assert len(bench.supervisor.asked) == 2


def test_a_closed_tab_tells_of_no_death(bench: Bench) -> None:
    tab, host = bench.open()
    tab.close()
    host.die()
    assert bench.deaths == []


def test_a_page_that_the_host_lets_go_of_has_died(bench: Bench, qtbot: QtBot) -> None:
    tab, host = bench.open()
    with qtbot.waitSignal(tab.died):
        host.tabs[0].close()
    (death,) = bench.deaths
    assert (death.reason, death.code) == (DeathReason.ABNORMAL_EXIT, "BOS-ABNORMAL-EXIT-PEER-GONE")
    assert "let go of the page" in death.words
    assert host.killed == []


def test_a_host_that_closes_its_links_before_it_dies_tells_why_once(
    bench: Bench, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The host's death comes within the wait, however busy the machine is.
    monkeypatch.setattr(module, "LET_GO_SECONDS", 60)
    tab, host = bench.open()
    host.tabs[0].close()
    qtbot.waitUntil(lambda: tab.link.is_closed)
    host.die()
    qtbot.waitUntil(lambda: not isValid(tab))
    assert bench.deaths == [CRASH]


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (BadMessage(ErrorCode.MALFORMED_FRAME, "garbage"), DeathReason.BAD_MESSAGE),
        (Full(ErrorCode.TOO_MANY, "too many"), DeathReason.LIMIT),
    ],
)
def test_a_tab_that_breaks_the_rules_ends_its_host(
    bench: Bench, error: IPCError, reason: DeathReason
) -> None:
    tab, host = bench.open()
    tab.link.session.fail(error)
    assert host.killed == [(reason, error)]


def test_a_hung_page_is_let_go_alone_unless_the_host_hangs_too(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    (first, host), (second, _) = bench.open(), bench.open()
    first.kill(DeathReason.HUNG)
    assert first.link.is_closed
    assert host.killed == []
    monkeypatch.setattr(bench.supervisor.hang_monitor, "is_hung", lambda link: link is host.link)
    second.kill(DeathReason.HUNG)
    assert host.killed == [(DeathReason.HUNG, None)]


class TestOpeningFails:
    def test_what_the_host_refuses_is_told_and_leaves_no_link(self, bench: Bench) -> None:
        bench.open()
        bench.running[0].refusal = BadCall(ErrorCode.NOT_FOUND, "no popup 9")
        task = bench.ask(None, popup=9)
        with pytest.raises(BadCall, match="no popup 9"):
            task.result()
        assert len(bench.gate) == 2

    def test_a_host_whose_link_is_closed_is_asked_nothing(self, bench: Bench) -> None:
        """And the descriptor that would have gone along is closed: the suite's leak check looks."""
        _, host = bench.open()
        host.link.close()
        assert isinstance(bench.ask().exception(), Gone)

    def test_a_host_that_dies_before_the_page_greets_fails_who_waits(self, bench: Bench) -> None:
        bench.ask()
        host = bench.give()
        host.greets = False
        task = bench.ask()
        assert not task.done()
        host.die()
        assert isinstance(task.exception(), Gone)
        assert len(bench.gate) == 1
