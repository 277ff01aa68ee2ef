"""Asks the zygote for births, and starts another one when it dies."""

from collections import deque
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.supervisor.crash_loop import BackOff
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.zygote import Zygote
from shared.channels.process import Isolation, ProcessFork, ProcessForked
from shared.errors import ErrorCode, Gone, IPCError
from shared.ipc_channel import IPCChannel
from shared.tasks import Future

_IN_FLIGHT: Final = 16
_START_ATTEMPTS: Final = 3
"""Starts in a row that may fail before those who wait are told."""


class Born(NamedTuple):
    """A process that is main's child. ``reap`` gives its exit status, if main does not wait for it in the usual way."""

    pid: int
    isolation: Isolation
    reap: Callable[[], int | None] | None = None


class _Waiting:
    __slots__ = ("ends", "fork", "forked")

    def __init__(self, fork: ProcessFork, ends: Endpoints) -> None:
        self.fork = fork
        self.ends = ends
        self.forked: Future[Born] = Future()


class ZygoteClient(QObject):
    """Keeps a zygote running and passes births to it, in order.

    Signals:
        started: another zygote was started; it is not greeted yet.
        died: the zygote has ended, with its pid and exit status; another one follows.
    """

    started = Signal(object)
    died = Signal(int, object)

    def __init__(self, entries: Mapping[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries = entries
        self._zygote: Zygote | None = None
        self._waiting: deque[_Waiting] = deque()
        self._in_flight = 0
        self._back_off = BackOff()
        self._restart = QTimer(self)
        self._restart.setSingleShot(True)
        self._restart.timeout.connect(self.start)
        self._is_stopped = False

    @property
    def zygote(self) -> Zygote | None:
        """The running one, ready or not."""
        return self._zygote

    @property
    def zygotes(self) -> tuple[Zygote, ...]:
        """All that run: one or none."""
        return (self._zygote,) if self._zygote is not None else ()

    def start(self) -> None:
        """Start a zygote, if none runs."""
        if self._zygote is not None or self._is_stopped:
            return
        self._restart.stop()
        self._zygote = zygote = Zygote(self._entries, True, self)
        zygote.ready.connect(self._on_zygote_ready)
        zygote.died.connect(self._on_zygote_died)
        self.started.emit(zygote)

    def stop(self) -> None:
        """Start none any more."""
        self._is_stopped = True
        self._restart.stop()

    def fork(self, fork: ProcessFork, ends: Endpoints) -> Future[Born]:
        """Ask for a process. Takes the ends that are the renderer's.

        The future fails with Gone if the zygote died meanwhile (another try may succeed), or with the error that says
        why there can be no process.
        """
        waiting = _Waiting(fork, ends)
        self._waiting.append(waiting)
        self.start()
        self._pass_on()
        return waiting.forked

    def _pass_on(self) -> None:
        while (
            self._waiting
            and self._in_flight < _IN_FLIGHT
            and self._zygote is not None
            and self._zygote.is_ready
        ):
            waiting = self._waiting.popleft()
            self._in_flight += 1
            try:
                answer = self._zygote.link.session.invoke(
                    IPCChannel.PROCESS_FORK, waiting.fork, descriptors=waiting.ends.theirs
                )
            except IPCError as error:
                waiting.ends.close_theirs()
                self._in_flight -= 1
                waiting.forked.set_exception(error)
            else:
                answer.add_done_callback(partial(self._on_fork_answered, waiting))

    def _on_zygote_ready(self, _: Zygote) -> None:
        self._pass_on()

    def _on_fork_answered(self, waiting: _Waiting, answer: Future[ProcessForked]) -> None:
        self._in_flight -= 1
        error = answer.exception()
        if error is not None:
            waiting.forked.set_exception(error)
        else:
            forked = answer.result()
            waiting.forked.set_result(Born(forked.pid, forked.isolation))
        self._pass_on()

    def _on_zygote_died(self, zygote: Zygote, status: int | None) -> None:
        self._zygote = None
        zygote.deleteLater()
        delay = self._back_off.failed()
        if not zygote.was_ready and self._back_off.failures >= _START_ATTEMPTS:
            self._give_up(status)
        elif not self._is_stopped:
            self._restart.start(int(delay * 1000))
        self.died.emit(zygote.pid, status)

    def _give_up(self, status: int | None) -> None:
        """Those who wait are told; the next birth tries again."""
        waiting, self._waiting = self._waiting, deque()
        for birth in waiting:
            birth.ends.close_theirs()
            birth.forked.set_exception(
                Gone(
                    ErrorCode.CLOSED,
                    f"the zygote could not be started (status {status}); the reason stands on the standard error of the shell",
                )
            )
