"""``docs/first-plugin.md`` says what is so: its files are written, its commands run, its tests pass."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from tools.plugin_kit.command import main
from tools.plugin_kit.scaffold import contents
from tools.plugin_kit.validation import problems_of

TEXT = (Path(__file__).parents[3] / "docs" / "first-plugin.md").read_text(encoding="utf-8")


class Block(NamedTuple):
    """A fenced block: its language, what stands behind it, and what stands in it."""

    language: str
    about: str
    text: str


BLOCKS = [
    Block(*match) for match in re.findall(r"^```(\w+)([^\n]*)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
]
FILES = {block.about.strip().removeprefix("file="): block.text for block in BLOCKS if "file=" in block.about}


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("BROWSER_OS_START", raising=False)
    return CliRunner()


def test_every_block_is_checked_by_one_of_the_tests_below() -> None:
    assert TEXT.count("\n```") == 2 * len(BLOCKS)
    known = {"console", "toml", "python"}
    assert [block for block in BLOCKS if block.language not in known] == []
    unchecked = [
        b for b in BLOCKS if b.language != "console" and "file=" not in b.about and b.about != " fragment"
    ]
    assert unchecked == []


def test_the_printed_plugin_is_the_one_that_new_writes() -> None:
    written = contents("hello")
    printed = {name.removeprefix("hello/"): text for name, text in FILES.items() if name.startswith("hello/")}
    assert printed == {name: written[name] for name in printed}
    assert printed.keys() == written.keys() - {"README.md"}


def test_the_commands_print_what_is_printed(runner: CliRunner) -> None:
    commands = [block for block in BLOCKS if block.language == "console"]
    assert commands
    for block in commands:
        _edit(block.about)
        command, _, expected = block.text.partition("\n")
        words = command.split()
        assert words[:3] == ["$", "browser-os", "plugin"]
        assert runner.invoke(main, words[3:]).output == expected


def _edit(about: str) -> None:
    """``edit=FILE s/OLD/NEW/ …``: what the text before the block told the reader to change."""
    match = re.match(r" edit=(\S+) (.*)", about)
    if match is None:
        return
    file = Path(match[1])
    text = file.read_text()
    for old, new in re.findall(r"s/(.*?)/(.*?)/", match[2]):
        assert old in text
        text = text.replace(old, new)
    file.write_text(text)


@pytest.mark.parametrize("plugin", sorted({name.partition("/")[0] for name in FILES}))
def test_the_printed_plugins_are_valid_and_pass_their_own_tests(
    qapp: object, tmp_path: Path, plugin: str
) -> None:
    folder = tmp_path / plugin
    folder.mkdir()
    for name, text in FILES.items():
        if name.startswith(f"{plugin}/"):
            (tmp_path / name).write_text(text)
    assert problems_of(folder) == []
    (file,) = folder.glob("test_*.py")
    tests = [value for name, value in vars(_module(file)).items() if name.startswith("test_")]
    assert tests
    for test in tests:
        test()


def _module(file: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(file.stem, file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_fragment_fits_into_a_manifest(tmp_path: Path) -> None:
    fragments = [block.text for block in BLOCKS if block.about == " fragment"]
    assert fragments
    for fragment in fragments:
        for name, text in contents("hello").items():
            (tmp_path / name).write_text(text + ("\n" + fragment if name == "plugin.toml" else ""))
        assert problems_of(tmp_path) == []


def test_the_words_for_the_shell_are_there() -> None:
    import browser_os
    from renderer.clients import navigate, page, settings, tab, window

    clients = {
        "tab": tab.TabClient,
        "settings": settings.SettingsClient,
        "pages": page.PageClient,
        "window": window.WindowClient,
        "navigation": navigate.NavigationClient,
    }
    names = re.findall(r"`context\.(\w+)(?:\.(\w+))?\(", TEXT)
    assert names
    for first, second in names:
        owner = clients[first] if second else browser_os.Page
        assert hasattr(owner, second or first), (first, second)
    for member in re.findall(r"IPCChannel\.(\w+)", TEXT):
        assert member in browser_os.IPCChannel.__members__
