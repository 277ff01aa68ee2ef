"""New plugins from the template."""

import ast
from pathlib import Path

import pytest

from shared.manifest import load
from tools.plugin_kit.scaffold import CannotWrite, contents, module_of, suggestion, write
from tools.plugin_kit.validation import problems_of


@pytest.mark.parametrize("name", ["hello", "live-plot", "a1"])
def test_what_is_written_is_a_valid_plugin(tmp_path: Path, name: str) -> None:
    folder = write(name, tmp_path)
    module = name.replace("-", "_") + "_page"
    assert folder == tmp_path / name
    assert {file.name for file in folder.iterdir()} == {
        "plugin.toml",
        f"{module}.py",
        f"test_{module}.py",
        "README.md",
    }
    assert problems_of(folder) == []
    manifest = load(folder)
    assert (manifest.id, [channel.verb for channel in manifest.channels]) == (name, ["greet"])
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_no_placeholder_is_left(tmp_path: Path) -> None:
    for text in contents("live-plot").values():
        assert "$" not in text.replace("$.", "")
    assert module_of("live-plot") == "live_plot_page"
    for name, text in contents("live-plot").items():
        if name.endswith(".py"):
            ast.parse(text)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Hello World", "'hello-world' would do"),
        ("json", "'my-json' would do"),
        ("settings", "the shell"),
        ("x", "2 to 40"),
        ("../up", "2 to 40"),
        ("", "2 to 40"),
    ],
)
def test_a_name_that_cannot_be_is_told_with_one_that_can(tmp_path: Path, name: str, words: str) -> None:
    with pytest.raises(CannotWrite, match=words):
        write(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_exists_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "hello").mkdir()
    (tmp_path / "hello" / "mine").write_text("mine")
    with pytest.raises(CannotWrite, match="exists already"):
        write("hello", tmp_path)
    (tmp_path / "linked").symlink_to(tmp_path / "nowhere")
    with pytest.raises(CannotWrite, match="exists already"):
        write("linked", tmp_path)
    assert [file.name for file in (tmp_path / "hello").iterdir()] == ["mine"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="could not be written: No such file"):
        write("hello", tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("name", "suggested"), [("My Page!", "my-page"), ("9 lives", "lives"), ("!", None), ("JSON", None)]
)
def test_suggestions(name: str, suggested: str | None) -> None:
    assert suggestion(name) == suggested
