"""The table, the JSON and the exit status."""

from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tools.doctor import command
from tools.doctor.command import Findings, main, summary
from tools.doctor.row import Level, Row

GOOD = Row(name="Python", needed="3.11 to 3.14", found="3.13.0")
POOR = Row(name="Landlock", needed="version 6", found="none", level=Level.WARN, fix="a newer kernel")
BAD = Row(
    name="Libraries",
    needed="all",
    found="missing: [libnss3.so]",
    level=Level.FAIL,
    fix="apt-get install libnss3",
)


@pytest.fixture
def rows(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """What the doctor finds."""
    found = [GOOD, POOR]
    monkeypatch.setattr(command, "gather", lambda profile: found)
    return found


def test_warnings_do_not_fail(rows: list[Row]) -> None:
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 0
    assert "1 of 2 could be better" in result.output


def test_a_failure_exits_1_and_shows_its_fix(rows: list[Row]) -> None:
    rows.append(BAD)
    result = CliRunner().invoke(main, [])
    assert result.exit_code == 1
    for words in ("FAIL", "Libraries", "[libnss3.so]", "fix: apt-get install", "1 of 3 fail"):
        assert words in result.output


def test_json_is_the_same_rows(rows: list[Row]) -> None:
    rows.append(BAD)
    result = CliRunner().invoke(main, ["--json"])
    assert result.exit_code == 1
    assert msgspec.json.decode(result.output, type=Findings) == Findings(ok=False, rows=rows)


def test_no_colour_codes_reach_a_file(rows: list[Row]) -> None:
    assert "\x1b" not in CliRunner().invoke(main, []).output


def test_the_profile_is_passed_on_in_full(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: list[Path] = []

    def gather(profile: Path) -> list[Row]:
        asked.append(profile)
        return [GOOD]

    monkeypatch.setattr(command, "gather", gather)
    monkeypatch.chdir(tmp_path)
    assert CliRunner().invoke(main, ["--profile", "mine"]).exit_code == 0
    assert asked == [tmp_path.resolve() / "mine"]


def test_an_unknown_option_is_a_usage_error(rows: list[Row]) -> None:
    assert CliRunner().invoke(main, ["--no-such"]).exit_code == 2


def test_all_well_is_said_so() -> None:
    assert summary([GOOD]) == "Browser OS has all it needs here."


def test_everything_really_looked_at_is_well_formed(tmp_path: Path) -> None:
    found = command.gather(tmp_path)
    assert all(row.name and row.needed and row.found for row in found)
    assert all(bool(row.fix) is (row.level is not Level.OK) for row in found)
    assert len({row.name for row in found}) == len(found)
