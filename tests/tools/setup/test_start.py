"""What stands between ``tools/start`` and the shell."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.setup import environment, interpreters, start, system_packages
from tools.setup.errors import SetupError
from tools.setup.interpreters import Interpreter

PYTHON = Interpreter("/usr/bin/python3.11", (3, 11, 2), makes_environments=True)
BARE = Interpreter("/usr/bin/python3.11", (3, 11, 2), makes_environments=False)


class Target(environment.Environment):
    """An environment that only notes what becomes of it."""

    def __init__(self, root: Path, current: bool) -> None:
        super().__init__(root, ".venv", ())
        self.current = current
        self.made: list[Interpreter] = []

    def is_current(self, interpreter: Interpreter | None = None) -> bool:
        return self.current

    def make(self, interpreter: Interpreter, lock: int) -> None:
        self.made.append(interpreter)


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> dict[str, list[object]]:
    """A machine with one Python; notes what is looked for and installed."""
    noted: dict[str, list[object]] = {"looked": [], "provided": [], "found": [PYTHON]}
    (tmp_path / "tools").mkdir()

    def find(*_: object) -> list[object]:
        noted["looked"].append("pythons")
        return noted["found"]

    monkeypatch.setattr(interpreters, "find", find)
    monkeypatch.setattr(system_packages, "missing_packages", lambda: ["libnss3"])
    monkeypatch.setattr(
        system_packages, "provide", lambda packages, as_root: noted["provided"].append(packages)
    )
    return noted


def test_a_current_environment_costs_nothing(machine: dict[str, list[object]], tmp_path: Path) -> None:
    target = Target(tmp_path, current=True)
    start.prepare(target, None)
    assert machine["looked"] == machine["provided"] == target.made == []


def test_a_fresh_clone_gets_libraries_then_its_environment(
    machine: dict[str, list[object]], tmp_path: Path
) -> None:
    target = Target(tmp_path, current=False)
    start.prepare(target, None)
    assert machine["provided"] == [["libnss3"]]
    assert target.made == [PYTHON]


def test_what_python_itself_lacks_is_in_the_same_command(
    machine: dict[str, list[object]], tmp_path: Path
) -> None:
    machine["found"] = [BARE]
    start.prepare(Target(tmp_path, current=False), None)
    assert machine["provided"] == [["libnss3", "python3.11-venv"]]


def test_a_python_asked_for_is_looked_up_even_if_all_is_current(
    machine: dict[str, list[object]], tmp_path: Path
) -> None:
    target = Target(tmp_path, current=True)
    start.prepare(target, "3.11")
    assert machine["looked"] == ["pythons"]
    assert target.made == []
    with pytest.raises(SetupError, match=r"3\.12"):
        start.prepare(target, "3.12")


def raising(error: BaseException) -> Callable[..., None]:
    def prepare(*_: object) -> None:
        raise error

    return prepare


@pytest.mark.parametrize(("error", "status"), [(SetupError("no libraries"), 1), (KeyboardInterrupt(), 130)])
def test_what_stops_it_is_a_status_and_no_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException, status: int
) -> None:
    monkeypatch.setattr(start, "prepare", raising(error))
    assert start.main([]) == status
    assert capsys.readouterr().err == ("tools/start: no libraries\n" if status == 1 else "")


def test_it_becomes_the_shell_with_all_arguments(monkeypatch: pytest.MonkeyPatch) -> None:
    became: list[list[str]] = []
    monkeypatch.setattr(start, "prepare", lambda *_: None)
    monkeypatch.setattr(os, "execv", lambda program, command: became.append([program, *command]))
    monkeypatch.setenv("BROWSER_OS_START", "")
    start.main(["--headless", "a b"])
    assert os.environ["BROWSER_OS_START"] == str(start.ROOT / "tools/start")
    program = str(start.ROOT / ".venv/bin/browser-os")
    assert became == [[program, program, "--headless", "a b"]]
