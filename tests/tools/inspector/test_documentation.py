"""What docs/inspecting.md shows is run as it stands there."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from main_process.recorder import PAYLOAD_BYTES, RING_BYTES, RING_RECORDS
from tools.inspector.filter import NUMBER_FIELDS, TEXT_FIELDS, parse

TEXT = (Path(__file__).parents[3] / "docs" / "inspecting.md").read_text()
MONITOR_LINES = re.findall(r"^browser-os monitor(.*)$", TEXT, re.MULTILINE)
FILTERS = [text.replace("\\|", "|") for text in re.findall(r"^\| `(.*?)` \|", TEXT, re.MULTILINE)]


@pytest.mark.parametrize("arguments", MONITOR_LINES)
def test_the_commands_run(arguments: str, profile: Path, shell_process: subprocess.Popen[str]) -> None:
    command = [sys.executable, "-m", "tools.inspector.monitor", *shlex.split(arguments)]
    done = subprocess.run(
        [*command, "--profile", str(profile), "--duration", "0.5"],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("text", FILTERS)
def test_the_filters_are_filters(text: str) -> None:
    parse(text)


def test_every_field_is_named() -> None:
    assert len(FILTERS) == 7
    for name in (*TEXT_FIELDS, *NUMBER_FIELDS):
        assert f"`{name}`" in TEXT, name


def test_the_program_runs(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", TEXT, re.DOTALL)
    source = program.replace("PROFILE", str(profile))
    done = subprocess.run([sys.executable, "-c", source], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == str(shell_process.pid)
    assert "tab:update refused" in done.stdout


def test_the_numbers_are_the_codes() -> None:
    assert f"{RING_RECORDS:,} messages" in TEXT
    assert f"{RING_BYTES // 1024 // 1024} MiB" in TEXT
    assert f"over {PAYLOAD_BYTES // 1024} KiB" in TEXT
