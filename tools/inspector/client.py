"""A connection to a running shell's inspection socket, without Qt: blocking with deadlines, or pumped by a loop."""

import os
import select
import socket
import stat
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final, Self

import msgspec
import platformdirs

from shared.channels.inspector import InspectorAttach, InspectorRecords, ShellDescription
from shared.contract import Party, Phase
from shared.errors import ErrorCode, Gone, IPCError, Late
from shared.ipc_channel import IPCChannel
from shared.runtime_paths import INSPECTOR_SOCKET, INSPECTOR_TOKEN, runtime_directory
from shared.session import Session, Side
from shared.tasks import Future

_READ_BYTES: Final = 256 * 1024
_MAX_WAITING_RECORDS: Final = 100_000
"""Records read but not taken; the oldest are lost beyond it."""
_TICK: Final = 0.05
"""Seconds between looks at deadlines while waiting."""


class NotListening(Exception):
    """No shell can be inspected at that profile; the message says what to do."""


def default_profile() -> Path:
    """The profile the shell uses where none is named."""
    return platformdirs.user_data_path("browser-os") / "default"


class InspectorClient:
    """One attached inspector. ``pump`` moves bytes, ``take`` gives the batches that have come.

    Whoever waits on it (``describe``, ``batches``) pumps. Once the shell has ended, or the link has failed,
    ``closed`` says why.
    """

    def __init__(self, connected: socket.socket) -> None:
        connected.setblocking(False)
        self._socket = connected
        self.session = Session(side=Side.PEER, party=Party.INSPECTOR)
        self.session.on(IPCChannel.INSPECTOR_RECORDS, self._on_session_records)
        self.session.failed = self._on_session_failed
        self._arrived: deque[InspectorRecords] = deque()
        self._waiting = 0
        self._dropped = 0
        self.closed: IPCError | None = None
        self.session.start()

    @classmethod
    def connect(cls, profile: Path | None = None, *, records: bool = True, timeout: float = 10.0) -> Self:
        """Connect to the shell of ``profile`` (None: the default one) and attach.

        Raises NotListening if there is none to inspect, IPCError if it does not let us in within ``timeout``.
        """
        directory = runtime_directory((profile or default_profile()).resolve(), os.environ, os.getuid())
        _check_own(directory.parent)
        _check_own(directory)
        client = cls(_connect(directory))
        try:
            # Only now: a shell that listens has written its token, and an older one's is gone.
            token = _read_token(directory)
            client.wait_until(lambda: client.session.phase is Phase.OPEN, timeout)
            client.invoke(
                IPCChannel.INSPECTOR_ATTACH, InspectorAttach(token=token, records=records), timeout=timeout
            )
        except BaseException:
            client.close()
            raise
        return client

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def fileno(self) -> int:
        """For a loop that watches several; -1 once closed."""
        return self._socket.fileno()

    def take(self) -> list[InspectorRecords]:
        """The batches that have come since the last call, in order."""
        taken = list(self._arrived)
        self._arrived.clear()
        if taken and self._dropped:
            taken[0] = msgspec.structs.replace(taken[0], lost=taken[0].lost + self._dropped)
            self._dropped = 0
        self._waiting = 0
        return taken

    def describe(self, *, timeout: float = 10.0) -> ShellDescription:
        """Windows, tabs and processes as they are now. Raises IPCError."""
        description = self.invoke(IPCChannel.INSPECTOR_DESCRIBE, None, timeout=timeout)
        assert isinstance(description, ShellDescription)  # the contract's result
        return description

    def batches(self, duration: float | None = None) -> Iterator[InspectorRecords]:
        """Batches as they come, for ``duration`` seconds (None: until the shell ends). Raises IPCError on failure."""
        end = None if duration is None else time.monotonic() + duration
        yield from self.take()
        while self.closed is None:
            left = None if end is None else end - time.monotonic()
            if left is not None and left <= 0:
                return
            self.pump(1.0 if left is None else min(left, 1.0))
            yield from self.take()
        if self.closed.code is not ErrorCode.PEER_GONE:
            raise self.closed

    def invoke(self, channel: IPCChannel, payload: Any, *, timeout: float) -> Any:
        """Send a request and wait for its result. Raises IPCError."""
        future: Future[Any] = self.session.invoke(channel, payload, deadline=timeout)
        self.wait_until(future.done, timeout + 2 * _TICK)
        return future.result()

    def wait_until(self, condition: Callable[[], bool], timeout: float) -> None:
        """Pump until ``condition()``. Raises Late after ``timeout`` seconds, or what closed the connection."""
        end = time.monotonic() + timeout
        while not condition():
            if self.closed is not None:
                raise self.closed
            left = end - time.monotonic()
            if left <= 0:
                raise Late(ErrorCode.DEADLINE, f"the shell did not answer within {timeout:g} s")
            self.pump(min(left, _TICK))

    def pump(self, timeout: float = 0.0, *, max_bytes: int = 4 * _READ_BYTES) -> None:
        """Wait up to ``timeout`` seconds for something to do, then read (at most ``max_bytes``) and write."""
        if self.closed is not None:
            return
        self._write()
        try:
            readable, _, _ = select.select(
                [self._socket], [self._socket] if self.session.outbox else [], [], timeout
            )
            if readable:
                self._read(max_bytes)
            if self.closed is None:
                self._write()
        except OSError as error:
            self._end(Gone(ErrorCode.PEER_GONE, f"the shell is gone: {error}"))
            return
        self.session.tick()

    def close(self) -> None:
        """End the connection; harmless when ended."""
        self._end(Gone(ErrorCode.CLOSED, "the inspector closed the connection"))

    def _read(self, max_bytes: int) -> None:
        while max_bytes > 0 and self.closed is None:
            try:
                data = self._socket.recv(_READ_BYTES)
            except BlockingIOError:
                return
            if not data:
                self._end(Gone(ErrorCode.PEER_GONE, "the shell ended or closed the connection"))
                return
            max_bytes -= len(data)
            self.session.receive(data)

    def _write(self) -> None:
        outbox = self.session.outbox
        while outbox:
            buffers, _ = outbox.peek()
            try:
                outbox.advance(self._socket.sendmsg(buffers))
            except BlockingIOError:
                return
            except (BrokenPipeError, ConnectionResetError):
                # What the shell said before it went away is still to be read.
                outbox.clear()
                return

    def _on_session_records(self, batch: InspectorRecords) -> None:
        self._arrived.append(batch)
        self._waiting += len(batch.records)
        while self._waiting > _MAX_WAITING_RECORDS:
            oldest = self._arrived.popleft()
            self._waiting -= len(oldest.records)
            self._dropped += len(oldest.records) + oldest.lost

    def _on_session_failed(self, error: IPCError) -> None:
        self._end(error)

    def _end(self, error: IPCError) -> None:
        if self.closed is None:
            self.closed = error
            self._socket.close()
            self.session.close(error)


_HOW: Final = "start the shell with --inspect, or name its profile with --profile"


def _check_own(directory: Path) -> None:
    """Raises NotListening if the directory is missing or could be another user's trap."""
    try:
        status = directory.lstat()
    except OSError:
        raise NotListening(f"no shell listens for inspectors: {_HOW}") from None
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise NotListening(
            f"{directory} is not a directory of this user alone: refused to look for a shell there"
        )


def _read_token(directory: Path) -> str:
    try:
        return (directory / INSPECTOR_TOKEN).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise NotListening(f"the shell's inspector token cannot be read: {error}") from error


def _connect(directory: Path) -> socket.socket:
    connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    # Through the directory's descriptor: the path itself may be longer than the 107 bytes a socket's may have.
    anchor = os.open(directory, os.O_PATH | os.O_DIRECTORY)
    try:
        connected.connect(f"/proc/self/fd/{anchor}/{INSPECTOR_SOCKET}")
    except OSError as error:
        connected.close()
        if isinstance(error, FileNotFoundError | ConnectionRefusedError):
            raise NotListening(f"no shell listens for inspectors: {_HOW}") from None
        raise NotListening(f"the shell's inspector socket cannot be reached: {error}") from error
    finally:
        os.close(anchor)
    return connected
