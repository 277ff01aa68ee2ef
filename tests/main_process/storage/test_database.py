"""The file of the storage, whole, damaged, from the past and from the future."""

import os
import sqlite3
import stat
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from main_process.storage import database
from main_process.storage.database import MIGRATIONS, CannotOpen, Opened, TooNew, open_database

MOMENT = datetime(2031, 5, 6, 7, 8, 9, 10, tzinfo=UTC)
ASIDE = "profile.sqlite3.damaged-20310506T070809.000010Z"


def open_at(path: Path) -> Opened:
    return open_database(path, lambda: MOMENT)


def write(path: Path, settings: dict[str, bytes], documents: dict[str, bytes] | None = None) -> None:
    """A whole file with these rows, closed as it should be."""
    opened = open_at(path)
    for key, value in settings.items():
        opened.connection.execute("INSERT INTO settings VALUES (?, ?)", (key, value))
    for name, value in (documents or {}).items():
        opened.connection.execute("INSERT INTO documents VALUES (?, ?)", (name, value))
    opened.connection.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "profile.sqlite3"


def test_what_was_written_is_read_again(path: Path) -> None:
    write(path, {"a": b"1", "b": b'"x"'}, {"session": b"{}"})
    opened = open_at(path)
    assert (opened.settings, opened.documents) == ({"a": b"1", "b": b'"x"'}, {"session": b"{}"})
    assert opened.set_aside is None
    opened.connection.close()


def test_a_commit_is_on_disk_when_it_returns_and_the_file_is_the_users_alone(path: Path) -> None:
    connection = open_at(path).connection
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    connection.execute("INSERT INTO settings VALUES ('a', x'31')")
    for name in os.listdir(path.parent):
        assert stat.S_IMODE((path.parent / name).stat().st_mode) == 0o600, name
    connection.close()


def test_in_memory_nothing_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    opened = open_database(None)
    opened.connection.execute("INSERT INTO settings VALUES ('a', x'31')")
    assert os.listdir(tmp_path) == []
    opened.connection.close()


# Formats


def test_a_new_file_has_the_newest_format(path: Path) -> None:
    connection = open_at(path).connection
    assert connection.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    connection.close()


def test_an_old_file_is_migrated_step_by_step(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, {"a": b"1"})

    def rename(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE settings SET key = key || '2'")

    def add(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE settings SET value = x'32'")

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, rename, add))
    opened = open_at(path)
    assert opened.settings == {"a2": b"2"}
    assert opened.connection.execute("PRAGMA user_version").fetchone() == (3,)
    opened.connection.close()


def test_a_step_that_fails_leaves_the_step_before_it(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, {"a": b"1"})

    def fine(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE settings SET value = x'32'")

    def full(connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE settings SET value = x'33'")
        connection.execute("PRAGMA max_page_count = 1")
        connection.execute("INSERT INTO settings VALUES ('large', zeroblob(100000))")

    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, fine, full))
    with pytest.raises(CannotOpen, match="full"):
        open_at(path)
    monkeypatch.setattr(database, "MIGRATIONS", (*MIGRATIONS, fine))
    opened = open_at(path)
    assert opened.settings == {"a": b"2"}
    assert opened.set_aside is None
    opened.connection.close()


def test_a_file_from_the_future_is_refused_and_left_alone(path: Path) -> None:
    write(path, {"a": b"1"})
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 7")
    connection.execute("ALTER TABLE settings RENAME TO preferences")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(TooNew, match=rf"format 7; this one knows {len(MIGRATIONS)}"):
        open_at(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


# Damage


def test_a_file_that_is_no_database_is_set_aside_and_named(path: Path) -> None:
    path.write_bytes(b"these are my settings, I promise" * 100)
    opened = open_at(path)
    assert opened.set_aside == path.with_name(ASIDE)
    assert opened.set_aside.read_bytes().startswith(b"these are my settings")
    assert (opened.settings, opened.documents) == ({}, {})
    opened.connection.close()
    again = open_at(path)
    assert again.set_aside is None
    again.connection.close()


def test_the_side_files_go_with_it(path: Path) -> None:
    path.write_bytes(b"not a database" * 200)
    path.with_name(path.name + "-wal").write_bytes(b"wal")
    path.with_name(path.name + "-shm").write_bytes(b"shm")
    opened = open_at(path)
    assert path.with_name(ASIDE + "-wal").read_bytes() == b"wal"
    assert path.with_name(ASIDE + "-shm").read_bytes() == b"shm"
    opened.connection.close()


def _cut(data: bytes) -> bytes:
    return data[: len(data) // 2 + 100]


def _wipe_a_page(data: bytes) -> bytes:
    return data[:4096] + bytes(4096) + data[8192:]


def _negative_format(data: bytes) -> bytes:
    return data[:60] + b"\xff\xff\xff\xfe" + data[64:]


def _no_format(data: bytes) -> bytes:
    return data[:60] + bytes(4) + data[64:]


def _read_only_format(data: bytes) -> bytes:
    return data[:18] + b"\x07\x02" + data[20:]


def _broken_text(data: bytes) -> bytes:
    return data.replace(b"a-long-key", b"a-long-\xff\xfe\xff")


def _broken_schema(data: bytes) -> bytes:
    return data.replace(b"tablesettings", b"tablesettin\x80s")


@pytest.mark.parametrize(
    "damage",
    [_broken_schema, _cut, _wipe_a_page, _negative_format, _no_format, _read_only_format, _broken_text],
)
def test_a_damaged_file_is_set_aside_whole(path: Path, damage: Callable[[bytes], bytes]) -> None:
    write(path, {"a-long-key": b"1" * 3000, "b": b"2" * 3000, "c": b"3" * 3000})
    damaged = damage(path.read_bytes())
    path.write_bytes(damaged)
    opened = open_at(path)
    assert opened.set_aside is not None
    assert (
        opened.set_aside.read_bytes()[100:] == damaged[100:]
    )  # SQLite may note in the header that it looked
    assert opened.settings == {}
    opened.connection.close()


def test_a_table_that_is_missing_is_damage_too(path: Path) -> None:
    write(path, {"a": b"1"})
    connection = sqlite3.connect(path)
    connection.execute("DROP TABLE documents")
    connection.close()
    opened = open_at(path)
    assert opened.set_aside == path.with_name(ASIDE)
    opened.connection.close()


@settings(max_examples=60)
@given(data=st.data())
def test_whatever_bytes_are_turned_there_is_a_store_or_a_clear_refusal(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path = tmp_path_factory.mktemp("profile") / "profile.sqlite3"
    rows = {f"key-{number}": b"%d" % number * 300 for number in range(20)}
    write(path, rows, {"session": b"[]" * 2000})
    content = bytearray(path.read_bytes())
    # The interesting bytes are those of the headers; the rest is mostly values.
    places = st.one_of(st.integers(0, 120), st.integers(0, len(content) - 1))
    for place in data.draw(st.lists(places, min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.one_of(st.just(len(content)), st.integers(1, len(content))))])
    try:
        opened = open_at(path)
    except TooNew:
        assert path.exists()
        return
    opened.connection.execute("INSERT OR REPLACE INTO settings VALUES ('new', x'31')")
    opened.connection.close()
    if opened.set_aside is not None:
        assert opened.set_aside.exists()
    again = open_at(path)
    assert again.set_aside is None
    assert again.settings["new"] == b"1"
    again.connection.close()


# Surroundings


def test_a_directory_in_the_files_place_is_refused_with_the_reason(path: Path) -> None:
    path.mkdir()
    with pytest.raises(CannotOpen, match=r"profile\.sqlite3 cannot be used: Is a directory"):
        open_at(path)


def test_a_file_that_another_program_holds_is_not_set_aside(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, {"a": b"1"})
    monkeypatch.setattr(database, "_BUSY_SECONDS", 0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("PRAGMA locking_mode=EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(CannotOpen, match="locked"):
        open_at(path)
    other.close()
    opened = open_at(path)
    assert opened.settings == {"a": b"1"}
    opened.connection.close()


def test_a_damaged_file_that_cannot_be_moved_is_refused(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(b"not a database" * 200)

    def refuse(self: Path, target: Path) -> Path:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(CannotOpen, match="Permission denied"):
        open_at(path)
    assert path.read_bytes().startswith(b"not a database")
