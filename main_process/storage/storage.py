"""The one door: writes go to the storage thread and come back acknowledged; what is read is in memory already."""

import queue
import sqlite3
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal

from main_process.storage.database import encode, open_database
from shared.errors import BadCall, Bug, ErrorCode, Full, Gone, IPCError
from shared.tasks import Future

MAX_WAITING: Final = 1_000
"""Writes that wait for the disk; beyond it a write fails with ``full`` and nothing of it is kept."""

_SET_SETTING: Final = (
    "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
)
_CLEAR_SETTING: Final = "DELETE FROM settings WHERE key = ?"
_SET_DOCUMENT: Final = (
    "INSERT INTO documents (name, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
)


class _Write(NamedTuple):
    statement: str
    parameters: tuple[str | bytes, ...]
    done: Future[None]


class Storage(QObject):
    """Key-value tables with durable writes. Lives on the GUI thread; the connection is the other thread's.

    Writes that wait together are one transaction: each is acknowledged after the commit that holds it, in the
    order in which they were asked for. ``close`` must be called before the object goes.
    """

    _answered = Signal()

    def __init__(self, path: Path | None, parent: QObject | None = None) -> None:
        """``path`` None keeps everything in memory. Raises CannotOpen (see ``open_database``)."""
        super().__init__(parent)
        opened = open_database(path)
        self._connection = opened.connection
        self.settings = opened.settings
        """What was stored at the start, still encoded."""
        self.documents = opened.documents
        self.set_aside = opened.set_aside
        """The damaged file that this one took the place of."""
        self._writes: queue.Queue[_Write | None] = queue.Queue(MAX_WAITING)
        self._outcomes: queue.SimpleQueue[tuple[Future[None], IPCError | None]] = queue.SimpleQueue()
        self._closed = False
        self._answered.connect(self._on_thread_answered, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._thread.start()

    def set_setting(self, key: str, value: object) -> Future[None]:
        """Store; the future settles once it is durable."""
        return self._put(_SET_SETTING, key, value)

    def clear_setting(self, key: str) -> Future[None]:
        """Forget; the future settles once that is durable."""
        return self._write(_CLEAR_SETTING, (key,))

    def set_document(self, name: str, value: object) -> Future[None]:
        """Store a whole document under ``name``."""
        return self._put(_SET_DOCUMENT, name, value)

    def close(self) -> None:
        """Wait for what was asked to be written, settle it, close the file.

        The one place that may wait: the shell ends.
        """
        if self._closed:
            return
        self._closed = True
        self._writes.put(None)
        self._thread.join()
        self._on_thread_answered()

    def _put(self, statement: str, key: str, value: object) -> Future[None]:
        try:
            data = encode(value)
        except (TypeError, ValueError) as error:
            return _failed(BadCall(ErrorCode.UNENCODABLE, f"{key} cannot be stored: {error}"))
        return self._write(statement, (key, data))

    def _write(self, statement: str, parameters: tuple[str | bytes, ...]) -> Future[None]:
        if self._closed:
            return _failed(Gone(ErrorCode.CLOSED, "the profile is closed"))
        done: Future[None] = Future()
        try:
            self._writes.put_nowait(_Write(statement, parameters, done))
        except queue.Full:
            done.set_exception(
                Full(
                    ErrorCode.QUEUE_FULL,
                    f"{MAX_WAITING} writes wait for the disk already: it does not keep up",
                )
            )
        return done

    def _on_thread_answered(self) -> None:
        while not self._outcomes.empty():
            done, error = self._outcomes.get_nowait()
            if error is None:
                done.set_result(None)
            else:
                done.set_exception(error)

    # On the storage thread

    def _run(self) -> None:
        is_open = True
        while is_open:
            writes, is_open = self._take()
            error = self._commit(writes)
            # One write that cannot be must not take the others with it.
            parts = [writes] if error is None or len(writes) == 1 else [[write] for write in writes]
            for part in parts:
                outcome = error if part is writes else self._commit(part)
                for write in part:
                    self._outcomes.put((write.done, outcome))
            if is_open:
                self._answered.emit()
        self._connection.close()

    def _take(self) -> tuple[list[_Write], bool]:
        """Everything that waits, once something does; False if the end is among it."""
        writes: list[_Write] = []
        write = self._writes.get()
        while write is not None:
            writes.append(write)
            try:
                write = self._writes.get_nowait()
            except queue.Empty:
                return writes, True
        return writes, False

    def _commit(self, writes: Sequence[_Write]) -> IPCError | None:
        if not writes:
            return None
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for write in writes:
                self._connection.execute(write.statement, write.parameters)
            self._connection.execute("COMMIT")
        except Exception as error:  # noqa: BLE001  the thread goes on, and whoever asked is told
            return self._undo(error)
        return None

    def _undo(self, error: Exception) -> IPCError:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        except sqlite3.Error as another:
            error.add_note(f"nor could it be undone: {another}")
        reason = f"the profile could not be written: {error}"
        if isinstance(error, sqlite3.Error):
            return Full(ErrorCode.NOT_STORED, reason)
        return Bug(ErrorCode.INTERNAL, reason)


def _failed(error: IPCError) -> Future[None]:
    future: Future[None] = Future()
    future.set_exception(error)
    return future
