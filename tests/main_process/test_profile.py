"""One shell at a time, in a directory of this user's alone."""

import os
import socket
import stat
from pathlib import Path

import platformdirs
import pytest

from main_process.local_server import bind_in_directory
from main_process.profile import Profile, ProfileInUse, ProfileUnusable
from shared.runtime_paths import runtime_directory


def test_it_is_made_with_all_above_it_for_the_user_alone(tmp_path: Path) -> None:
    profile = Profile.open(tmp_path / "a" / "b" / "profile")
    assert profile.directory == tmp_path / "a" / "b" / "profile"
    for directory in (profile.directory, profile.runtime, profile.directory.parent):
        assert stat.S_IMODE(directory.stat().st_mode) == 0o700
    assert profile.database == profile.directory / "profile.sqlite3"
    assert profile.web_storage == profile.directory / "web"
    profile.close()
    assert not profile.runtime.exists()
    assert os.listdir(profile.directory) == ["lock"]


def test_the_default_is_in_the_users_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platformdirs, "user_data_path", lambda name: tmp_path / name)
    profile = Profile.open()
    assert profile.directory == tmp_path / "browser-os" / "default"
    profile.close()


def test_two_names_of_one_directory_are_one_profile(tmp_path: Path) -> None:
    profile = Profile.open(tmp_path / "profile")
    (tmp_path / "link").symlink_to(tmp_path / "profile")
    with pytest.raises(ProfileInUse) as caught:
        Profile.open(tmp_path / "link")
    assert caught.value.profile.runtime == profile.runtime
    assert profile.runtime == runtime_directory(tmp_path / "profile", os.environ, os.getuid())
    profile.close()


def test_a_profile_in_use_is_free_after_its_shell(tmp_path: Path) -> None:
    first = Profile.open(tmp_path)
    with pytest.raises(ProfileInUse) as caught:
        Profile.open(tmp_path)
    waiting = caught.value.profile
    assert waiting.is_held()
    assert first.is_held()
    assert first.runtime.is_dir()
    first.close()
    assert not waiting.is_held()
    second = Profile.open(tmp_path)
    assert waiting.is_held()
    second.close()


def test_two_profiles_do_not_know_one_another(tmp_path: Path) -> None:
    first, second = Profile.open(tmp_path / "a"), Profile.open(tmp_path / "b")
    assert first.runtime != second.runtime
    first.close()
    assert second.runtime.is_dir()
    second.close()


def test_a_private_profile_leaves_and_shares_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    first, second = Profile.open(private=True), Profile.open(private=True)
    assert first.runtime != second.runtime
    assert (first.database, first.web_storage) == (None, None)
    assert os.listdir(tmp_path) == []
    first.close()
    second.close()
    assert not first.runtime.exists()


@pytest.mark.parametrize("mode", [0o770, 0o702, 0o777, 0o1777])
def test_a_directory_that_others_can_write_is_refused(tmp_path: Path, mode: int) -> None:
    tmp_path.chmod(mode)
    with pytest.raises(ProfileUnusable, match=r"can be written by others \(mode .*chmod go-w"):
        Profile.open(tmp_path)
    assert os.listdir(tmp_path) == []
    tmp_path.chmod(0o755)
    Profile.open(tmp_path).close()


def test_somebody_elses_directory_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    us = os.getuid()
    monkeypatch.setattr(os, "getuid", lambda: us + 1)
    with pytest.raises(ProfileUnusable, match=f"belongs to user {us}, not to {us + 1}; name another"):
        Profile.open(tmp_path)


def test_what_is_no_directory_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ProfileUnusable, match=r"file: File exists; name another with --profile DIR"):
        Profile.open(tmp_path / "file")
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    with pytest.raises(ProfileUnusable, match="circle"):
        Profile.open(tmp_path / "circle")
    (tmp_path / "locked").mkdir()
    (tmp_path / "locked" / "lock").symlink_to("/etc/hostname")
    with pytest.raises(ProfileUnusable, match="symbolic links"):
        Profile.open(tmp_path / "locked")


def test_a_runtime_directory_that_cannot_be_gives_the_profile_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "gone"))
    with pytest.raises(ProfileUnusable, match="unset XDG_RUNTIME_DIR"):
        Profile.open(tmp_path / "profile")
    (tmp_path / "gone").mkdir()
    Profile.open(tmp_path / "profile").close()


def test_a_long_path_still_has_sockets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A socket's address holds 107 bytes; both the profile's and the runtime's path may be longer."""
    deep = tmp_path.joinpath(*["x" * 60] * 4)
    deep.mkdir(parents=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    profile = Profile.open(deep / "profile")
    with socket.socket(socket.AF_UNIX) as listener:
        bind_in_directory(listener, profile.runtime / "instance")
        assert stat.S_IMODE((profile.runtime / "instance").stat().st_mode) == 0o600
    profile.close()
