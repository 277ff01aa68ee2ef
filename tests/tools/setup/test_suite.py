"""What ``tools/test`` runs and how it judges it."""

import sys
from pathlib import Path

import pytest

from tools.setup import suite
from tools.setup.errors import SetupError

PYTHON = Path("/environment/bin/python")


def test_all_checks_run_before_the_tests() -> None:
    assert list(suite.steps(PYTHON, [], only_pytest=False)) == ["ruff", "format", "mypy", "pytest"]
    assert list(suite.steps(PYTHON, [], only_pytest=True)) == ["pytest"]


def test_unknown_arguments_go_to_pytest() -> None:
    chosen, rest = suite.options().parse_known_args(["--python", "3.11", "-k", "link", "tests/shared", "-x"])
    assert chosen.python == "3.11"
    assert rest == ["-k", "link", "tests/shared", "-x"]
    assert suite.steps(PYTHON, rest, only_pytest=True)["pytest"][-4:] == rest


@pytest.mark.parametrize("failing", [None, "first", "second"])
def test_every_step_runs_and_any_failure_counts(
    failing: str | None, capfd: pytest.CaptureFixture[str]
) -> None:
    commands = {
        name: [sys.executable, "-c", f"print('ran {name}'); raise SystemExit({int(name == failing)})"]
        for name in ("first", "second")
    }
    assert suite.run(commands) is (failing is None)
    out = capfd.readouterr().out
    assert "ran first" in out
    assert "ran second" in out
    assert ("FAILED" in out) is (failing is not None)


def test_a_machine_without_the_python_asked_for_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def prepare(wanted: str) -> None:
        raise SetupError(f"no {wanted}")

    monkeypatch.setattr(suite, "prepare", prepare)
    assert suite.main(["--python", "3.99"]) == 1
    assert capsys.readouterr().err == "tools/test: no 3.99\n"
