"""Web tabs and the host process they share: one host for the profile, one link for each tab."""

import socket
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from main_process.gate import Gate
from main_process.link import Link
from main_process.supervisor.death import Death, DeathReason
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


class WebTab(QObject):
    """One web page in the host, as main sees it: its link, and how it ends.

    Signals:
        died: the host died, or let go of this tab, with the Death.
    """

    died = Signal(object)

    def __init__(self, host: RendererProcess, link: Link, hang_monitor: HangMonitor, parent: QObject) -> None:
        super().__init__(parent)
        self.host = host
        self.link = link
        self._hang_monitor = hang_monitor
        self._ended = False
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
            self.link.close(Gone(ErrorCode.PEER_GONE, death.words))
            self.died.emit(death)

    def _on_link_closed(self, error: IPCError) -> None:
        if not self._ended and not isinstance(error, Gone):
            self.host.kill(DeathReason.BAD_MESSAGE if error.blame == "theirs" else DeathReason.LIMIT, error)


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
        link = Link(session, ours, self)
        self._gate.admit(session, Principal(name="web tab", party=Party.WEB_TAB))
        link.closed.connect(lambda: self._gate.dismiss(session))
        greeted: Future[None] = Future()
        link.opened.connect(lambda: greeted.set_result(None))
        link.closed.connect(lambda error: greeted.set_exception(error))
        tab = WebTab(host, link, self._supervisor.hang_monitor, self)
        self._supervisor.hang_monitor.watch(link)
        try:
            opening = host.link.session.invoke(
                IPCChannel.HOST_OPEN_TAB, HostOpenTab(url=url, popup=popup), descriptors=(theirs.detach(),)
            )
            await opening
            await greeted
        except IPCError:
            tab.close()
            raise
        return tab

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
