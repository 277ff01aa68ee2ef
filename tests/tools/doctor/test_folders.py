"""Profile and runtime directory: there, to be made, or in somebody's way."""

import os
from pathlib import Path

import pytest

from tools.doctor import folders
from tools.doctor.row import Level, Row

UID = os.getuid()


def test_a_profile_can_be_there_or_be_made(tmp_path: Path) -> None:
    assert folders.profile_row(tmp_path).found == str(tmp_path)
    assert folders.profile_row(tmp_path / "a" / "b").found.endswith("b, to be made")


def test_a_file_in_the_way_fails(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    row = folders.profile_row(tmp_path / "file" / "profile")
    assert (row.level, row.found) == (Level.FAIL, f"{tmp_path / 'file'} is not a folder")


def test_a_profile_of_somebody_elses_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.doctor.folders.os.access", lambda path, mode: False)
    row = folders.profile_row(tmp_path)
    assert row.level is Level.FAIL
    assert "--profile" in row.fix


def test_little_space_is_a_warning(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folders, "SPACE_WANTED", 0)
    assert folders.space_row(tmp_path).level is Level.OK
    monkeypatch.setattr(folders, "SPACE_WANTED", 2**62)
    assert folders.space_row(tmp_path).level is Level.WARN


def runtime_row(base: Path) -> Row:
    return folders.runtime_row(Path("/profile"), {"XDG_RUNTIME_DIR": str(base)}, UID)


def test_a_runtime_directory_is_made_where_one_may(tmp_path: Path) -> None:
    assert runtime_row(tmp_path).found.endswith("to be made")
    assert runtime_row(tmp_path / "absent").level is Level.FAIL


def test_an_own_and_closed_one_is_good(tmp_path: Path) -> None:
    (tmp_path / "browser-os").mkdir(mode=0o700)
    assert runtime_row(tmp_path).level is Level.OK


def test_an_open_one_fails(tmp_path: Path) -> None:
    (tmp_path / "browser-os").mkdir()
    (tmp_path / "browser-os").chmod(0o755)
    row = runtime_row(tmp_path)
    assert row.level is Level.FAIL
    assert "mode 755" in row.found


def test_a_link_in_its_place_fails(tmp_path: Path) -> None:
    (tmp_path / "browser-os").symlink_to("/")
    assert runtime_row(tmp_path).found.endswith("is not a folder")


def test_one_of_somebody_elses_fails(tmp_path: Path) -> None:
    (tmp_path / "browser-os").mkdir(mode=0o700)
    row = folders.runtime_row(Path("/profile"), {"XDG_RUNTIME_DIR": str(tmp_path)}, UID + 1)
    assert f"belongs to user id {UID}" in row.found


@pytest.mark.parametrize(("length", "level"), [(20, Level.FAIL), (100, Level.FAIL)])
def test_a_socket_must_fit_its_address(length: int, level: Level) -> None:
    row = runtime_row(Path("/" + "x" * length))
    assert row.level is level
    assert ("too long" in row.found) is (length == 100)
