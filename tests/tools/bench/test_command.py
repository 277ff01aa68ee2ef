"""What is measured, what is printed, and the exit status."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from tools.bench import command
from tools.bench.bench_failed import BenchFailed
from tools.bench.command import main
from tools.bench.figures import Figure, Report, of_runs
from tools.bench.plan import Plan
from tools.bench.table import BEGIN, END


def _good(plan: Plan) -> Iterator[Figure]:
    assert plan.folder.is_dir()
    yield of_runs("quick" if plan.quick else "thorough", [[1.0]], "s")


def _bad(plan: Plan) -> Iterator[Figure]:
    yield of_runs("half", [[1.0]], "s")
    raise BenchFailed("no sockets here")


@pytest.fixture(autouse=True)
def measures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that take no time."""
    monkeypatch.setattr(command, "MEASURES", {"echo": _good, "memory": _bad})


def _report(*arguments: str) -> tuple[int, Report]:
    result = CliRunner().invoke(main, ["--json", *arguments])
    return result.exit_code, msgspec.json.decode(result.stdout, type=Report)


def test_only_what_is_asked_for_is_measured() -> None:
    status, report = _report("--only", "echo", "--quick")
    assert status == 0
    assert [figure.name for figure in report.figures] == ["quick"]
    assert report.quick
    assert report.machine.cores > 0


def test_a_failure_is_reported_in_its_place_and_exits_1() -> None:
    status, report = _report()
    assert status == 1
    assert [figure.name for figure in report.figures] == ["thorough", "half"]
    assert [(failure.name, failure.reason) for failure in report.failures] == [("memory", "no sockets here")]


def test_the_table_goes_where_it_is_to_be_quoted(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"{BEGIN}\n{END}\n")
    result = CliRunner().invoke(main, ["--only", "echo", "--markdown", "--write-readme", str(file)])
    assert result.exit_code == 0
    assert "| thorough | 1.00 s |" in file.read_text()
    assert "| thorough | 1.00 s |" in result.stdout


def test_the_file_is_by_default_the_readme_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text(f"{BEGIN}\n{END}\n")
    assert CliRunner().invoke(main, ["--write-readme", "--only", "echo"]).exit_code == 0
    assert "| thorough | 1.00 s |" in Path("README.md").read_text()


def test_a_file_without_markers_is_refused_before_anything_is_measured(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text("nothing")
    result = CliRunner().invoke(main, ["--write-readme", str(file)])
    assert result.exit_code == 1
    assert "put <!-- bench:begin -->" in result.output
    assert "measuring" not in result.output


def test_the_table_is_the_default() -> None:
    result = CliRunner().invoke(main, ["--only", "echo"])
    assert "thorough" in result.stdout
    assert "× floor" in result.stdout


def test_an_unknown_measurement_is_refused() -> None:
    assert CliRunner().invoke(main, ["--only", "horses"]).exit_code == 2
