"""Main's end of a link: a session on a non-blocking socket, driven by Qt's event loop.

Nothing here waits. One activation reads or writes at most ``_MAX_CHUNKS`` chunks and about ``_BUDGET`` seconds, so
that a talkative peer leaves the loop to the others. Descriptors only go down: main reads with plain ``recv``, so
those that a peer tries to send up are discarded by the kernel.
"""

import os
import socket
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import SIGNAL, QObject, QSocketNotifier, Qt, QTimer, Signal

from shared.errors import ErrorCode, Full, Gone, IPCError
from shared.limits import STALLED_TIMEOUT
from shared.session import Session

_CHUNK_BYTES: Final = 64 * 1024
_MAX_CHUNKS: Final = 16
_BUDGET: Final = 0.004
_TICK_MS: Final = 50


class Link(QObject):
    """Moves bytes between ``session`` and ``endpoint``, a connected stream socket that it owns from now on.

    Signals:
        opened: the handshake is done.
        closed: the link has ended, with the IPCError that says why; nothing is sent or received any more.
    """

    opened = Signal()
    closed = Signal(object)

    def __init__(
        self,
        session: Session,
        endpoint: socket.socket,
        parent: QObject | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(parent)
        self.session = session
        self._endpoint = endpoint
        self._clock = clock
        self._is_closed = False
        self._receiving = False
        self._broken = False
        self._progress = clock()
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
        session.failed = self.close
        if session.needs_tick:
            self._ticker.start()
        if session.outbox:
            self._write()

    @property
    def is_closed(self) -> bool:
        """Whether ``closed`` was emitted, or is about to be."""
        return self._is_closed

    def close(self, error: IPCError | None = None) -> None:
        """End the link: the peer sees the end of the stream, whatever waits here is settled with ``error``."""
        if self._is_closed:
            return
        self._is_closed = True
        error = error or Gone(ErrorCode.CLOSED, "main closed the link")
        self._reader.setEnabled(False)
        self._writer.setEnabled(False)
        self._ticker.stop()
        self._endpoint.close()
        for descriptor in self.session.outbox.clear():
            os.close(descriptor)
        self.session.close(error)
        self.closed.emit(error)
        self._forget_receivers()

    def _forget_receivers(self) -> None:
        """Nobody has anything more to hear. A receiver that holds the link would keep it for ever: such a circle goes
        through Qt, where Python's collector does not see it."""
        for name, signal in (("opened()", self.opened), ("closed(PyObject)", self.closed)):
            if self.receivers(SIGNAL(name)):
                signal.disconnect()

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
                data = self._endpoint.recv(_CHUNK_BYTES)
            except BlockingIOError:
                return
            except OSError as error:
                self.close(Gone(ErrorCode.PEER_GONE, f"the connection broke: {error.strerror}"))
                return
            if not data:
                self.close(Gone(ErrorCode.PEER_GONE, "the process at the other end closed the link"))
                return
            self.session.receive(data)
            if self._is_closed or len(data) < _CHUNK_BYTES or self._clock() > deadline:
                return

    def _on_writer_activated(self) -> None:
        self._write()

    def _on_session_output(self) -> None:
        self._progress = self._clock()
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
        if not self._ticker.isActive() and self._is_watching():
            self._ticker.start()

    def _is_watching(self) -> bool:
        return bool(self.session.needs_tick or self.session.outbox)

    def _write(self) -> None:
        outbox = self.session.outbox
        deadline = self._clock() + _BUDGET
        for _ in range(_MAX_CHUNKS):
            if self._is_closed or self._broken or not outbox:
                break
            buffers, descriptors = outbox.peek()
            try:
                written = (
                    socket.send_fds(self._endpoint, buffers, descriptors)
                    if descriptors
                    else self._endpoint.sendmsg(buffers)
                )
            except BlockingIOError:
                break
            except OSError:
                # The peer is going. What it still said is read first; if it said nothing, the clock ends it.
                self._broken = True
                break
            for descriptor in descriptors:
                os.close(descriptor)
            outbox.advance(written)
            self._progress = now = self._clock()
            if now > deadline:
                break
        if not self._is_closed:
            self._writer.setEnabled(bool(outbox) and not self._broken)

    def _on_ticker_timeout(self) -> None:
        self.session.tick()
        if self._is_closed:
            return
        if self.session.outbox and self._clock() - self._progress > STALLED_TIMEOUT:
            self.close(
                Full(
                    ErrorCode.QUEUE_FULL,
                    f"{self.session.outbox.bytes} bytes wait for a peer that has read nothing for {STALLED_TIMEOUT:g} s",
                )
            )
        elif not self._is_watching():
            self._ticker.stop()
