"""Reading plugin folders, right and wrong."""

from pathlib import Path

import pytest

from shared.manifest import InvalidManifest, load, validate_folder
from shared.manifest_types import MAX_MANIFEST_BYTES

GOOD = """\
schema_version = 1
id = "hello"
name = "Hello"
version = "0.1.0"
icon = "star"
requires-shell = ">=0.1"

[[pages]]
entry = "hello_page:page"

[[pages]]
entry = "pack.inner:make"
path = "more"

[[channels]]
verb = "greet"
summary = "Greets."
[channels.payload]
type = "object"
required = ["name"]
properties.name = { type = "string", maxLength = 80 }

[[channels]]
verb = "waved"
pattern = "event"
summary = "Somebody waved."

[[permissions]]
name = "tabs"
reason = "Opens what you choose."
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plugin.toml").write_text(GOOD)
    (tmp_path / "hello_page.py").write_text("raise RuntimeError('imported')")
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "inner.py").write_text("raise RuntimeError('imported')")
    return tmp_path


def change(folder: Path, old: str, new: str) -> list[str]:
    """The problems, without the folder's name, after ``old`` became ``new``."""
    text = (folder / "plugin.toml").read_text()
    assert old in text
    (folder / "plugin.toml").write_text(text.replace(old, new, 1))
    return [str(problem).removeprefix(f"{folder}/") for problem in validate_folder(folder)]


def test_a_good_folder_is_read_without_running_it(folder: Path) -> None:
    manifest = load(folder)
    assert manifest.id == "hello"
    assert [page.path for page in manifest.pages] == ["", "more"]
    assert [channel.verb for channel in manifest.channels] == ["greet", "waved"]
    assert manifest.permissions[0].name == "tabs"
    assert validate_folder(folder) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "schema_version = 1",
            "schema_version = 2",
            "plugin.toml:1: $.schema_version: expected 1, the version",
        ),
        (
            "schema_version = 1",
            "",
            "plugin.toml: $.schema_version: expected 1, the version of this format, came nothing",
        ),
        ('name = "Hello"', 'nmae = "Hello"', "plugin.toml:3: $.nmae: expected one of"),
        ('name = "Hello"', 'nmae = "Hello"', "did you mean 'name'?"),
        ('id = "hello"', 'id = "Hello"', "plugin.toml:2: $.id: expected 2 to 40 lower-case letters"),
        ('id = "hello"', 'id = "json"', "standard library"),
        ('id = "hello"', 'id = "settings"', "plugin.toml:2: $.id: expected an id of the plugin's own"),
        ('id = "hello"', 'id = "hello\\n"', "plugin.toml:2: $.id"),
        (
            'version = "0.1.0"',
            'version = "one"',
            "plugin.toml:4: $.version: expected a version such as 0.1.0, came 'one'",
        ),
        ('icon = "star"', 'icon = "sart"', "did you mean 'star'?"),
        (">=0.1", ">=9", "plugin.toml:6: $.requires-shell: expected a range with this shell's version in it"),
        (">=0.1", "0.1", "such as '>=0.1'"),
        ("hello_page:page", "hello_page", "plugin.toml:9: $.pages[0].entry: expected 'module:callable'"),
        (
            "hello_page:page",
            "other:page",
            "expected a module that exists (other.py does not), came 'other:page'",
        ),
        ("hello_page:page", "helo_page:page", "did you mean 'hello_page:page'?"),
        ("hello_page:page", "hello_page.py:page", "did you mean 'hello_page:page'?"),
        (
            "hello_page:page",
            "os:page",
            "plugin.toml:9: $.pages[0].entry: expected a module of the plugin's own",
        ),
        (
            'path = "more"',
            'path = ""',
            "plugin.toml:13: $.pages[1].path: expected a path that no other page has",
        ),
        ('path = "more"', 'path = "/more"', "plugin.toml:13: $.pages[1].path: expected lower-case words"),
        ('path = "more"', 'kind = "qml"', "plugin.toml:13: $.pages[1].kind: expected 'widget'"),
        (
            'verb = "greet"',
            'verb = "waved"',
            "plugin.toml:24: $.channels[1].verb: expected a verb that no other",
        ),
        ('verb = "greet"', 'vreb = "greet"', "plugin.toml:16: $.channels[0].vreb"),
        (
            'pattern = "event"',
            'pattern = "state"',
            "plugin.toml:25: $.channels[1].pattern: expected 'request'",
        ),
        (
            "Somebody waved.",
            'Somebody waved."\nresult.type = "object"\n#',
            "$.channels[1].result: expected no result",
        ),
        (
            '"string"',
            '"strin"',
            "plugin.toml:21: $.channels[0].payload.properties.name.type: expected one of",
        ),
        (
            'type = "object"',
            'type = "array"',
            "plugin.toml:19: $.channels[0].payload.type: expected 'object'",
        ),
        ('name = "tabs"', 'name = "tab"', "plugin.toml:29: $.permissions[0].name"),
        ('name = "tabs"', 'name = "tab"', "did you mean 'tabs'?"),
        ('reason = "Opens what you choose."', "", "$.permissions[0].reason: expected 1 to 200 characters"),
        ('reason = "Opens', '[[permissions]]\nname = "tabs"\nreason = "Opens', "$.permissions[0].reason"),
        ('name = "Hello"', "name = Hello", "plugin.toml:3: $: expected TOML, came something else"),
        ('name = "Hello"', "name = 5", "plugin.toml:3: $.name: expected 1 to 200 characters of text, came 5"),
        ('name = "Hello"', "name = 2020-01-01", "$.name"),
    ],
)
def test_what_is_wrong_is_told_with_file_line_and_path(folder: Path, old: str, new: str, told: str) -> None:
    problems = change(folder, old, new)
    assert any(told in problem for problem in problems), problems
    with pytest.raises(InvalidManifest):
        load(folder)


def test_a_mistyped_key_is_one_problem_not_two(folder: Path) -> None:
    assert len(change(folder, 'name = "Hello"', 'nmae = "Hello"')) == 1


def test_every_problem_is_told_at_once_in_the_order_of_the_file(folder: Path) -> None:
    change(folder, 'id = "hello"', 'id = "settings"')
    change(folder, ">=0.1", ">=9")
    problems = change(folder, "hello_page:page", "other:page")
    assert [problem.split(":")[1] for problem in problems] == ["2", "6", "9"]
    with pytest.raises(InvalidManifest) as caught:
        load(folder)
    assert [str(problem).removeprefix(f"{folder}/") for problem in caught.value.problems] == problems
    assert all(problem in caught.value.message for problem in problems)


def test_a_permission_asked_for_twice(folder: Path) -> None:
    again = 'reason = "a"\n[[permissions]]\nname = "tabs"\nreason = "b"\n#'
    assert "asked for once" in change(folder, "reason = ", again)[0]


def test_built_in_pages_may_have_reserved_names_and_modules_elsewhere(folder: Path) -> None:
    change(folder, 'id = "hello"', 'id = "settings"')
    change(folder, "hello_page:page", "renderer.pages.settings.page:page")
    assert load(folder, built_in=True).id == "settings"


def test_a_name_where_a_table_belongs(folder: Path) -> None:
    text = (folder / "plugin.toml").read_text().partition("[[permissions]]")[0]
    (folder / "plugin.toml").write_text(f'permissions = ["tabs"]\n{text}')
    assert [str(problem).partition("$")[2] for problem in validate_folder(folder)] == [
        ".permissions[0]: expected a [[permissions]] table with name, reason, came 'tabs'"
    ]


def test_a_folder_without_a_manifest(tmp_path: Path) -> None:
    (problem,) = validate_folder(tmp_path)
    assert problem.expected == "a plugin folder with a plugin.toml"
    (problem,) = validate_folder(tmp_path / "nowhere")
    assert problem.came == "No such file or directory"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"id = '\xff'", "UTF-8"),
        (b"#" * (MAX_MANIFEST_BYTES + 1), "at most"),
        (b"a = " + b"[" * 5000 + b"]" * 5000, "TOML nested"),
        (b"a = [", "TOML"),
        (b"", "1, the version of this format"),
    ],
)
def test_files_that_are_no_manifest_at_all(tmp_path: Path, data: bytes, expected: str) -> None:
    (tmp_path / "plugin.toml").write_bytes(data)
    problems = validate_folder(tmp_path)
    assert any(expected in problem.expected for problem in problems), problems


def test_the_shells_own_pages_are_valid() -> None:
    pages = Path(__file__).parents[2] / "renderer" / "pages"
    folders = [file.parent for file in pages.glob("*/plugin.toml")]
    assert {"newtab", "settings"} <= {folder.name for folder in folders}
    assert [folder.name for folder in folders if load(folder, built_in=True).id != folder.name] == []
