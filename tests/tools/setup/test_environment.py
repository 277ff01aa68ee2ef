"""When an environment is current, what makes it anew, and who may."""

import os
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest

from tools.setup.environment import STAMP, Environment, locked
from tools.setup.errors import SetupError
from tools.setup.interpreters import Interpreter

PYTHON = Interpreter("/usr/bin/python3.11", (3, 11, 2), makes_environments=True)
OTHER = Interpreter("/usr/bin/python3.13", (3, 13, 0), makes_environments=True)


class Programs:
    """Stands for venv and pip: makes what they would make, notes what they were asked, fails where told."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.failing: dict[str, int] = {}
        self.environs: list[dict[str, str]] = []
        self.passed: list[tuple[int, ...]] = []

    def __call__(self, command: list[str], **settings: Any) -> "subprocess.CompletedProcess[str]":
        name = "venv" if "venv" in command else "project" if "--editable" in command else "requirements"
        self.calls.append(name)
        self.environs.append(settings["env"])
        self.passed.append(settings["pass_fds"])
        if self.failing.get(name, 0):
            self.failing[name] -= 1
            return subprocess.CompletedProcess(command, 1, stdout="ERROR: no network\n")
        if name == "venv":
            python = Path(command[-1], "bin", "python")
            python.parent.mkdir(parents=True)
            python.touch(mode=0o755)
        return subprocess.CompletedProcess(command, 0, stdout="")


@pytest.fixture
def programs(monkeypatch: pytest.MonkeyPatch) -> Programs:
    fake = Programs()
    monkeypatch.setattr("tools.setup.environment.subprocess.run", fake)
    return fake


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    root = tmp_path / "a clone"
    (root / "tools" / "requirements").mkdir(parents=True)
    for name in ("runtime", "build"):
        (root / "tools" / "requirements" / f"{name}.txt").write_text(f"{name}==1\n")
    (root / "pyproject.toml").write_text("[project]\n")
    return root


def make(clone: Path, interpreter: Interpreter = PYTHON) -> Environment:
    target = Environment(clone, ".venv", ("runtime", "build"))
    with locked(clone) as lock:
        target.make(interpreter, lock)
    return target


def test_it_is_current_once_made(clone: Path, programs: Programs) -> None:
    target = Environment(clone, ".venv", ("runtime", "build"))
    assert not target.is_current()
    target = make(clone)
    assert programs.calls == ["venv", "requirements", "project"]
    assert target.is_current()
    assert target.is_current(PYTHON)
    assert not target.is_current(OTHER)


def test_new_requirements_or_another_python_make_it_anew(clone: Path, programs: Programs) -> None:
    make(clone)
    (clone / "tools" / "requirements" / "runtime.txt").write_text("runtime==2\n")
    assert not Environment(clone, ".venv", ("runtime", "build")).is_current()
    left = clone / ".venv" / "left over"
    left.touch()
    make(clone)
    assert not left.exists()
    make(clone, OTHER)
    assert programs.calls == ["venv", "requirements", "project"] * 3


def test_a_changed_project_is_only_installed_again(clone: Path, programs: Programs) -> None:
    make(clone)
    (clone / "pyproject.toml").write_text("[project]\nname = 'new'\n")
    assert not Environment(clone, ".venv", ("runtime", "build")).is_current()
    assert make(clone).is_current()
    assert programs.calls == ["venv", "requirements", "project", "project"]


def test_one_that_was_moved_is_made_anew(clone: Path, programs: Programs) -> None:
    make(clone)
    moved = clone.with_name("moved")
    clone.rename(moved)
    assert not Environment(moved, ".venv", ("runtime", "build")).is_current()


@pytest.mark.parametrize("stamp", [b"", b"{", b"[]", b'{"place": "/"}'])
def test_an_unreadable_stamp_counts_as_none(clone: Path, programs: Programs, stamp: bytes) -> None:
    target = make(clone)
    (target.path / STAMP).write_bytes(stamp)
    assert not target.is_current()
    assert make(clone).is_current()


def test_one_whose_python_is_gone_is_not_current(clone: Path, programs: Programs) -> None:
    target = make(clone)
    target.python.unlink()
    assert not target.is_current()
    assert make(clone).is_current()


def test_an_interrupted_one_is_made_anew(clone: Path, programs: Programs) -> None:
    programs.failing["project"] = 2
    with pytest.raises(SetupError, match=r"could not install the project.*\n.*no network"):
        make(clone)
    assert not Environment(clone, ".venv", ("runtime", "build")).is_current()
    assert make(clone).is_current()
    assert programs.calls.count("venv") == 2


def test_pip_is_tried_twice(clone: Path, programs: Programs) -> None:
    programs.failing["requirements"] = 1
    assert make(clone).is_current()
    assert programs.calls == ["venv", "requirements", "requirements", "project"]


def test_a_persons_own_settings_do_not_send_it_elsewhere(
    clone: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_INDEX_URL", "file:///mirror")
    make(clone)
    assert all("/elsewhere" not in environ.values() for environ in programs.environs)
    assert all(environ["PIP_INDEX_URL"] == "file:///mirror" for environ in programs.environs)


def test_what_it_runs_holds_the_lock_too(clone: Path, programs: Programs) -> None:
    make(clone)
    assert all(len(descriptors) == 1 for descriptors in programs.passed)


def test_a_folder_of_somebody_elses_is_named(
    clone: Path, programs: Programs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.setup.environment.os.access", lambda path, mode: mode != os.W_OK)
    with pytest.raises(SetupError, match="may not write there"):
        make(clone)
    assert programs.calls == []


def test_of_two_at_once_one_waits(clone: Path, capsys: pytest.CaptureFixture[str]) -> None:
    order: list[str] = []
    waiting = threading.Event()

    def second() -> None:
        waiting.set()
        with locked(clone):
            order.append("second")

    other = threading.Thread(target=second)
    with locked(clone):
        other.start()
        assert waiting.wait(10)
        other.join(0.2)
        order.append("first")
    other.join(10)
    assert order == ["first", "second"]
    assert "another start is setting up" in capsys.readouterr().err
