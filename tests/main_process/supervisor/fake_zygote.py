"""A zygote in this process: tests say when it is ready, what it answers, and when it dies."""

import os
import socket
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal

from main_process.link import Link
from renderer.link import Link as RendererLink
from shared.channels.process import ProcessFork, ProcessForked
from shared.contract import Party
from shared.errors import ErrorCode, Gone
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side
from shared.tasks import Future


class FakeZygote(QObject):
    """Stands in for ``Zygote``."""

    ready = Signal(object)
    died = Signal(object, object)
    made: "list[FakeZygote]" = []

    def __init__(self, entries: Mapping[str, str], forks: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        FakeZygote.made.append(self)
        self.pid = 100 + len(FakeZygote.made)
        self.forks = forks
        self.was_ready = False
        self.is_released = False
        self.ended = 0
        ours, theirs = socket.socketpair()
        self.link = Link(Session(side=Side.MAIN, party=Party.ZYGOTE), ours, self)
        self._peer = RendererLink(
            Session(side=Side.PEER, party=Party.ZYGOTE), theirs, self, on_main_gone=lambda: None
        )
        self._peer.session.handle(IPCChannel.PROCESS_FORK, self._on_process_fork)
        self.link.opened.connect(self._on_link_opened)
        self.asked: list[tuple[ProcessFork, Future[ProcessForked]]] = []

    @property
    def is_ready(self) -> bool:
        return self.was_ready and not self.link.is_closed

    def become_ready(self) -> None:
        """Greet."""
        self._peer.session.start()

    def die(self, status: int = -9) -> None:
        """End."""
        self.link.close(Gone(ErrorCode.PEER_GONE, "the zygote died"))
        self._peer.close()
        self.died.emit(self, status)

    def release(self) -> object:
        self.is_released = True
        self.link.close()
        self._peer.close()
        return lambda: 0

    def end(self) -> None:
        self.ended += 1

    def _on_link_opened(self) -> None:
        self.was_ready = True
        self.ready.emit(self)

    def _on_process_fork(self, fork: ProcessFork) -> Future[ProcessForked]:
        for _ in range(3):
            os.close(self._peer.take_descriptor())
        answer: Future[ProcessForked] = Future()
        self.asked.append((fork, answer))
        return answer
