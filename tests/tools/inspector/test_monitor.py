import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from shared.channels.inspector import InspectorRecords
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.filter import parse
from tools.inspector.monitor import Printer, main

MONITOR = [sys.executable, "-m", "tools.inspector.monitor"]


def printed(filter_text: str, *batches: InspectorRecords, json: bool = False) -> list[str]:
    lines: list[str] = []
    printer = Printer(parse(filter_text), lines.append, json=json)
    for batch in batches:
        printer.batch(batch)
    return lines


def batch(*records: object, lost: int = 0) -> InspectorRecords:
    return InspectorRecords(records=records, lost=lost)  # type: ignore[arg-type]


def test_refused_lines_are_red_failures_yellow_the_rest_plain() -> None:
    plain, red, yellow = printed("", batch(record(), refused(), reply("9", type="error", code="not-found")))
    assert "\x1b[" not in plain
    assert red.startswith("\x1b[31m")
    assert red.endswith("\x1b[0m")
    assert yellow.startswith("\x1b[33m")


def test_a_reply_follows_its_printed_request_whatever_the_filter_says_of_it() -> None:
    lines = printed(
        "channel:settings payload:keys", batch(request("4", payload={"keys": []}), record(), reply("4"))
    )
    assert ["↩ 4" in line for line in lines] == [False, True]


def test_a_reply_that_passes_alone_brings_its_request() -> None:
    asked, answered = request("4"), reply("4", latency=0.5)
    lines = printed("latency>400", batch(asked), batch(record(), answered), json=True)
    assert [json.loads(line)["sequence"] for line in lines] == [asked.sequence, answered.sequence]


def test_losses_stand_where_they_happened() -> None:
    assert "7 records were lost" in click.unstyle(printed("nothing", batch(record(), lost=7))[0])
    assert json.loads(printed("nothing", batch(lost=7), json=True)[0]) == {"lost": 7}


def test_without_a_shell_it_says_what_to_do_and_fails(profile: Path) -> None:
    result = CliRunner().invoke(main, ["--profile", str(profile)])
    assert result.exit_code == 1
    assert "start the shell with --inspect" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--filter", "channel:tab ("], "expected a term, got the end (at character 14)"),
        (["--duration", "0"], "0.0 is not in the range x>0"),
        (["--duration", "soon"], "'soon' is not a valid float"),
        (["--verbose"], "No such option"),
    ],
)
def test_wrong_arguments_are_named(arguments: list[str], complaint: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert complaint in result.stderr


def test_a_duration_ends_it_cleanly(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    command = [*MONITOR, "--profile", str(profile), "--duration", "1"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 7
    assert "\x1b" not in done.stdout
    request_line, reply_line = (line for line in lines if "link:echo" in line)
    assert "page 2 #2 → main" in request_line
    assert "main → page 2 #2" in reply_line
    assert "↩ 1" in reply_line
    assert " ms" in reply_line
    assert "refused" in lines[5]
    assert lines[5].endswith("(at $.colour)")


def test_json_lines_come_as_they_happen_and_end_with_the_shell(
    profile: Path, shell_process: subprocess.Popen[str]
) -> None:
    command = [*MONITOR, "--profile", str(profile), "--json", "--filter", "verdict:refused"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as monitor:
        assert monitor.stdout is not None
        assert monitor.stderr is not None
        row = json.loads(monitor.stdout.readline())
        assert (row["channel"], row["code"], row["path"]) == ("tab:update", "invalid-payload", "$.colour")
        assert shell_process.stdin is not None
        shell_process.stdin.close()
        assert monitor.wait(20) == 0
        assert monitor.stderr.read() == "The shell ended.\n"


def test_control_c_ends_it_cleanly(profile: Path, shell_process: subprocess.Popen[str]) -> None:
    command = [*MONITOR, "--profile", str(profile), "--json"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as monitor:
        assert monitor.stdout is not None
        assert monitor.stderr is not None
        assert monitor.stdout.readline()
        os.kill(monitor.pid, signal.SIGINT)
        assert monitor.wait(20) == 0
        assert monitor.stderr.read() == ""
