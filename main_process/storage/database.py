"""The file: opened, checked, migrated step by step; a damaged one is set aside and named."""

import os
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

import msgspec


class CannotOpen(Exception):
    """The file can be neither used nor replaced; the message says why. It stays as it is."""


class TooNew(CannotOpen):
    """A newer Browser OS wrote the file; the message names both versions."""


class Opened(NamedTuple):
    """A usable connection and what the file held. ``set_aside`` names what was damaged and is kept beside it."""

    connection: sqlite3.Connection
    settings: dict[str, bytes]
    documents: dict[str, bytes]
    set_aside: Path | None = None


def _first(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TABLE settings (key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT")
    connection.execute("CREATE TABLE documents (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT")


MIGRATIONS: Final[tuple[Callable[[sqlite3.Connection], None], ...]] = (_first,)
"""One function a step: step n brings a file from version n to n + 1 (SQLite's ``user_version``)."""

_SIDE_FILES: Final = ("-wal", "-shm")

_BUSY_SECONDS: Final = 5.0
"""A program that looks into the file may hold it for a moment."""

_SURROUNDINGS: Final = frozenset(
    {
        sqlite3.SQLITE_PERM,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_INTERRUPT,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
        sqlite3.SQLITE_NOLFS,
        sqlite3.SQLITE_AUTH,
    }
)
"""Codes (sqlite.org/rescode.html) that blame disk, rights or another process: the file itself may be whole."""


def open_database(path: Path | None, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Opened:
    """Open ``path`` (None: in memory), make or migrate its tables, read them.

    WAL with ``synchronous=FULL``: a commit is on disk when it returns (sqlite.org/pragma.html#pragma_synchronous).
    Raises CannotOpen where disk or rights are to blame, TooNew for a file from the future. Any other file that does
    not hold what it should is set aside, whole, and an empty one takes its place.
    """
    if path is None:
        return _read(_prepare(_connect(":memory:")))
    try:
        try:
            return _open_file(path)
        except (sqlite3.Error, UnicodeDecodeError) as error:
            # SQLite's own message quotes what it stumbled over, which need not be text.
            if isinstance(error, sqlite3.Error) and _is_of_surroundings(error):
                raise
            aside = _set_aside(path, now())
            return _open_file(path)._replace(set_aside=aside)
    except sqlite3.Error as error:
        raise CannotOpen(f"{path} cannot be used: {error}") from error
    except OSError as error:
        raise CannotOpen(f"{path} cannot be used: {error.strerror}") from error


def encode(value: object) -> bytes:
    """How values stand in the file: JSON, so that a person can read it. Raises ValueError or TypeError."""
    return msgspec.json.encode(value)


def _is_of_surroundings(error: sqlite3.Error) -> bool:
    # Absent where the sqlite3 module itself stumbled, over text that is not UTF-8 for one: damage.
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT)
    return (code & 0xFF) in _SURROUNDINGS


def _connect(place: Path | str) -> sqlite3.Connection:
    # Opened here, used by the storage thread alone from then on.
    return sqlite3.connect(place, isolation_level=None, check_same_thread=False, timeout=_BUSY_SECONDS)


def _open_file(path: Path) -> Opened:
    _check_header(path)
    connection = _connect(path)
    try:
        _version(connection)
        (mode,) = connection.execute("PRAGMA journal_mode=WAL").fetchone()
        # Where a file system has no shared memory for WAL, the end of a transaction is the removal of a journal,
        # which only EXTRA makes durable.
        connection.execute(f"PRAGMA synchronous={'FULL' if mode == 'wal' else 'EXTRA'}")
        (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
        if verdict != "ok":
            raise sqlite3.DatabaseError(verdict)
        return _read(_prepare(connection))
    except BaseException:
        connection.close()
        raise


def _check_header(path: Path) -> None:
    """Make the file, for its owner alone; refuse two damaged bytes that SQLite would take for a lack of rights."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        header = os.read(descriptor, 20)
    finally:
        os.close(descriptor)
    # "File format version numbers" in sqlite.org/fileformat2.html: 1 for a rollback journal, 2 for WAL.
    if len(header) == 20 and not {header[18], header[19]} <= {1, 2}:
        raise sqlite3.DatabaseError("the header names an unknown format")


def _version(connection: sqlite3.Connection) -> int:
    """Asked before anything else: what a newer one wrote must not pass for damage."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version > len(MIGRATIONS):
        raise TooNew(
            f"the profile was written by a newer Browser OS (format {version}; this one knows {len(MIGRATIONS)}): "
            "update, or start with another --profile"
        )
    if version < 0:
        raise sqlite3.DatabaseError(f"format {version} never was")
    return int(version)


def _prepare(connection: sqlite3.Connection) -> sqlite3.Connection:
    for step in range(_version(connection), len(MIGRATIONS)):
        connection.execute("BEGIN IMMEDIATE")
        try:
            MIGRATIONS[step](connection)
            connection.execute(f"PRAGMA user_version={step + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return connection


def _read(connection: sqlite3.Connection) -> Opened:
    return Opened(
        connection,
        dict(connection.execute("SELECT key, value FROM settings")),
        dict(connection.execute("SELECT name, value FROM documents")),
    )


def _set_aside(path: Path, now: datetime) -> Path:
    """Rename the file and what SQLite keeps beside it. Raises OSError."""
    stamp = now.strftime("%Y%m%dT%H%M%S.%fZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    path.rename(aside)
    for suffix in _SIDE_FILES:
        side = path.with_name(path.name + suffix)
        if side.exists():
            side.rename(aside.with_name(aside.name + suffix))
    return aside
