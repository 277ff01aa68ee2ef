"""Renderers in this process: real links over a socket pair, and nobody behind them but the test."""

import itertools
import socket

from PySide6.QtCore import QCoreApplication, QObject, Signal

from main_process.link import Link
from main_process.supervisor.death import Death, DeathReason
from renderer.link import Link as RendererLink
from shared.channels.process import HostOpenTab, ProcessKind
from shared.contract import Empty, Party, Phase
from shared.errors import ErrorCode, Gone, IPCError
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side

_pids = itertools.count(4_000_001)

CRASH = Death(
    reason=DeathReason.CRASHED,
    code="BOS-CRASHED-SIGSEGV",
    exit_status=-11,
    words="The page's process crashed (SIGSEGV).",
    stderr="its last words",
    stacks="its stacks",
)


def pump() -> None:
    """Let everything that waits on either end arrive; nothing here needs more turns than this."""
    for _ in range(10):
        QCoreApplication.processEvents()


class FakeProcess(QObject):
    """Stands in for ``RendererProcess``, and for ``WebTab``. ``peer`` is the renderer's end of its link."""

    died = Signal(object)

    def __init__(self, party: Party = Party.PAGE) -> None:
        super().__init__()
        self.pid = next(_pids)
        self.kind = ProcessKind.WEB_HOST if party is Party.WEB_HOST else ProcessKind.PAGE
        ours, theirs = socket.socketpair()
        self.link = Link(Session(side=Side.MAIN, party=party), ours, self)
        self.peer = RendererLink(
            Session(side=Side.PEER, party=party), theirs, self, on_main_gone=lambda: None
        )
        self.stderr = "what it says"
        self.stacks = "where it is"
        self.called = ""
        self.killed: list[tuple[DeathReason, IPCError | None]] = []
        self.is_closed = False

    def greet(self) -> "FakeProcess":
        """Do the handshake."""
        self.peer.session.start()
        pump()
        assert Phase.NEW not in (self.link.session.phase, self.peer.session.phase)
        return self

    def call_it(self, name: str) -> None:
        self.called = name

    def kill(self, reason: DeathReason, error: IPCError | None = None) -> None:
        self.killed.append((reason, error))

    def close(self) -> None:
        self.is_closed = True
        self.link.close()

    def die(self, death: Death = CRASH) -> None:
        """End as a process does: the link, then the news."""
        self.link.close(Gone(ErrorCode.PEER_GONE, death.words))
        self.died.emit(death)

    def clean_up(self) -> None:
        """Close what is open at both ends."""
        self.link.close()
        self.peer.close()


class FakeWebHost(FakeProcess):
    """A host whose tabs are links that the test holds the far ends of."""

    def __init__(self) -> None:
        super().__init__(Party.WEB_HOST)
        self.opened: list[HostOpenTab] = []
        self.tabs: list[RendererLink] = []
        self.refusal: IPCError | None = None
        self.greets = True
        self.peer.session.handle(IPCChannel.HOST_OPEN_TAB, self._on_host_open_tab)

    def _on_host_open_tab(self, opening: HostOpenTab) -> Empty:
        endpoint = socket.socket(fileno=self.peer.take_descriptor())
        self.opened.append(opening)
        if self.refusal is not None:
            endpoint.close()
            raise self.refusal
        session = Session(side=Side.PEER, party=Party.WEB_TAB)
        tab = RendererLink(session, endpoint, self, on_main_gone=lambda: None)
        self.tabs.append(tab)
        if self.greets:
            session.start()
        return Empty()

    def clean_up(self) -> None:
        super().clean_up()
        for tab in self.tabs:
            tab.close()
