"""Births where there is no fork, and for comparison: one process started for each.

It is a zygote that does not fork but becomes the renderer itself: the same entry and the same messages, an
interpreter's start and Qt's import later.
"""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QObject

from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.zygote import Zygote
from main_process.supervisor.zygote_client import Born
from shared.channels.process import ProcessFork, ProcessForked
from shared.errors import ErrorCode, Gone, IPCError
from shared.ipc_channel import IPCChannel
from shared.tasks import Future


class _Birth(NamedTuple):
    fork: ProcessFork
    ends: Endpoints
    born: Future[Born]


class SpawnClient(QObject):
    """Starts a process for every birth."""

    def __init__(self, entries: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = entries
        self._is_stopped = False
        self._births: dict[Zygote, _Birth] = {}

    @property
    def zygotes(self) -> tuple[Zygote, ...]:
        """Those that are no renderers yet."""
        return tuple(self._births)

    def start(self) -> None:
        """Nothing to prepare."""

    def stop(self) -> None:
        """Start none any more."""
        self._is_stopped = True

    def fork(self, fork: ProcessFork, ends: Endpoints) -> Future[Born]:
        """See ``ZygoteClient.fork``."""
        born: Future[Born] = Future()
        if self._is_stopped:
            ends.close_theirs()
            born.set_exception(Gone(ErrorCode.CLOSED, "the shell is closing"))
            return born
        zygote = Zygote(self._entries, False, self)
        self._births[zygote] = _Birth(fork, ends, born)
        zygote.ready.connect(self._on_zygote_ready)
        zygote.died.connect(self._on_zygote_died)
        return born

    def _on_zygote_ready(self, zygote: Zygote) -> None:
        fork, ends, _ = self._births[zygote]
        descriptors, ends.theirs = ends.theirs, ()
        try:
            answer = zygote.link.session.invoke(IPCChannel.PROCESS_FORK, fork, descriptors=descriptors)
        except IPCError as error:
            ends.theirs = descriptors
            self._fail(zygote, error)
            return
        answer.add_done_callback(partial(self._on_fork_answered, zygote))

    def _on_fork_answered(self, zygote: Zygote, answer: Future[ProcessForked]) -> None:
        error = answer.exception()
        if error is not None:
            self._fail(zygote, error)
            return
        birth = self._births.pop(zygote)
        birth.born.set_result(Born(zygote.pid, answer.result().isolation, zygote.release()))
        zygote.deleteLater()

    def _fail(self, zygote: Zygote, error: BaseException) -> None:
        self._births[zygote].born.set_exception(error)
        zygote.end()

    def _on_zygote_died(self, zygote: Zygote, status: int | None) -> None:
        birth = self._births.pop(zygote)
        birth.ends.close_theirs()
        birth.born.set_exception(
            Gone(ErrorCode.PEER_GONE, f"the process ended while it started (status {status})")
        )
        zygote.deleteLater()
