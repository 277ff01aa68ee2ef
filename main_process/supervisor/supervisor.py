"""Births, the spare, and the end of everything: what main knows of its processes."""

import logging
import os
import select
import time
from collections.abc import Mapping, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Final, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.link import Link
from main_process.supervisor.death import LaunchFailed, never_launched
from main_process.supervisor.endpoints import Endpoints
from main_process.supervisor.hang import THRESHOLD, HangMonitor
from main_process.supervisor.orphans import Orphans
from main_process.supervisor.renderer_process import LEAVE_SECONDS, RendererProcess
from main_process.supervisor.spare import Spare
from main_process.supervisor.spawn_client import SpawnClient
from main_process.supervisor.zygote import Zygote
from main_process.supervisor.zygote_client import ZygoteClient
from shared import linux
from shared.channels.process import Isolation, ProcessFork, ProcessKind
from shared.errors import ErrorCode, IPCError
from shared.tasks import Future, Task

_log = logging.getLogger(__name__)

ENTRIES: Final = {ProcessKind.PAGE: "renderer.page:main", ProcessKind.WEB_HOST: "renderer.web.host:main"}
"""What a process of each kind runs, by name: main imports none of it."""

_KILLED_SECONDS: Final = 2.0
"""From SIGKILL to the end: only the kernel can be slow now."""

Ending = TypeVar("Ending", RendererProcess, Zygote, RendererProcess | Zygote)


class Supervisor(QObject):
    """Makes renderers and sees to their end. One for the whole main process.

    ``forks`` false makes every process anew instead of forking it (there is no fork, or to measure); ``entries`` is
    what processes run, and a test's seam.

    Signals:
        zygote_started: with the Zygote; it is not greeted yet.
        born: a process has started, the spare included; its link is not greeted yet.
        died: a process has ended; with the process and its Death.
        zygote_died: the zygote has ended, with its exit status; another one is on its way.
    """

    zygote_started = Signal(object)
    born = Signal(object)
    died = Signal(object, object)
    zygote_died = Signal(object)

    def __init__(
        self,
        parent: QObject | None = None,
        *,
        entries: Mapping[ProcessKind, str] = ENTRIES,
        forks: bool = hasattr(os, "fork"),
        hang_threshold: float = THRESHOLD,
    ) -> None:
        super().__init__(parent)
        names = {str(kind): entry for kind, entry in entries.items()}
        self.hang_monitor = HangMonitor(self, threshold=hang_threshold)
        self.hang_monitor.answered.connect(self._on_link_answered)
        self._orphans = Orphans(self)
        self._processes: dict[int, RendererProcess] = {}
        self._departed: list[RendererProcess] = []
        self._births = ZygoteClient(names, self) if forks else SpawnClient(names, self)
        self._spare = Spare(lambda: self._bear(ProcessKind.PAGE), self)
        self._isolation: Isolation | None = None
        self._zygote_deaths = 0
        self._is_shut_down = False
        if isinstance(self._births, ZygoteClient):
            self._births.started.connect(self.zygote_started)
            self._births.died.connect(self._on_zygote_died)

    @property
    def zygote_pid(self) -> int | None:
        """The running zygote's pid."""
        if isinstance(self._births, ZygoteClient) and self._births.zygote is not None:
            return self._births.zygote.pid
        return None

    @property
    def spare_pid(self) -> int | None:
        """The warm spare's pid, once it is ready."""
        return self._spare.process.pid if self._spare.process is not None else None

    @property
    def isolation(self) -> str:
        """How page renderers are kept from the rights of main's user; empty before the first birth."""
        return self._isolation or ""

    @property
    def processes(self) -> Sequence[RendererProcess]:
        """All that live."""
        return tuple(self._processes.values())

    def start(self) -> None:
        """Become the parent of orphans, start the zygote and the spare."""
        linux.set_child_subreaper()
        self._births.start()
        self._spare.fill()

    def page_process(self, reach: Sequence[Path] = ()) -> Future[RendererProcess]:
        """A page renderer in phase IDLE: the spare where there is one. Fails with LaunchFailed.

        ``reach`` are paths beyond the installation that its page must read (a plugin's folder). They matter only
        to a main process that is root, where a renderer may have to be isolated in another way for their sake.
        """
        if reach and self._isolation in (None, Isolation.UID) and os.geteuid() == 0:
            return self._bear(ProcessKind.PAGE, reach=reach)
        return self._spare.take() or self._bear(ProcessKind.PAGE)

    def web_host(self, storage: Path | None) -> Future[RendererProcess]:
        """A web host that keeps its data in ``storage``, an existing folder (None: nothing is kept).

        Fails with LaunchFailed.
        """
        return self._bear(ProcessKind.WEB_HOST, storage=storage)

    def shutdown(self) -> None:
        """End every process: their links are closed, and those that do not end by themselves in time are killed.

        The one place that waits: as long as the slowest needs, and no longer than a web host may take.
        """
        if self._is_shut_down:
            return
        self._is_shut_down = True
        self._spare.stop()
        self._births.stop()
        processes, zygotes = self.processes, self._births.zygotes
        for process in processes:
            process.close()
        for zygote in zygotes:
            zygote.end()
        for kind, seconds in sorted(LEAVE_SECONDS.items(), key=itemgetter(1)):
            for late in _wait([process for process in processes if process.kind is kind], seconds):
                late.end()
        ending: list[RendererProcess | Zygote] = [*processes, *zygotes]
        _wait(ending, _KILLED_SECONDS)
        for ended in ending:
            ended.finish()
        self._processes.clear()
        self._orphans.finish()

    def _bear(
        self, kind: ProcessKind, *, storage: Path | None = None, reach: Sequence[Path] = ()
    ) -> Future[RendererProcess]:
        fork = ProcessFork(
            kind=kind,
            storage=None if storage is None else str(storage.absolute()),
            reach=tuple(str(path.absolute()) for path in reach),
        )
        return Task(self._try_to_bear(fork))

    async def _try_to_bear(self, fork: ProcessFork) -> RendererProcess:
        """A birth that the zygote's death interrupts is tried once more; any other failure is final."""
        deaths = self._zygote_deaths
        try:
            return await self._bear_once(fork)
        except LaunchFailed:
            if self._zygote_deaths == deaths or self._is_shut_down:
                raise
        except IPCError as error:
            if error.code is not ErrorCode.PEER_GONE or self._is_shut_down:
                raise _launch_failed(error) from error
        try:
            return await self._bear_once(fork)
        except IPCError as error:
            raise _launch_failed(error) from error

    async def _bear_once(self, fork: ProcessFork) -> RendererProcess:
        ends = Endpoints(fork.kind)
        try:
            born = await self._births.fork(fork, ends)
        except BaseException:
            ends.close_ours()
            raise
        process = RendererProcess(fork.kind, born, ends)
        self._processes[process.pid] = process
        process.departed.connect(self._on_process_departed)
        if fork.kind is ProcessKind.PAGE:
            self._isolation = born.isolation
        self.born.emit(process)
        await process.launched
        self.hang_monitor.watch(process.link)
        return process

    def _on_process_departed(self, process: RendererProcess) -> None:
        self._processes.pop(process.pid, None)
        # Its own events are still on the stack: it goes with the next ones, unless others hold it.
        self._departed.append(process)
        QTimer.singleShot(0, self._departed.clear)
        self._orphans.bury(process.pid)
        if not self._is_shut_down and process.death is not None:
            _log.info("renderer %d died: %s", process.pid, process.death.code)
            self.died.emit(process, process.death)

    def _on_zygote_died(self, pid: int, status: int | None) -> None:
        self._zygote_deaths += 1
        self._orphans.bury(pid)
        if not self._is_shut_down:
            _log.warning("the zygote died (status %s); another one is started", status)
            self.zygote_died.emit(status)

    def _on_link_answered(self, link: Link) -> None:
        process = link.parent()
        if isinstance(process, RendererProcess):
            process.forget_stacks()


def _launch_failed(error: IPCError) -> LaunchFailed:
    return error if isinstance(error, LaunchFailed) else LaunchFailed(never_launched(error))


def _wait(ending: Sequence[Ending], seconds: float) -> list[Ending]:
    """Wait for the ends of processes; gives those that still live."""
    by_descriptor = {process.descriptor: process for process in ending}
    poll = select.poll()
    for descriptor in by_descriptor:
        poll.register(descriptor, select.POLLIN)
    end = time.monotonic() + seconds
    while by_descriptor and (left := end - time.monotonic()) > 0:
        for descriptor, _ in poll.poll(left * 1000):
            poll.unregister(descriptor)
            del by_descriptor[descriptor]
    return list(by_descriptor.values())
