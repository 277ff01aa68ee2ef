"""``browser-os plugin`` from outside."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from shared.manifest_types import SCHEMA_FILE
from tools.plugin_kit.command import main


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BROWSER_OS_START", raising=False)
    return CliRunner()


def test_new_writes_says_what_and_what_next(runner: CliRunner) -> None:
    result = runner.invoke(main, ["new", "hello"])
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("Wrote ./hello, a valid plugin: plugin.toml, hello_page.py")
    for command in ("browser-os ./hello ", "browser-os plugin validate ./hello ", "-m pytest ./hello "):
        assert command in result.stdout
    assert Path("hello/plugin.toml").exists()


def test_what_is_next_works_where_nothing_was_activated(
    runner: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER_OS_START", str(tmp_path.parent / "clone/tools/start"))
    result = runner.invoke(main, ["new", "hello"])
    for command in (
        "  ../clone/tools/start ./hello ",
        "  ../clone/tools/start plugin validate ./hello ",
        "  ../clone/tools/test --only-pytest ./hello ",
    ):
        assert command in result.stdout


def test_new_writes_where_it_is_told(runner: CliRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("plugins").mkdir()
    result = runner.invoke(main, ["new", "hello", "--in", "plugins"])
    assert result.stdout.startswith("Wrote ./plugins/hello")
    assert Path("plugins/hello/plugin.toml").exists()
    monkeypatch.chdir("plugins")
    result = runner.invoke(main, ["new", "hello", "--in", ".."])
    assert result.stdout.startswith("Wrote ../hello")


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["new", "Hello"], 1, "'hello' would do"),
        (["new", "taken"], 1, "taken exists already"),
        (["new", "hello", "--in", "nowhere"], 2, "does not exist"),
        (["new"], 2, "Missing argument 'NAME'"),
        (["nwe"], 2, "No such command 'nwe'"),
        (["validate"], 2, "Missing argument 'FOLDER'"),
        (["validate", "nowhere"], 1, "nowhere/plugin.toml: $: expected a plugin folder with a plugin.toml"),
    ],
)
def test_wrong_use_is_told_with_a_status(
    runner: CliRunner, arguments: list[str], code: int, words: str
) -> None:
    Path("taken").mkdir()
    result = runner.invoke(main, arguments)
    assert result.exit_code == code
    assert words in result.stderr


def test_validate_tells_every_problem_and_counts_them(runner: CliRunner) -> None:
    runner.invoke(main, ["new", "hello"])
    good = runner.invoke(main, ["validate", "hello"])
    assert (good.exit_code, good.stdout) == (0, "hello holds a valid plugin.\n")
    manifest = Path("hello/plugin.toml")
    assert runner.invoke(main, ["validate", str(manifest)]).stdout == good.stdout
    manifest.write_text(manifest.read_text().replace('version = "', 'version = "x').replace("verb", "vreb"))
    bad = runner.invoke(main, ["validate", "hello"])
    assert bad.exit_code == 1
    assert "hello/plugin.toml:5: $.version" in bad.stderr
    assert "did you mean 'verb'?" in bad.stderr
    assert bad.stderr.endswith("2 problems in hello.\n")


def test_validate_for_scripts(runner: CliRunner) -> None:
    runner.invoke(main, ["new", "hello"])
    assert json.loads(runner.invoke(main, ["validate", "hello", "--json"]).stdout) == []
    Path("hello/hello_page.py").unlink()
    result = runner.invoke(main, ["validate", "hello", "--json"])
    assert result.exit_code == 1
    (problem,) = json.loads(result.stdout)
    assert (problem["file"], problem["line"], problem["path"]) == (
        "hello/plugin.toml",
        12,
        "$.pages[0].entry",
    )


def test_schema_prints_the_schema(runner: CliRunner) -> None:
    assert runner.invoke(main, ["schema"]).stdout == SCHEMA_FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["new", "--help"], ["validate", "--help"], ["schema", "--help"]]
)
def test_every_command_has_help(runner: CliRunner, arguments: list[str]) -> None:
    result = runner.invoke(main, arguments)
    assert result.exit_code == 0
    assert "Usage:" in result.stdout
