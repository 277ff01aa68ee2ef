"""The zygote: a process with everything imported and nothing begun, that forks renderers for main.

It has one thread, no QApplication and one link. A renderer is forked twice over, so that the intermediate's end
makes it a child of main (the subreaper): main has its true exit status, and this process may die at any time
without harm to it.
"""

import gc
import multiprocessing
import os
import signal
import socket
from array import array
from collections import deque
from importlib import import_module
from pathlib import Path
from typing import Any, Final, NoReturn

import msgspec

from renderer import privileges
from renderer.birth import Birth, become, forget_resource_tracker
from shared import linux
from shared.channels.process import Isolation, ProcessFork, ProcessForked, ProcessKind
from shared.contract import Party
from shared.errors import Bug, ErrorCode, IPCError
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side
from shared.tasks import Future

_PRELOAD: Final = (
    "PySide6.QtCore",
    "PySide6.QtGui",
    "PySide6.QtWidgets",
    "renderer.heartbeat",
    "renderer.link",
    "renderer.pages.newtab.page",
    "renderer.pages.settings.page",
)
"""Imported before the first fork, besides the entry points named by main. None of these starts a thread."""

_DESCRIPTORS: Final = 3
"""Link, standard error and stack dumps."""


class _Request(msgspec.Struct, frozen=True):
    fork: ProcessFork
    descriptors: tuple[int, ...]
    answer: Future[ProcessForked]


def main(endpoint: socket.socket, main_pid: int, entries: dict[str, str], forks: bool) -> NoReturn:
    """Serve births until main closes the link.

    ``entries`` maps a process kind to the ``module:function`` that a process of that kind runs. Without ``forks``
    (a system that has none, or a measurement) this process itself becomes what it is first asked for: the same
    way in, an interpreter's start later.
    """
    _settle_in(endpoint, main_pid)
    for module in (*_PRELOAD, entries[ProcessKind.PAGE].partition(":")[0]):
        import_module(module)
    _check_one_thread()
    gc.collect()
    gc.freeze()
    birth = _Zygote(endpoint, main_pid, entries, forks).serve()
    if birth is None:
        os._exit(0)
    become(birth)


def _settle_in(endpoint: socket.socket, main_pid: int) -> None:
    """Keep nothing of main's: its session, its key, the pipes of ``multiprocessing``."""
    linux.set_parent_death_signal()
    if os.getppid() != main_pid:
        os._exit(0)
    os.setsid()
    linux.set_name("bos-zygote")
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    multiprocessing.current_process().authkey = os.urandom(32)
    # Every pipe that spawning left here keeps something of main's alive, and the resource tracker's can make it
    # unlink files: none is needed.
    for descriptor in linux.open_descriptors():
        if descriptor > 2 and descriptor != endpoint.fileno():
            os.close(descriptor)
    forget_resource_tracker()
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.close(null)


def _check_one_thread() -> None:
    count = linux.thread_count()
    if count != 1:
        raise RuntimeError(f"expected the zygote to have one thread before it forks, got {count}")


class _Zygote:
    """Serves the link with a blocking loop of its own: there is nothing else to do here."""

    def __init__(self, endpoint: socket.socket, main_pid: int, entries: dict[str, str], forks: bool) -> None:
        self._endpoint = endpoint
        self._main_pid = main_pid
        self._entries = entries
        self._forks = forks
        self._descriptors: deque[int] = deque()
        self._requests: deque[_Request] = deque()
        self._facts: dict[tuple[Any, ...], privileges.Facts] = {}
        self._session = Session(side=Side.PEER, party=Party.ZYGOTE)
        self._session.handle(IPCChannel.PROCESS_FORK, self._on_process_fork)
        self._session.start()

    def serve(self) -> Birth | None:
        """In the zygote: None once main has gone. In a renderer just forked: what to become."""
        self._write()
        while self._read():
            while self._requests:
                request = self._requests.popleft()
                birth = self._serve_fork(request)
                if birth is not None:
                    return birth
            self._write()
        return None

    def _read(self) -> bool:
        data, ancillary, flags, _ = self._endpoint.recvmsg(
            64 * 1024, socket.CMSG_SPACE(_DESCRIPTORS * array("i").itemsize), socket.MSG_CMSG_CLOEXEC
        )
        for level, kind, content in ancillary:
            if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                numbers = array("i")
                numbers.frombytes(content)
                self._descriptors.extend(numbers)
        if flags & socket.MSG_CTRUNC:
            raise RuntimeError(f"expected at most {_DESCRIPTORS} descriptors with one message")
        if data:
            self._session.receive(data)
        return bool(data) and self._session.error is None

    def _write(self) -> None:
        outbox = self._session.outbox
        while outbox:
            buffers, _ = outbox.peek()
            outbox.advance(self._endpoint.sendmsg(buffers))

    def _on_process_fork(self, fork: ProcessFork) -> Future[ProcessForked]:
        descriptors = tuple(self._descriptors.popleft() for _ in range(_DESCRIPTORS))
        request = _Request(fork, descriptors, Future())
        self._requests.append(request)
        return request.answer

    def _serve_fork(self, request: _Request) -> Birth | None:
        try:
            isolation = privileges.decide(self._facts_for(request.fork))
            if not self._forks:
                request.answer.set_result(ProcessForked(pid=os.getpid(), isolation=isolation))
                self._write()
                return self._birth(request, isolation)
            pid, gate = _fork_twice()
        except IPCError as error:
            request.answer.set_exception(error)
        except OSError as error:
            request.answer.set_exception(Bug(ErrorCode.INTERNAL, f"no process could be forked: {error}"))
        else:
            if pid == 0:
                if not os.read(gate, 1):
                    os._exit(0)  # the zygote died before it could tell main of this process
                return self._birth(request, isolation)
            # Main is told first: a process that goes on is one that main knows of, whenever this one dies.
            request.answer.set_result(ProcessForked(pid=pid, isolation=isolation))
            self._write()
            os.write(gate, b"1")
            os.close(gate)
        for descriptor in request.descriptors:
            os.close(descriptor)
        return None

    def _facts_for(self, fork: ProcessFork) -> privileges.Facts:
        """Tried once for every set of paths: packages do not move while the shell runs."""
        storage = (Path(fork.storage),) if fork.storage is not None else ()
        reach = tuple(Path(path) for path in fork.reach)
        key = (storage, reach)
        if key not in self._facts:
            self._facts[key] = privileges.gather((*privileges.installation(), *reach), storage)
        return self._facts[key]

    def _birth(self, request: _Request, isolation: Isolation) -> Birth:
        link, stderr, stacks = request.descriptors
        return Birth(
            kind=request.fork.kind,
            entry=self._entries[request.fork.kind],
            storage=request.fork.storage,
            isolation=isolation,
            main_pid=self._main_pid,
            link=link,
            stderr=stderr,
            stacks=stacks,
        )


def _fork_twice() -> tuple[int, int]:
    """In the zygote: the pid of a process that is main's child by now, and a pipe whose first byte lets it go on.

    In that process: 0 and the pipe's other end.
    """
    gate_reader, gate_writer = os.pipe()
    pid_reader, pid_writer = os.pipe()
    intermediate = os.fork()
    if intermediate == 0:
        try:
            pid = os.fork()
        except OSError:
            os._exit(1)
        if pid == 0:
            for descriptor in (gate_writer, pid_reader, pid_writer):
                os.close(descriptor)
            linux.set_name("bos-renderer")
            return 0, gate_reader
        os.write(pid_writer, pid.to_bytes(4, "little"))
        os._exit(0)
    os.close(gate_reader)
    os.close(pid_writer)
    with os.fdopen(pid_reader, "rb") as pipe:
        answer = pipe.read(4)
    os.waitpid(intermediate, 0)
    if len(answer) != 4:
        os.close(gate_writer)
        raise OSError("the second fork failed")
    return int.from_bytes(answer, "little"), gate_writer
