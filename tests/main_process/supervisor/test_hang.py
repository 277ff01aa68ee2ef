"""Heart beats over real links, in one process, with a clock of our own."""

import socket
from typing import Any

from pytestqt.qtbot import QtBot

from main_process.link import Link
from main_process.supervisor.hang import HangMonitor
from renderer.link import Link as RendererLink
from shared.contract import Party, Phase
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side
from shared.tasks import Future
from tests.main_process.supervisor.clock import Clock


class Watched:
    """A monitor that only ticks when told to, over one link whose other end may fall silent."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self.clock = Clock()
        self.monitor = HangMonitor(threshold=5.0, interval=3600, clock=self.clock)
        self.events: list[str] = []
        for name in ("hung", "responsive", "answered", "resumed"):
            getattr(self.monitor, name).connect(lambda *_, name=name: self.events.append(name))
        ours, theirs = socket.socketpair()
        self.link = Link(Session(side=Side.MAIN, party=Party.PAGE), ours)
        self.page = RendererLink(Session(side=Side.PEER, party=Party.PAGE), theirs, on_main_gone=lambda: None)
        self.unanswered: list[Future[Any]] = []
        self.monitor.watch(self.link)

    def greet(self) -> None:
        self.page.session.start()
        self._qtbot.waitUntil(lambda: self.page.session.phase is Phase.IDLE)

    def fall_silent(self) -> None:
        def keep(_: object) -> Future[Any]:
            self.unanswered.append(Future())
            return self.unanswered[-1]

        self.page.session.remove_handler(IPCChannel.LINK_PING)
        self.page.session.handle(IPCChannel.LINK_PING, keep)

    def close(self) -> None:
        self.link.close()
        self.page.close()


def test_an_answer_is_told(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.greet()
    watched.monitor.tick()
    qtbot.waitUntil(lambda: watched.events == ["answered"])
    watched.close()


def test_silence_is_told_once_and_so_is_its_end(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.greet()
    watched.fall_silent()
    watched.monitor.tick()
    qtbot.waitUntil(lambda: len(watched.unanswered) == 1)
    watched.clock.now += 5.1
    watched.monitor.tick()
    watched.monitor.tick()
    assert watched.events == ["hung"]
    assert watched.monitor.is_hung(watched.link)
    watched.unanswered[0].set_result(None)
    qtbot.waitUntil(lambda: watched.events == ["hung", "responsive", "answered"])
    assert not watched.monitor.is_hung(watched.link)
    watched.close()


def test_a_link_without_handshake_is_not_asked_and_does_not_hang(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    for _ in range(3):
        watched.monitor.tick()
        watched.clock.now += 6
    assert watched.events == []
    watched.close()


def test_a_page_that_was_replaced_is_asked_anew(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.greet()
    watched.fall_silent()
    watched.monitor.tick()
    watched.link.session.new_generation()
    watched.page.session.remove_handler(IPCChannel.LINK_PING)
    watched.page.session.handle(IPCChannel.LINK_PING, lambda _: None)
    watched.monitor.tick()
    qtbot.waitUntil(lambda: watched.events == ["answered"])
    watched.close()


def test_a_closed_link_is_watched_no_more(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.greet()
    watched.fall_silent()
    watched.monitor.tick()
    watched.close()
    watched.clock.now += 6
    watched.monitor.tick()
    watched.monitor.watch(watched.link)
    assert watched.events == []


def test_the_threshold_can_be_changed(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.greet()
    watched.fall_silent()
    watched.monitor.threshold = 60.0
    assert watched.monitor.threshold == 60.0
    watched.monitor.tick()
    watched.clock.now += 59
    watched.monitor.tick()
    assert watched.events == []
    watched.close()


def test_our_own_absence_is_told(qtbot: QtBot) -> None:
    watched = Watched(qtbot)
    watched.clock.now += 4 * 3600
    watched.monitor.tick()
    assert watched.events == ["resumed"]
    watched.close()
