"""From a manifest's entry to a callable."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from renderer.plugin_module import EntryError, entry_point


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(sys, "path", list(sys.path))
    before = set(sys.modules)
    (tmp_path / "guest_page.py").write_text("def page(): return 'made'\nvalue = 3\n")
    (tmp_path / "guest_pack").mkdir()
    (tmp_path / "guest_pack" / "__init__.py").write_text("")
    (tmp_path / "guest_pack" / "inner.py").write_text("from guest_page import page\n")
    (tmp_path / "click").mkdir()
    (tmp_path / "click" / "__init__.py").write_text("def page(): return 'shadow'\n")
    yield tmp_path
    for name in set(sys.modules) - before:
        if name.startswith("guest"):
            del sys.modules[name]


@pytest.mark.parametrize("entry", ["guest_page:page", "guest_pack.inner:page"])
def test_the_callable_is_found_in_the_folder(folder: Path, entry: str) -> None:
    assert entry_point(folder, entry)() == "made"
    assert sys.path[-1] == str(folder)
    entry_point(folder, entry)
    assert sys.path.count(str(folder)) == 1


def test_the_shells_own_pages_are_modules_of_the_renderer() -> None:
    folder = Path(__file__).parents[2] / "renderer" / "pages" / "newtab"
    assert callable(entry_point(folder, "renderer.pages.newtab.page:page"))


def test_a_plugin_replaces_nobodys_module(folder: Path) -> None:
    with pytest.raises(EntryError, match=r"The module click that Python finds is .*site-packages"):
        entry_point(folder, "click:page")


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ("guest_nothing:page", "There is no module guest_nothing in"),
        ("guest_page:pgae", r"has no pgae\. Did you mean 'page'\?"),
        ("guest_page:value", r"guest_page\.value is a int, not a function"),
    ],
)
def test_what_is_not_there_is_named(folder: Path, entry: str, words: str) -> None:
    with pytest.raises(EntryError, match=words):
        entry_point(folder, entry)
