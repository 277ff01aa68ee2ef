"""What is missing, and the command that brings it."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from tools.setup import system_packages
from tools.setup.errors import SetupError
from tools.setup.system_packages import can_load, has_fonts, install_command, missing_packages, provide


class Apt:
    """Stands for apt-get: fails as often as told and notes what it was asked."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.calls: list[str] = []

    def __call__(self, command: list[str], **settings: Any) -> "subprocess.CompletedProcess[str]":
        assert settings["env"]["DEBIAN_FRONTEND"] == "noninteractive"
        verb = "update" if "update" in command else "install"
        self.calls.append(verb)
        fails = verb == "install" and self.calls.count("install") <= self.failures
        return subprocess.CompletedProcess(
            command, int(fails), stdout="E: the mirror is away\n" if fails else ""
        )


@pytest.fixture
def apt(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Apt:
    fake = Apt(request.param)
    monkeypatch.setattr("tools.setup.system_packages.shutil.which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr("tools.setup.system_packages.subprocess.run", fake)
    return fake


def test_a_library_is_tried_by_loading_it() -> None:
    assert can_load("libc.so.6")
    assert not can_load("libno-such-library.so.1")


def test_what_cannot_be_loaded_is_named_by_its_package_once(monkeypatch: pytest.MonkeyPatch) -> None:
    absent = {"libglib-2.0.so.0", "libgthread-2.0.so.0", "libnss3.so"}
    monkeypatch.setattr(system_packages, "can_load", lambda name: name not in absent)
    monkeypatch.setattr(system_packages, "has_fonts", lambda: False)
    assert missing_packages() == ["fonts-dejavu-core", "libglib2.0-0", "libnss3"]


def test_the_tests_need_programs_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system_packages, "can_load", lambda name: True)
    monkeypatch.setattr(system_packages, "has_fonts", lambda: True)
    monkeypatch.setattr(
        "tools.setup.system_packages.shutil.which", lambda name: None if name == "Xvfb" else name
    )
    assert missing_packages() == []
    assert missing_packages(for_tests=True) == ["xvfb"]


def test_a_font_file_anywhere_below_will_do(tmp_path: Path) -> None:
    assert not has_fonts([str(tmp_path), str(tmp_path / "absent")])
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "font.ttf").touch()
    assert has_fonts([str(tmp_path)])


def test_the_command_is_one_line_to_copy() -> None:
    assert install_command(["a", "b"]) == (
        "sudo apt-get update && sudo apt-get install -y --no-install-recommends a b"
    )
    assert "sudo" not in install_command(["a"], as_root=True)


@pytest.mark.parametrize("apt", [0], indirect=True)
def test_nothing_missing_runs_nothing(apt: Apt) -> None:
    provide([], as_root=True)
    assert apt.calls == []


@pytest.mark.parametrize("apt", [0], indirect=True)
def test_without_root_the_command_is_told(apt: Apt) -> None:
    with pytest.raises(SetupError, match="sudo apt-get install -y --no-install-recommends libnss3 xvfb"):
        provide(["libnss3", "xvfb"], as_root=False)
    assert apt.calls == []


@pytest.mark.parametrize("apt", [0, 1], indirect=True)
def test_root_installs_and_tries_twice(apt: Apt) -> None:
    provide(["libnss3"], as_root=True)
    assert apt.calls == ["update", "install"] * (apt.failures + 1)


@pytest.mark.parametrize("apt", [2], indirect=True)
def test_what_apt_said_is_told_when_it_fails(apt: Apt) -> None:
    with pytest.raises(SetupError, match="the mirror is away"):
        provide(["libnss3"], as_root=True)


def test_elsewhere_than_on_debian_the_packages_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tools.setup.system_packages.shutil.which", lambda name: None)
    with pytest.raises(SetupError, match=r"not a Debian system.*libnss3"):
        provide(["libnss3"], as_root=True)
