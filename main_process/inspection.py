"""The inspection server: who shows the token of this start is sent every record, and may ask what runs.

Each inspector has a place in the recorder's ring, not a queue of its own: one that reads too slowly falls out of
the ring's end and is told how many records it lost. Main spends a bounded time on all of them together.
"""

import hmac
import os
import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from main_process.link import Link
from main_process.local_server import LocalServer
from main_process.recorder import Recorder
from shared.channels.inspector import InspectorAttach, InspectorRecords, ShellDescription
from shared.contract import Empty, Party
from shared.errors import ErrorCode, Late, Refused
from shared.ipc_channel import IPCChannel
from shared.limits import HANDSHAKE_TIMEOUT
from shared.permissions import Principal, decide
from shared.runtime_paths import INSPECTOR_SOCKET, INSPECTOR_TOKEN

_FLUSH_MS: Final = 30
_BATCH_RECORDS: Final = 256
_BATCH_BYTES: Final = 512 * 1024
_BATCHES: Final = 4
"""Most that one client is sent in one go: some 34,000 records a second."""
_WAITING_BYTES: Final = 1024 * 1024
"""A client that has so much unread is sent nothing more."""

_STRANGER: Final = Principal(name="an inspector that is not attached", party=Party.INSPECTOR)
_OBSERVER: Final = Principal(name="inspector", party=Party.INSPECTOR, granted=frozenset({"inspect.observe"}))


class _Client:
    """One connection."""

    __slots__ = ("cursor", "is_attached", "link", "wants_records")

    def __init__(self, link: Link) -> None:
        self.link = link
        self.is_attached = False
        self.wants_records = False
        self.cursor = 1
        """Sequence number of the next record to send."""


class Inspection(QObject):
    """Listens in the profile's runtime directory from construction to ``close``.

    Signals:
        clients_changed: so many inspectors are attached now; the window shows it.
    """

    clients_changed = Signal(int)

    def __init__(
        self,
        runtime: Path,
        recorder: Recorder,
        describe: Callable[[], ShellDescription],
        parent: QObject | None = None,
    ) -> None:
        """``runtime`` is the profile's runtime directory, 0700. Raises OSError if nothing can be put there."""
        super().__init__(parent)
        self._recorder = recorder
        self._describe = describe
        self._clients: list[_Client] = []
        self._token = secrets.token_urlsafe(32)
        self._token_path = runtime / INSPECTOR_TOKEN
        # The token first: who finds the socket must find it too.
        _write_private(self._token_path, self._token)
        self._server = LocalServer(runtime / INSPECTOR_SOCKET, Party.INSPECTOR, self._on_server_link, self)
        self._flush_timer = QTimer(self)
        self._flush_timer.setInterval(_FLUSH_MS)
        self._flush_timer.timeout.connect(self._flush)

    @property
    def attached(self) -> int:
        """Inspectors that have shown the token."""
        return sum(client.is_attached for client in self._clients)

    def close(self) -> None:
        """Send what there is room for, end every connection, take socket and token away."""
        self._flush()
        self._flush_timer.stop()
        self._server.close()
        self._token_path.unlink(missing_ok=True)

    def _on_server_link(self, link: Link) -> None:
        client = _Client(link)
        self._clients.append(client)
        session = link.session
        session.decide = partial(decide, _STRANGER)
        session.handle(IPCChannel.INSPECTOR_ATTACH, partial(self._attach, client))
        session.handle(IPCChannel.INSPECTOR_DESCRIBE, lambda payload: self._describe())
        link.closed.connect(lambda error: self._on_link_closed(client))
        _after(HANDSHAKE_TIMEOUT, link, lambda: self._end_stranger(client))

    def _attach(self, client: _Client, payload: InspectorAttach) -> Empty:
        if not hmac.compare_digest(payload.token.encode(), self._token.encode()):
            # Once the answer has left.
            _after(0, client.link, client.link.close)
            raise Refused(
                ErrorCode.PERMISSION_DENIED,
                f"the token is not that of this start: read {INSPECTOR_TOKEN} in the runtime directory",
                path="$.token",
            )
        client.link.session.decide = partial(decide, _OBSERVER)
        client.wants_records = payload.records
        if payload.records:
            self._flush_timer.start()
        if not client.is_attached:
            client.is_attached = True
            self.clients_changed.emit(self.attached)
        return Empty()

    def _end_stranger(self, client: _Client) -> None:
        if not client.is_attached:
            client.link.close(Late(ErrorCode.DEADLINE, f"not attached within {HANDSHAKE_TIMEOUT:g} s"))

    def _on_link_closed(self, client: _Client) -> None:
        self._clients.remove(client)
        if not any(other.wants_records for other in self._clients):
            self._flush_timer.stop()
        if client.is_attached:
            self.clients_changed.emit(self.attached)

    def _flush(self) -> None:
        for client in tuple(self._clients):
            if client.wants_records:
                self._send(client)

    def _send(self, client: _Client) -> None:
        ring = self._recorder.ring
        for _ in range(_BATCHES):
            if client.link.is_closed or client.link.session.outbox.bytes >= _WAITING_BYTES:
                return
            lost = max(ring.first - client.cursor, 0)
            start = client.cursor + lost
            records = ring.read(start, _BATCH_RECORDS, _BATCH_BYTES)
            if not records and not lost:
                return
            client.cursor = start + len(records)
            encoded: Any = tuple(msgspec.Raw(record) for record in records)
            batch = InspectorRecords(records=encoded, lost=lost)
            client.link.session.send(IPCChannel.INSPECTOR_RECORDS, batch)


def _after(seconds: float, link: Link, action: Callable[[], None]) -> None:
    """Call ``action`` later, unless ``link`` is gone by then."""
    timer = QTimer(link)
    timer.setSingleShot(True)
    timer.timeout.connect(action)
    timer.start(int(seconds * 1000))


def _write_private(path: Path, text: str) -> None:
    """A new file that this user alone can read, from its first moment."""
    path.unlink(missing_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        file.write(text)
