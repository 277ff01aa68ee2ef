"""What holds for files as files: size, form of the pinned requirements, commands that can be run."""

import os
import re
import tomllib

import pytest

from tests.source_tree import CODE, ROOT, python_files

MOST_LINES = 400
"""Think at 250; a longer file has two purposes."""

COMMANDS = ("tools/start", "tools/test", "tools/lock", ".ci/run")
PINNED = ("runtime", "test", "build")


def test_no_file_is_longer_than_one_purpose() -> None:
    lengths = {path: len((ROOT / path).read_bytes().splitlines()) for path in python_files(*CODE, "tests")}
    too_long = [f"{path}: {lines} lines" for path, lines in lengths.items() if lines > MOST_LINES]
    assert not too_long, f"more than {MOST_LINES} lines:\n" + "\n".join(too_long)


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_can_be_run(command: str) -> None:
    assert os.access(ROOT / command, os.X_OK)
    assert (ROOT / command).read_bytes().startswith(b"#!/")


@pytest.mark.parametrize("name", PINNED)
def test_every_requirement_is_pinned_by_hash_and_says_no_place(name: str) -> None:
    text = (ROOT / "tools" / "requirements" / f"{name}.txt").read_text("utf-8")
    entries = re.split(r"(?<!\\)\n", text.strip())
    for entry in entries:
        assert re.match(r"[a-z0-9][a-z0-9._-]*==[^ ]+ ", entry), entry
        assert "--hash=sha256:" in entry, entry
        assert "://" not in entry, entry


def test_what_pyproject_asks_for_is_pinned() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    wanted = {
        "runtime": project["dependencies"],
        "test": project["dependencies"] + project["optional-dependencies"]["test"],
    }
    for name, lines in wanted.items():
        pinned = set(
            re.findall(r"^([a-z0-9._-]+)==", (ROOT / f"tools/requirements/{name}.txt").read_text(), re.M)
        )
        asked = {re.split(r"[<>=;!~ ]", line)[0].lower() for line in lines}
        assert asked <= pinned, f"run tools/lock: {asked - pinned} not in {name}.txt"


def test_the_licence_is_where_pyproject_says() -> None:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    assert project["license"] == "MIT"
    for name in project["license-files"]:
        assert (ROOT / name).read_text("utf-8").startswith("MIT License")
