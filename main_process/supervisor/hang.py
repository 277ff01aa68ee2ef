"""Heart beats over links: whether GUI threads of renderers still answer, shown or hidden."""

import time
from collections.abc import Callable
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.link import Link
from main_process.supervisor.heart_beats import HeartBeats
from shared.contract import Phase
from shared.errors import IPCError
from shared.ipc_channel import IPCChannel
from shared.tasks import Future

THRESHOLD: Final = 5.0
"""Seconds without an answer after which a renderer hangs, by default."""
_INTERVAL: Final = 1.0


class HangMonitor(QObject):
    """Asks every watched link once a second; the answer comes from the peer's GUI thread.

    Signals:
        hung: a link's peer has not answered for longer than the threshold. Once, until it answers again.
        responsive: a link's peer that hung has answered.
        answered: any answer of a link's peer.
        resumed: this process was away (the machine slept): no wait counts that began before.
    """

    hung = Signal(object)
    responsive = Signal(object)
    answered = Signal(object)
    resumed = Signal()

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        threshold: float = THRESHOLD,
        interval: float = _INTERVAL,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self._beats: HeartBeats[Link] = HeartBeats(threshold=threshold, interval=interval, clock=clock)
        self._timer = QTimer(self)
        self._timer.setInterval(int(interval * 1000))
        self._timer.timeout.connect(self.tick)

    @property
    def threshold(self) -> float:
        """Seconds without an answer that count as hanging."""
        return self._beats.threshold

    @threshold.setter
    def threshold(self, seconds: float) -> None:
        self._beats.threshold = seconds

    def watch(self, link: Link) -> None:
        """Watch ``link`` until it closes. Asking begins when its handshake is done."""
        if link.is_closed or link in self._beats:
            return
        self._beats.add(link)
        link.closed.connect(self._on_link_closed)
        if not self._timer.isActive():
            self._timer.start()

    def is_hung(self, link: Link) -> bool:
        """Whether the link's peer hangs now."""
        return self._beats.is_hung(link)

    def tick(self) -> None:
        """One beat: what the timer does."""
        tick = self._beats.tick()
        if tick.resumed:
            self.resumed.emit()
        for link in tick.ask:
            self._ask(link)
        for link in tick.hung:
            self.hung.emit(link)

    def _ask(self, link: Link) -> None:
        if link.session.phase in (Phase.IDLE, Phase.OPEN):
            try:
                link.session.invoke(IPCChannel.LINK_PING).add_done_callback(
                    partial(self._on_link_answered, link)
                )
            except IPCError:
                # Its queue is full: it reads nothing, so the beat that could not be sent is not answered either.
                return
        else:
            self._beats.answered(link)

    def _on_link_answered(self, link: Link, answer: Future[Any]) -> None:
        if answer.exception() is not None:
            # The link closed, or the page was replaced while it was asked: no answer, but no silence either.
            self._beats.ask_again(link)
            return
        if self._beats.answered(link):
            self.responsive.emit(link)
        self.answered.emit(link)

    def _on_link_closed(self, _: object) -> None:
        # A connection that held its own sender would keep it alive for good.
        for link in [link for link in self._beats if link.is_closed]:
            self._beats.remove(link)
        if not len(self._beats):
            self._timer.stop()
