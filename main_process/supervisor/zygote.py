"""One zygote process as main sees it."""

import multiprocessing
import os
import socket
from collections.abc import Callable, Mapping
from multiprocessing.context import SpawnProcess
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.link import Link
from main_process.supervisor.pidfd import Pidfd
from shared import entry
from shared.contract import Party
from shared.errors import ErrorCode, Gone, IPCError
from shared.session import Session, Side

_ENTRY: Final = "renderer.zygote:main"

_LEAVE_MS: Final = 1000
"""From the end of its link to its end."""


class Zygote(QObject):
    """One zygote process, from its start to its end.

    Signals:
        ready: its handshake is done; with the zygote.
        died: it has ended; with the zygote and its exit status, negative for a signal's number.
    """

    ready = Signal(object)
    died = Signal(object, object)

    def __init__(self, entries: Mapping[str, str], forks: bool, parent: QObject | None = None) -> None:
        super().__init__(parent)
        ours, theirs = socket.socketpair()
        # By name: main imports nothing of what it starts. ``multiprocessing`` gives the child our module path.
        context = multiprocessing.get_context("spawn")
        arguments = (_ENTRY, theirs, os.getpid(), dict(entries), forks)
        self._process: SpawnProcess = context.Process(target=entry.run, args=arguments)
        self._process.start()
        theirs.close()
        assert self._process.pid is not None
        self.pid = self._process.pid
        self.was_ready = False
        self._is_released = False
        self._leave = QTimer(self)
        self._leave.setSingleShot(True)
        self._leave.setInterval(_LEAVE_MS)
        self._leave.timeout.connect(self.end)
        self._pidfd = Pidfd(self.pid, self)
        self._pidfd.exited.connect(self._on_pidfd_exited)
        self.link = Link(Session(side=Side.MAIN, party=Party.ZYGOTE), ours, self)
        self.link.opened.connect(self._on_link_opened)
        self.link.closed.connect(self._on_link_closed)

    @property
    def is_ready(self) -> bool:
        """Whether it can be asked for births."""
        return self.was_ready and not self.link.is_closed

    @property
    def descriptor(self) -> int:
        """Its pidfd, readable once it has ended."""
        return self._pidfd.descriptor

    def release(self) -> Callable[[], int | None]:
        """It has become a renderer: forget it here. Gives the function that tells its exit status once it has ended."""
        self._is_released = True
        self._pidfd.close()
        self.link.close()
        return self._exit_status

    def end(self) -> None:
        """Kill it."""
        self._pidfd.kill()

    def finish(self) -> int | None:
        """Its exit status, once it has ended, without waiting for the event loop to say so."""
        self.link.close(Gone(ErrorCode.PEER_GONE, "the zygote died"))
        self._leave.stop()
        self._pidfd.close()
        return self._exit_status()

    def _exit_status(self) -> int | None:
        self._process.join()
        status = self._process.exitcode
        self._process.close()
        return status

    def _on_link_opened(self) -> None:
        self.was_ready = True
        self.ready.emit(self)

    def _on_link_closed(self, error: IPCError) -> None:
        if self._is_released:
            return
        # Without its link it is of no use to anybody. If it is ending by itself, it may still say why.
        if isinstance(error, Gone):
            self._leave.start()
        else:
            self._pidfd.kill()

    def _on_pidfd_exited(self) -> None:
        self.died.emit(self, self.finish())
