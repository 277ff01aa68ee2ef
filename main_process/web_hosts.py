"""Web tabs and the host process they share: one host for the profile, one link for each tab."""

import os
import socket
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.gate import Gate
from main_process.link import Link
from main_process.supervisor.death import Death, DeathReason, Intent, classify
from main_process.supervisor.hang import HangMonitor
from main_process.supervisor.renderer_process import RendererProcess
from main_process.supervisor.supervisor import Supervisor
from shared.channels.process import HostOpenTab
from shared.contract import Party
from shared.errors import ErrorCode, Gone, IPCError
from shared.ipc_channel import IPCChannel
from shared.permissions import Principal
from shared.session import Session, Side
from shared.tasks import Future

LET_GO_SECONDS: Final = 2.0
"""From the end of a tab's link to its death: a host that is ending closes its links first, and tells more."""


class WebTab(QObject):
    """One web page in the host, as main sees it: its link, which it owns, and how it ends.

    Signals:
        died: the host died, or let go of this tab, with the Death.
    """

    died = Signal(object)

    def __init__(self, host: RendererProcess, link: Link, hang_monitor: HangMonitor, parent: QObject) -> None:
        super().__init__(parent)
        self.host = host
        self.link = link
        link.setParent(self)
        self._hang_monitor = hang_monitor
        self._ended = False
        self._let_go = QTimer(self)
        self._let_go.setSingleShot(True)
        self._let_go.setInterval(int(LET_GO_SECONDS * 1000))
        self._let_go.timeout.connect(self._on_let_go_timeout)
        host.died.connect(self._on_host_died)
        link.closed.connect(self._on_link_closed)

    @property
    def pid(self) -> int:
        """The host's, which all its tabs share."""
        return self.host.pid

    @property
    def stderr(self) -> str:
        """The host's last output."""
        return self.host.stderr

    @property
    def stacks(self) -> str:
        """The host's Python stacks, while it does not answer."""
        return self.host.stacks

    def close(self) -> None:
        """Close the tab's link: the host drops the page. No death is told."""
        self._ended = True
        self.link.close()
        self.deleteLater()

    def kill(self, reason: DeathReason, error: IPCError | None = None) -> None:
        """End the whole host: its pages cannot be told apart when it lies or hangs.

        But while it answers and only this page's scripts do not, letting go of the page is enough: the host then
        ends the page's Chromium process, and no other tab notices.
        """
        if reason is DeathReason.HUNG and not self._hang_monitor.is_hung(self.host.link):
            self.close()
        else:
            self.host.kill(reason, error)

    def _on_host_died(self, death: Death) -> None:
        if not self._ended:
            self._ended = True
            self._let_go.stop()
            self.link.close(Gone(ErrorCode.PEER_GONE, death.words))
            self.died.emit(death)
            self.deleteLater()

    def _on_link_closed(self, error: IPCError) -> None:
        if self._ended:
            return
        if isinstance(error, Gone):
            self._let_go.start()
        else:
            self.host.kill(DeathReason.BAD_MESSAGE if error.blame == "theirs" else DeathReason.LIMIT, error)

    def _on_let_go_timeout(self) -> None:
        error = Gone(ErrorCode.PEER_GONE, "the web host let go of the page")
        self._on_host_died(classify(None, launched=True, intent=Intent(DeathReason.ABNORMAL_EXIT, error)))


class WebHosts(QObject):
    """Starts the host with the first web tab, and again with the first after its death."""

    def __init__(self, supervisor: Supervisor, gate: Gate, storage: Path | None, parent: QObject) -> None:
        super().__init__(parent)
        self._supervisor = supervisor
        self._gate = gate
        self._storage = storage
        if storage is not None:
            storage.mkdir(mode=0o700, exist_ok=True)
        self._host: Future[RendererProcess] | None = None

    @property
    def pids(self) -> tuple[int, ...]:
        """The host's process id, if it runs."""
        if self._host is None or not self._host.done() or self._host.exception() is not None:
            return ()
        return (self._host.result().pid,)

    async def open_tab(self, *, url: str | None = None, popup: int | None = None) -> WebTab:
        """A tab in the host, greeted and open. Raises IPCError if the host could not be started or does not answer."""
        host = await self._running()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        session = Session(side=Side.MAIN, party=Party.WEB_TAB)
        link = Link(session, ours)
        self._gate.admit(session, Principal(name="web tab", party=Party.WEB_TAB))
        link.closed.connect(lambda: self._gate.dismiss(session))
        greeted: Future[None] = Future()
        link.opened.connect(lambda: greeted.set_result(None))
        link.closed.connect(greeted.set_exception)
        tab = WebTab(host, link, self._supervisor.hang_monitor, self)
        self._supervisor.hang_monitor.watch(link)
        try:
            await self._ask(host, HostOpenTab(url=url, popup=popup), theirs.detach())
            await greeted
        except IPCError:
            tab.close()
            raise
        return tab

    @staticmethod
    def _ask(host: RendererProcess, opening: HostOpenTab, descriptor: int) -> Future[object]:
        try:
            return host.link.session.invoke(IPCChannel.HOST_OPEN_TAB, opening, descriptors=(descriptor,))
        except IPCError:
            os.close(descriptor)  # it was not sent, so the link does not close it
            raise

    async def _running(self) -> RendererProcess:
        if self._host is None:
            self._host = self._supervisor.web_host(self._storage)
            starting = self._host
            try:
                host = await starting
            except IPCError:
                self._host = None
                raise
            host.died.connect(self._on_host_died)
            self._gate.admit(host.link.session, Principal(name="web host", party=Party.WEB_HOST))
            return host
        return await self._host

    def _on_host_died(self, death: Death) -> None:
        self._host = None
