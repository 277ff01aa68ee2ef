"""Documentation describes what exists: its paths are there, its commands too, its code runs."""

import re
from pathlib import Path

import click
import pytest

from main_process.command_line import main as shell
from tests.source_tree import ROOT, text_files
from tools.command_line import SUBCOMMANDS
from tools.setup import suite

PAGES = [path for path in text_files() if path.suffix == ".md" and "template" not in path.parts]
FOLDERS = ("shared/", "main_process/", "renderer/", "tools/", "tests/", "docs/", ".ci/")

RUN_ELSEWHERE = {
    "docs/first-plugin.md": "tests/tools/plugin_kit",
    "docs/inspecting.md": "tests/tools/inspector",
}
"""Pages whose code another test runs."""


def read(page: Path) -> str:
    return (ROOT / page).read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_paths_that_are_named_exist(page: Path) -> None:
    named = re.findall(r"`([\w./-]+)(?=[ `])", read(page))
    linked = [str((page.parent / link).as_posix()) for link in re.findall(r"\]\(([\w./-]+)\)", read(page))]
    paths = [name for name in named if name.startswith(FOLDERS)] + linked
    assert [name for name in paths if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_subcommands_and_options_that_are_named_exist(page: Path) -> None:
    options = {option for parameter in shell.params for option in parameter.opts} | {"--version", "--help"}
    for command in re.findall(r"`(?:[\w./-]*/)?browser-os ([^`]*)`", read(page)):
        words = command.split()
        if words[0] in SUBCOMMANDS or not words[0].startswith("--"):
            continue
        assert words[0] in options, command


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_options_of_the_test_command_exist(page: Path) -> None:
    known = {option for action in suite.options()._actions for option in action.option_strings}
    for command in re.findall(r"`tools/test ([^`]*)`", read(page)):
        assert command.split()[0] in known, command


@pytest.mark.parametrize("page", [page for page in PAGES if str(page) not in RUN_ELSEWHERE], ids=str)
def test_python_code_runs_from_top_to_bottom(page: Path) -> None:
    blocks = re.findall(r"^```python\n(.*?)^```", read(page), re.MULTILINE | re.DOTALL)
    names: dict[str, object] = {"__name__": "documentation"}
    for block in blocks:
        exec(compile(block, str(page), "exec"), names)  # noqa: S102  our own pages, to prove them


def test_pages_run_elsewhere_are_there() -> None:
    assert all((ROOT / page).is_file() and (ROOT / tests).is_dir() for page, tests in RUN_ELSEWHERE.items())


def test_the_shell_is_a_click_command() -> None:
    assert isinstance(shell, click.Command)
