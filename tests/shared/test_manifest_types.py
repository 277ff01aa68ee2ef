"""The manifest's declaration."""

import msgspec
import pytest

from shared.contract import Pattern
from shared.manifest_types import (
    KNOWN_PERMISSIONS,
    SCHEMA_FILE,
    ChannelDeclaration,
    Manifest,
    PageDeclaration,
    Problem,
    pattern_of,
    schema_text,
)

MANIFEST = Manifest(
    schema_version=1,
    id="hello",
    name="Hello",
    version="0.1.0",
    pages=(
        PageDeclaration(entry="hello_page:page"),
        PageDeclaration(entry="x:y", path="more/here", title="More"),
    ),
)


def test_the_schema_file_is_what_the_structs_generate() -> None:
    assert SCHEMA_FILE.read_text(encoding="utf-8") == schema_text(), "run python -m shared.manifest_types"


@pytest.mark.parametrize(
    ("path", "entry"), [("", "hello_page:page"), ("/", "hello_page:page"), ("/more/here/", "x:y")]
)
def test_a_page_is_found_by_its_path(path: str, entry: str) -> None:
    page = MANIFEST.page(path)
    assert page is not None
    assert page.entry == entry


def test_an_unknown_path_has_no_page() -> None:
    assert MANIFEST.page("more") is None


def test_a_page_without_a_title_is_called_after_its_plugin() -> None:
    assert [MANIFEST.title_of(page) for page in MANIFEST.pages] == ["Hello", "More"]


def test_it_crosses_the_wire_unchanged() -> None:
    assert msgspec.json.decode(msgspec.json.encode(MANIFEST), type=Manifest) == MANIFEST


def test_a_channel_is_named_after_its_plugin() -> None:
    channel = ChannelDeclaration(verb="greet", summary="x", pattern="event")
    assert MANIFEST.channel_name(channel) == "hello:greet"
    assert pattern_of(channel) is Pattern.EVENT


def test_the_known_permissions_are_those_that_contracts_ask_of_pages() -> None:
    assert KNOWN_PERMISSIONS == ["pages.read", "settings.read", "settings.write", "tabs", "windows"]


def test_a_problem_reads_as_file_line_path_and_words() -> None:
    problem = Problem(
        file="plugin.toml", line=3, path="$.id", expected="an id", came="'X'", hint="lower case"
    )
    assert str(problem) == "plugin.toml:3: $.id: expected an id, came 'X'; lower case"
