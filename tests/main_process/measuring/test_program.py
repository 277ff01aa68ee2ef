"""The measuring shell's command line and its deadline."""

import subprocess
import sys

import pytest

from main_process.measuring.program import parse


def test_the_command_line_is_checked(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = parse(["messages", "--kinds", "256", "4M", "--each", "10", "2", "--recorded"])
    assert (arguments.kinds, arguments.each, arguments.recorded, arguments.spawn) == (
        ["256", "4M"],
        [10, 2],
        True,
        False,
    )
    with pytest.raises(SystemExit) as leaving:
        parse(["horses"])
    assert leaving.value.code == 2
    assert "horses" in capsys.readouterr().err


def test_a_failure_ends_it_with_a_reason() -> None:
    command = [sys.executable, "-m", "main_process.measuring", "messages", "--kinds", "256", "--each", "1"]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, timeout=60
    )  # without the pages
    assert done.returncode != 0
    assert not done.stdout
    assert "there is no page os://bench" in done.stderr.splitlines()[-1]
