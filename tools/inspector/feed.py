"""The client on Qt's event loop: bytes as they come, batches a few times a frame."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer, Signal

from shared.errors import ErrorCode
from tools.inspector.client import InspectorClient

_READ_BYTES: Final = 512 * 1024
"""Most that one activation reads, so that the window stays quick."""
_BATCH_MS: Final = 50


class Feed(QObject):
    """One connection to a shell, from ``connect_to`` to its end.

    Signals:
        arrived: a batch (InspectorRecords).
        ended: the shell is gone or the link failed; the text says which.
    """

    arrived = Signal(object)
    ended = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client: InspectorClient | None = None
        self._notifier: QSocketNotifier | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_BATCH_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def is_connected(self) -> bool:
        """Whether records may come."""
        return self._client is not None

    def connect_to(self, profile: Path | None, *, timeout: float = 5.0) -> None:
        """Connect and attach; raises as ``InspectorClient.connect``."""
        self.disconnect_from_shell()
        self._client = InspectorClient.connect(profile, timeout=timeout)
        self._notifier = QSocketNotifier(self._client.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)
        self._timer.start()

    def disconnect_from_shell(self) -> None:
        """End the connection without a word."""
        self._timer.stop()
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
            self._notifier = None
        if self._client is not None:
            self._client.close()
            self._client = None

    def _on_notifier_activated(self) -> None:
        self._pump()

    def _on_timer_timeout(self) -> None:
        self._pump()
        if self._client is not None:
            for batch in self._client.take():
                self.arrived.emit(batch)

    def _pump(self) -> None:
        client = self._client
        if client is None:
            return
        client.pump(max_bytes=_READ_BYTES)
        if client.closed is not None:
            error = client.closed
            self.disconnect_from_shell()
            for batch in client.take():
                self.arrived.emit(batch)
            is_end = error.code is ErrorCode.PEER_GONE
            self.ended.emit("The shell ended." if is_end else f"The connection failed: {error}")
