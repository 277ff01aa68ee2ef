"""The end of what a process writes to a pipe: read as it comes, kept within bounds, never waited for."""

import os
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from shared.limits import STDERR_TAIL_BYTES

_PAUSE_MS: Final = 20
"""After a full read: a process that floods its standard error waits for us, not the other way round."""

_LAST_READS: Final = 4


class PipeTail(QObject):
    """Keeps the last ``limit`` bytes that come from ``descriptor``, which it owns from now on.

    Signals:
        came: more was read; with these bytes.
    """

    came = Signal(bytes)

    def __init__(
        self, descriptor: int, parent: QObject | None = None, *, limit: int = STDERR_TAIL_BYTES
    ) -> None:
        super().__init__(parent)
        self._descriptor = descriptor
        self._limit = limit
        self._tail = bytearray()
        self._is_closed = False
        self.dropped = 0
        """Bytes that came before the tail and were forgotten."""
        os.set_blocking(descriptor, False)
        self._reader = QSocketNotifier(descriptor, QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._on_reader_activated)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_timeout)

    @property
    def text(self) -> str:
        """The tail, what is no UTF-8 in it replaced."""
        return self._tail.decode("utf-8", errors="replace")

    def clear(self) -> None:
        """Forget what came so far."""
        self._tail.clear()

    def finish(self) -> None:
        """Take what is in the pipe by now and close it. Others may hold its other end: nobody waits for them."""
        for _ in range(_LAST_READS):
            if self._is_closed or self._read() < self._limit:
                break
        self.close()

    def close(self) -> None:
        """Read no more."""
        if not self._is_closed:
            self._is_closed = True
            self._pause.stop()
            self._reader.setEnabled(False)
            os.close(self._descriptor)

    def _on_reader_activated(self) -> None:
        if not self._is_closed and self._read() == self._limit:
            self._reader.setEnabled(False)
            self._pause.start()

    def _on_pause_timeout(self) -> None:
        if not self._is_closed:
            self._reader.setEnabled(True)

    def _read(self) -> int:
        try:
            data = os.read(self._descriptor, self._limit)
        except BlockingIOError:
            return 0
        if not data:
            self.close()
            return 0
        self._tail += data
        excess = len(self._tail) - self._limit
        if excess > 0:
            del self._tail[:excess]
            self.dropped += excess
        self.came.emit(data)
        return len(data)
