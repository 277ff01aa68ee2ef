"""One renderer as main sees it: its link, its pidfd, its last words, its end."""

from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.link import Link
from main_process.supervisor import memory_signs
from main_process.supervisor.death import Death, DeathReason, Intent, LaunchFailed, classify
from main_process.supervisor.echo import Echo
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.pidfd import Pidfd
from main_process.supervisor.pipe_tail import PipeTail
from main_process.supervisor.zygote_client import Born
from shared.channels.process import ProcessKind
from shared.errors import BadMessage, ErrorCode, Full, Gone, IPCError
from shared.tasks import Future

LEAVE_SECONDS: Final = {ProcessKind.PAGE: 2.0, ProcessKind.WEB_HOST: 6.0}
"""From the end of its link to its end: a page has nothing to do without main, a web host has cookies to write."""


class RendererProcess(QObject):
    """A page renderer or web host, from its fork to its end.

    Signals:
        died: the process has ended; with its Death. Once.
        departed: the same, after everybody has heard of it; with this object.
    """

    died = Signal(object)
    departed = Signal(object)

    def __init__(
        self,
        kind: ProcessKind,
        born: Born,
        ends: Endpoints,
    ) -> None:
        super().__init__()
        self.kind = kind
        self.pid = born.pid
        self.isolation = born.isolation
        self.death: Death | None = None
        """How it ended, once it has."""
        self.launched: Future[RendererProcess] = Future()
        """Holds this process once the handshake is done; LaunchFailed if it never is."""
        self._intent: Intent | None = None
        self._pidfd = Pidfd(born.pid, self)
        self._reap = born.reap or self._pidfd.reap
        self._memory = memory_signs.snapshot()
        self._stderr = PipeTail(ends.stderr, self)
        self._stacks = PipeTail(ends.stacks, self)
        self._echo = Echo(f"page {born.pid}")
        if kind is ProcessKind.PAGE:
            # What Chromium prints is for Chromium's own.
            self._stderr.came.connect(self._echo.write)
        self.link = Link(ends.session, ends.link, self)
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(int(LEAVE_SECONDS[kind] * 1000))
        self._leave.timeout.connect(self._on_leave_timeout)
        self.link.opened.connect(self._on_link_opened)
        self.link.closed.connect(self._on_link_closed)
        self._pidfd.exited.connect(self.finish)

    @property
    def stderr(self) -> str:
        """The last that it wrote to its standard error."""
        return self._stderr.text

    @property
    def stacks(self) -> str:
        """The Python stacks that it dumped when it last failed to answer; empty while it answers."""
        return self._stacks.text

    @property
    def descriptor(self) -> int:
        """Its pidfd, readable once it has ended."""
        return self._pidfd.descriptor

    def call_it(self, name: str) -> None:
        """From now on, what it prints is passed on under ``name``."""
        self._echo.name = name

    def forget_stacks(self) -> None:
        """It answers again: what it dumped is history."""
        self._stacks.clear()

    def kill(self, reason: DeathReason, error: IPCError | None = None) -> None:
        """End it now, for ``reason``; ``died`` follows. The first reason counts."""
        if self.death is None:
            if self._intent is None:
                self._intent = Intent(reason, error)
            self._pidfd.kill()

    def end(self) -> None:
        """Kill it because nobody needs it any more."""
        self.kill(DeathReason.CLEAN_EXIT)

    def close(self) -> None:
        """Ask it to end, by closing its link; it is killed if it does not."""
        if self._intent is None:
            self._intent = Intent(DeathReason.CLEAN_EXIT)
        self.link.close(Gone(ErrorCode.CLOSED, "the tab was closed"))

    def finish(self) -> None:
        """It has ended: take its status and its last words. The event loop calls it; a shutdown does not wait for that."""
        if self.death is not None:
            return
        self._leave.stop()
        status = self._reap()
        self._pidfd.close()
        self._stderr.finish()
        self._echo.finish()
        self._stacks.finish()
        self.death = classify(
            status,
            launched=self.launched.done(),
            intent=self._intent,
            memory_was_short=memory_signs.was_short(self._memory, memory_signs.snapshot()),
            stderr=self._stderr.text,
            stacks=self._stacks.text,
        )
        self.link.close(Gone(ErrorCode.PEER_GONE, self.death.words))
        self.launched.set_exception(LaunchFailed(self.death))
        self.died.emit(self.death)
        self.departed.emit(self)

    def _on_link_opened(self) -> None:
        self.launched.set_result(self)

    def _on_link_closed(self, error: IPCError) -> None:
        if self.death is not None:
            return
        if not self.launched.done() and not isinstance(error, Gone):
            self.kill(DeathReason.LAUNCH_FAILED, error)
        elif isinstance(error, BadMessage):
            self.kill(DeathReason.BAD_MESSAGE, error)
        elif isinstance(error, Full):
            self.kill(DeathReason.LIMIT, error)
        else:
            # It is about to end, or was asked to: by itself, or in a while by us.
            if error.code is ErrorCode.CLOSED and self._intent is None:
                self._intent = Intent(DeathReason.CLEAN_EXIT)
            self._leave.start()

    def _on_leave_timeout(self) -> None:
        self.kill(
            DeathReason.ABNORMAL_EXIT,
            Gone(ErrorCode.PEER_GONE, "it let go of its link and did not end by itself"),
        )
