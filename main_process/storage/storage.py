"""The one door: writes go to the storage thread and come back acknowledged; what is read is in memory already."""

import queue
import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal

from main_process.storage.database import encode, open_database, read_table
from shared.errors import Bug, ErrorCode, Full, Gone, IPCError
from shared.tasks import Future

MAX_WAITING: Final = 10_000
"""Writes that wait for the disk; beyond it a write fails with ``full`` and nothing of it is kept."""

_Job = tuple[Callable[[sqlite3.Connection], None], Future[None]]


class Storage(QObject):
    """Key-value tables with durable writes. Lives on the GUI thread; only the connection is the other thread's.

    Several writes that wait together are one transaction: each is acknowledged after the commit that holds it.
    """

    _finished = Signal(object)

    def __init__(self, path: Path | None, parent: QObject | None = None) -> None:
        """Raises TooNew or sqlite3.OperationalError (see ``open_database``)."""
        super().__init__(parent)
        self._connection, self.set_aside = open_database(path)
        self.settings = read_table(self._connection, "settings", "key")
        """What was stored at the start, still encoded."""
        self.documents = read_table(self._connection, "documents", "name")
        self._jobs: queue.Queue[_Job | None] = queue.Queue(MAX_WAITING)
        self._closed = False
        self._finished.connect(self._on_finished, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, name="storage", daemon=True)
        self._thread.start()

    def set_setting(self, key: str, value: object) -> Future[None]:
        """Store; the future settles once it is durable."""
        return self._put("settings", "key", key, encode(value))

    def clear_setting(self, key: str) -> Future[None]:
        """Forget; the future settles once that is durable."""
        return self._write(
            lambda connection: connection.execute("DELETE FROM settings WHERE key = ?", (key,))
        )

    def set_document(self, name: str, value: object) -> Future[None]:
        """Store a whole document under ``name``."""
        return self._put("documents", "name", name, encode(value))

    def close(self) -> None:
        """Wait for what was asked to be written, then close the file. The one place that may wait: the shell ends."""
        if self._closed:
            return
        self._closed = True
        self._jobs.put(None)
        self._thread.join()
        self._connection.close()

    def _put(self, table: str, column: str, key: str, value: bytes) -> Future[None]:
        statement = f"INSERT INTO {table} ({column}, value) VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        return self._write(lambda connection: connection.execute(statement, (key, value)))

    def _write(self, job: Callable[[sqlite3.Connection], object]) -> Future[None]:
        future: Future[None] = Future()
        if self._closed:
            future.set_exception(Gone(ErrorCode.CLOSED, "the profile is closed"))
            return future

        def run(connection: sqlite3.Connection) -> None:
            job(connection)

        try:
            self._jobs.put_nowait((run, future))
        except queue.Full:
            future.set_exception(
                Full(ErrorCode.QUEUE_FULL, f"{MAX_WAITING} writes wait for the disk already")
            )
        return future

    # On the storage thread

    def _run(self) -> None:
        while True:
            jobs, last = self._take()
            if jobs:
                error = self._commit(jobs)
                self._finished.emit(([future for _, future in jobs], error))
            if last:
                return

    def _take(self) -> tuple[list[_Job], bool]:
        """Everything that waits, at least one; True if the end is among it."""
        jobs: list[_Job] = []
        job = self._jobs.get()
        while job is not None:
            jobs.append(job)
            try:
                job = self._jobs.get_nowait()
            except queue.Empty:
                return jobs, False
        return jobs, True

    def _commit(self, jobs: list[_Job]) -> IPCError | None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            for job, _ in jobs:
                job(self._connection)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            if isinstance(error, sqlite3.OperationalError):
                return Full(ErrorCode.QUEUE_FULL, f"the profile could not be written: {error}")
            return Bug(ErrorCode.INTERNAL, f"the profile could not be written: {error}")
        return None

    # Back on the GUI thread

    def _on_finished(self, outcome: tuple[list[Future[None]], IPCError | None]) -> None:
        futures, error = outcome
        for future in futures:
            if error is None:
                future.set_result(None)
            else:
                future.set_exception(error)
