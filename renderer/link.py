"""The renderer's end of a link: a session on a non-blocking socket, driven by Qt's event loop.

Main may send file descriptors along; they wait in order for the handler of their message (``take_descriptor``).
"""

import os
import socket
import time
from array import array
from collections import deque
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, Qt, QTimer, Signal

from shared.errors import BadMessage, ErrorCode, Gone, IPCError
from shared.session import Session

_CHUNK_BYTES: Final = 64 * 1024
_MAX_CHUNKS: Final = 16
_BUDGET: Final = 0.004
_TICK_MS: Final = 50
_MAX_DESCRIPTORS: Final = 8
_ANCILLARY_BYTES: Final = socket.CMSG_SPACE(_MAX_DESCRIPTORS * array("i").itemsize)


def leave() -> None:
    """End this process at once: main has gone, and nobody is left to tell or to ask."""
    os._exit(0)


class Link(QObject):
    """Moves bytes between ``session`` and ``endpoint``, a connected stream socket that it owns from now on.

    ``on_main_gone`` is called after ``closed`` when main ended the link: by default the process ends. A web tab,
    whose process has other links, and the web host, which must write its cookies first, set functions of their own.

    Signals:
        opened: the handshake is done.
        closed: the link has ended, with the IPCError that says why.
    """

    opened = Signal()
    closed = Signal(object)

    def __init__(
        self,
        session: Session,
        endpoint: socket.socket,
        parent: QObject | None = None,
        *,
        on_main_gone: Callable[[], None] = leave,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._endpoint = endpoint
        self.on_main_gone = on_main_gone
        self._clock = clock
        self._descriptors: deque[int] = deque()
        self._is_closed = False
        self._receiving = False
        self._broken = False
        endpoint.setblocking(False)
        self._reader = QSocketNotifier(endpoint.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._on_reader_activated)
        self._writer = QSocketNotifier(endpoint.fileno(), QSocketNotifier.Type.Write, self)
        self._writer.setEnabled(False)
        self._writer.activated.connect(self._on_writer_activated)
        self._ticker = QTimer(self)
        self._ticker.setTimerType(Qt.TimerType.CoarseTimer)
        self._ticker.setInterval(_TICK_MS)
        self._ticker.timeout.connect(self._on_ticker_timeout)
        session.on_output = self._on_session_output
        session.opened = self.opened.emit
        session.failed = self._on_session_failed
        if session.needs_tick:
            self._ticker.start()
        if session.outbox:
            self._write()

    @property
    def is_closed(self) -> bool:
        """Whether ``closed`` was emitted, or is about to be."""
        return self._is_closed

    def take_descriptor(self) -> int:
        """The oldest descriptor that came and was not taken; the caller closes it.

        Raises BadMessage if there is none: main sent a message without the descriptor that belongs to it.
        """
        if not self._descriptors:
            raise BadMessage(
                ErrorCode.MALFORMED_FRAME, "expected a file descriptor with the message, got none"
            )
        return self._descriptors.popleft()

    def close(self, error: IPCError | None = None) -> None:
        """End the link from this side. The process goes on."""
        if self._is_closed:
            return
        self._is_closed = True
        error = error or Gone(ErrorCode.CLOSED, "the renderer closed the link")
        self._reader.setEnabled(False)
        self._writer.setEnabled(False)
        self._ticker.stop()
        self._endpoint.close()
        while self._descriptors:
            os.close(self._descriptors.popleft())
        self.session.outbox.clear()
        self.session.close(error)
        self.closed.emit(error)

    def _end(self, reason: str) -> None:
        self.close(Gone(ErrorCode.PEER_GONE, reason))
        self.on_main_gone()

    def _on_session_failed(self, error: IPCError) -> None:
        self.close(error)
        self.on_main_gone()

    def _on_reader_activated(self) -> None:
        # May be entered again by a handler that runs an event loop of its own.
        outer, self._receiving = self._receiving, True
        try:
            self._read()
        finally:
            self._receiving = outer
        self._after_activity()

    def _read(self) -> None:
        deadline = self._clock() + _BUDGET
        for _ in range(_MAX_CHUNKS):
            try:
                data, ancillary, flags, _ = self._endpoint.recvmsg(
                    _CHUNK_BYTES, _ANCILLARY_BYTES, socket.MSG_CMSG_CLOEXEC
                )
            except BlockingIOError:
                return
            except ConnectionError as error:
                self._end(f"the connection broke: {error.strerror}")
                return
            for level, kind, content in ancillary:
                if level == socket.SOL_SOCKET and kind == socket.SCM_RIGHTS:
                    numbers = array("i")
                    numbers.frombytes(content[: len(content) - len(content) % numbers.itemsize])
                    self._descriptors.extend(numbers)
            if flags & socket.MSG_CTRUNC:
                self._end(f"more than {_MAX_DESCRIPTORS} descriptors came with one message")
                return
            if not data:
                self._end("main closed the link")
                return
            self.session.receive(data)
            if self._is_closed or len(data) < _CHUNK_BYTES or self._clock() > deadline:
                return

    def _on_writer_activated(self) -> None:
        self._write()

    def _on_session_output(self) -> None:
        if self._receiving:
            # Replies made while a chunk is read leave together after it, or from a handler's own event loop.
            self._writer.setEnabled(True)
        else:
            self._after_activity()

    def _after_activity(self) -> None:
        if self._is_closed:
            return
        if self.session.outbox:
            self._write()
        if not self._ticker.isActive() and self.session.needs_tick:
            self._ticker.start()

    def _write(self) -> None:
        outbox = self.session.outbox
        deadline = self._clock() + _BUDGET
        for _ in range(_MAX_CHUNKS):
            if self._is_closed or self._broken or not outbox:
                break
            buffers, _ = outbox.peek()
            try:
                written = self._endpoint.sendmsg(buffers)
            except BlockingIOError:
                break
            except OSError:
                # Main is going: the end of the stream follows, after what it still said.
                self._broken = True
                break
            outbox.advance(written)
            if self._clock() > deadline:
                break
        if not self._is_closed:
            self._writer.setEnabled(bool(outbox) and not self._broken)

    def _on_ticker_timeout(self) -> None:
        self.session.tick()
        if not self._is_closed and not self.session.needs_tick:
            self._ticker.stop()
