"""The file: opened, checked, migrated step by step; a damaged one is set aside and named."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec


class TooNew(Exception):
    """A newer Browser OS wrote the file; the message names both versions."""


class Opened(NamedTuple):
    """A usable connection. ``set_aside`` names what was damaged and is kept beside it."""

    connection: sqlite3.Connection
    set_aside: Path | None


def _first(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT")
    connection.execute("CREATE TABLE documents (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT")


MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (_first,)
"""One function a step: step n brings a file from version n to n + 1 (SQLite's ``user_version``)."""

_SIDE_FILES = ("-wal", "-shm")


def open_database(path: Path | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Opened:
    """Open ``path`` (None: in memory), make or migrate its tables.

    WAL with ``synchronous=FULL``: a commit is on disk when it returns (sqlite.org/pragma.html#pragma_synchronous).
    Raises TooNew, or sqlite3.OperationalError if the place cannot be written.
    """
    if path is None:
        return Opened(
            _prepare(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)), None
        )
    try:
        return Opened(_open_file(path), None)
    except sqlite3.OperationalError:
        raise  # cannot be read or written: it may be whole, so it stays where it is
    except sqlite3.DatabaseError:
        aside = _set_aside(path, now())
        return Opened(_open_file(path), aside)


def _open_file(path: Path) -> sqlite3.Connection:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    os.close(descriptor)
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=5.0)
    try:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        return _prepare(connection)
    except BaseException:
        connection.close()
        raise


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise TooNew(
            f"the profile was written by a newer Browser OS (format {version}; this one knows {len(MIGRATIONS)}): "
            "update, or start with another --profile"
        )
    for step in range(version, len(MIGRATIONS)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[step](connection)
            connection.execute(f"PRAGMA user_version={step + 1}")
        except BaseException:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    return connection


def _set_aside(path: Path, now: datetime) -> Path:
    stamp = now.strftime("%Y%m%dT%H%M%S.%fZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    path.rename(aside)
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(aside.with_name(aside.name + suffix))
    return aside


def read_table(connection: sqlite3.Connection, table: str, key: str) -> dict[str, bytes]:
    """Every row of one of the two tables. ``table`` and ``key`` are names of ours, never of a message."""
    return dict(connection.execute(f"SELECT {key}, value FROM {table}"))


def encode(value: object) -> bytes:
    """How values stand in the file: JSON, so that a person can read it."""
    return msgspec.json.encode(value)
