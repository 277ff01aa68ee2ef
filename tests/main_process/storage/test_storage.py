"""The storage thread: acknowledged after the commit, in order, and every failure told to who asked."""

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from main_process.storage import storage as storage_module
from main_process.storage.storage import Storage
from shared.errors import BadCall, Bug, ErrorCode, Full, Gone
from shared.tasks import Future

LARGE = "x" * 200_000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile.sqlite3"


@pytest.fixture
def storage(path: Path, qtbot: QtBot) -> Iterator[Storage]:
    storage = Storage(path)
    yield storage
    storage.close()


def reopened(path: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """What a shell started now would read."""
    again = Storage(path)
    again.close()
    return again.settings, again.documents


def look(path: Path, statement: str) -> object:
    """Asks the file from outside."""
    other = sqlite3.connect(path)
    try:
        return other.execute(statement).fetchone()
    finally:
        other.close()


def test_an_acknowledged_write_is_in_the_file(storage: Storage, path: Path, qtbot: QtBot) -> None:
    done = storage.set_setting("appearance.theme", "dark")
    assert not done.done()
    qtbot.waitUntil(done.done)
    assert done.result() is None
    assert look(path, "SELECT value FROM settings WHERE key = 'appearance.theme'") == (b'"dark"',)


def test_settings_and_documents_are_there_at_the_next_start(storage: Storage, path: Path) -> None:
    storage.set_setting("a", 1)
    storage.set_setting("a", 2)
    storage.set_setting("b", True)
    storage.set_document("session", {"windows": []})
    storage.clear_setting("b")
    storage.close()
    assert reopened(path) == ({"a": b"2"}, {"session": b'{"windows":[]}'})


def test_answers_come_in_the_order_of_the_questions(storage: Storage, qtbot: QtBot) -> None:
    settled: list[Future[None]] = []
    futures = [storage.set_setting("a", number) for number in range(200)]
    for future in futures:
        future.add_done_callback(settled.append)
    qtbot.waitUntil(futures[-1].done)
    assert settled == futures


def test_answers_come_on_the_thread_that_asked(storage: Storage, qtbot: QtBot) -> None:
    threads: list[threading.Thread] = []
    done = storage.set_setting("a", 1)
    done.add_done_callback(lambda done: threads.append(threading.current_thread()))
    qtbot.waitUntil(done.done)
    assert threads == [threading.current_thread()]


def test_closing_settles_what_waits(storage: Storage, path: Path) -> None:
    futures = [storage.set_setting(f"key-{number}", number) for number in range(100)]
    storage.close()
    assert [future.result() for future in futures] == [None] * 100
    assert len(reopened(path)[0]) == 100


def test_a_closed_storage_says_so(storage: Storage) -> None:
    storage.close()
    error = storage.set_setting("a", 1).exception()
    assert isinstance(error, Gone)
    storage.close()


def test_a_value_that_is_no_json_is_the_callers_fault(storage: Storage, path: Path) -> None:
    error = storage.set_setting("a", object()).exception()
    assert isinstance(error, BadCall)
    assert error.code is ErrorCode.UNENCODABLE
    surrogate = storage.set_document("session", "\ud800").exception()
    assert isinstance(surrogate, BadCall)
    storage.close()
    assert reopened(path) == ({}, {})


def test_what_is_private_is_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> None:
    monkeypatch.chdir(tmp_path)
    private = Storage(None)
    done = private.set_setting("a", 1)
    qtbot.waitUntil(done.done)
    assert done.exception() is None
    assert list(tmp_path.iterdir()) == []
    private.close()


def test_a_damaged_file_is_named(path: Path, qtbot: QtBot) -> None:
    path.write_bytes(b"not a database" * 100)
    storage = Storage(path)
    assert storage.set_aside is not None
    assert storage.set_aside.name.startswith("profile.sqlite3.damaged-")
    storage.close()


# Failures


def tell(storage: Storage, pragma: str) -> None:
    """Put the connection into a state that a disk could bring about; the thread waits for work meanwhile."""
    storage._connection.execute(pragma).fetchall()


@pytest.mark.parametrize(
    ("pragma", "reason", "way_back"),
    [
        ("PRAGMA max_page_count = 1", "full", "PRAGMA max_page_count = 100000"),
        ("PRAGMA query_only = ON", "readonly", "PRAGMA query_only = OFF"),
    ],
)
def test_a_disk_that_takes_nothing_is_told_and_nothing_is_lost(
    storage: Storage, path: Path, qtbot: QtBot, pragma: str, reason: str, way_back: str
) -> None:
    before = storage.set_setting("a", "before")
    qtbot.waitUntil(before.done)
    tell(storage, pragma)
    refused = storage.set_setting("a", LARGE)
    qtbot.waitUntil(refused.done)
    error = refused.exception()
    assert isinstance(error, Full)
    assert error.code is ErrorCode.NOT_STORED
    assert reason in error.message
    assert look(path, "SELECT value FROM settings") == (b'"before"',)
    tell(storage, way_back)
    after = storage.set_setting("a", "after")
    qtbot.waitUntil(after.done)
    assert after.exception() is None
    storage.close()
    assert reopened(path)[0] == {"a": b'"after"'}


class _Gate:
    """Holds the storage thread in a statement until it is opened, so that others pile up behind it."""

    def __init__(self, storage: Storage) -> None:
        self.entered = threading.Event()
        self._opened = threading.Event()
        storage._connection.create_function("hold", 0, self._hold)
        storage._connection.execute(
            "CREATE TEMP TRIGGER gate BEFORE INSERT ON main.settings WHEN new.key = 'gate' BEGIN SELECT hold(); END"
        )
        self.future: Future[None] = storage.set_setting("gate", 1)
        assert self.entered.wait(10)

    def _hold(self) -> None:
        self.entered.set()
        self._opened.wait(10)

    def open(self) -> None:
        self._opened.set()


def test_one_bad_write_does_not_take_those_beside_it(storage: Storage, path: Path, qtbot: QtBot) -> None:
    storage._connection.execute(
        "CREATE TEMP TRIGGER bad BEFORE INSERT ON main.settings WHEN new.key = 'bad' "
        "BEGIN SELECT RAISE(ABORT, 'this one never'); END"
    )
    gate = _Gate(storage)
    first, bad, last = (storage.set_setting(key, 1) for key in ("first", "bad", "last"))
    gate.open()
    qtbot.waitUntil(last.done)
    assert (gate.future.exception(), first.exception(), last.exception()) == (None, None, None)
    error = bad.exception()
    assert isinstance(error, Full)
    assert "this one never" in error.message
    storage.close()
    assert sorted(reopened(path)[0]) == ["first", "gate", "last"]


def test_a_fault_of_ours_is_told_and_the_thread_goes_on(storage: Storage, qtbot: QtBot) -> None:
    faulty = storage._write("INSERT INTO settings VALUES (?, ?)", ("\ud800", b"1"))
    qtbot.waitUntil(faulty.done)
    assert isinstance(faulty.exception(), Bug)
    done = storage.set_setting("a", 1)
    qtbot.waitUntil(done.done)
    assert done.exception() is None


def test_too_many_waiting_writes_are_refused(
    path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage_module, "MAX_WAITING", 3)
    storage = Storage(path)
    gate = _Gate(storage)
    waiting = [storage.set_setting(f"key-{number}", number) for number in range(3)]
    error = storage.set_setting("one-more", 1).exception()
    assert isinstance(error, Full)
    assert error.code is ErrorCode.QUEUE_FULL
    gate.open()
    qtbot.waitUntil(waiting[-1].done)
    storage.close()
    assert sorted(reopened(path)[0]) == ["gate", "key-0", "key-1", "key-2"]
