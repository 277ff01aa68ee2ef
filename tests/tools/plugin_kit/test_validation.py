"""What can be said of a plugin without running it."""

from pathlib import Path

import pytest

from tools.plugin_kit.scaffold import write
from tools.plugin_kit.validation import problems_of


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write("hello", tmp_path)


def test_the_manifests_problems_come_first(folder: Path) -> None:
    (folder / "plugin.toml").write_text("")
    (folder / "hello_page.py").write_text("raise")
    assert {Path(problem.file).name for problem in problems_of(folder)} == {"plugin.toml"}


def test_a_syntax_error_has_its_line(folder: Path) -> None:
    (folder / "hello_page.py").write_text("import browser_os\n\ndef page(:\n")
    (problem,) = problems_of(folder)
    assert str(problem).startswith(f"{folder}/hello_page.py:3: $: expected Python")


def test_an_entry_that_the_module_lacks_is_told_with_the_nearest(folder: Path) -> None:
    (folder / "hello_page.py").write_text("def pgae(context): ...\n")
    (problem,) = problems_of(folder)
    assert str(problem) == (
        f"{folder}/hello_page.py:1: $.pages[0].entry: expected 'page', as plugin.toml names it, came pgae; "
        "did you mean 'pgae'?"
    )


@pytest.mark.parametrize(
    "code",
    [
        "def page(context): ...",
        "async def page(context): ...",
        "class page: ...",
        "page = lambda context: None",
        "from elsewhere import page",
        "from elsewhere import other as page",
        "try:\n    from fast import page\nexcept ImportError:\n    page = None",
    ],
)
def test_every_way_to_bind_the_name_counts(folder: Path, code: str) -> None:
    (folder / "hello_page.py").write_text(code)
    assert problems_of(folder) == []


def test_a_name_within_a_function_does_not_count(folder: Path) -> None:
    (folder / "hello_page.py").write_text("class Maker:\n    def page(self): ...\n")
    assert len(problems_of(folder)) == 1


def test_packages_are_looked_into(folder: Path) -> None:
    (folder / "hello_page.py").unlink()
    (folder / "hello_page").mkdir()
    (folder / "hello_page" / "__init__.py").write_text("def page(context): ...")
    assert problems_of(folder) == []


def test_only_what_the_module_itself_binds_can_be_the_entry(folder: Path) -> None:
    (folder / "hello_page.py").write_text(
        "import os.path\nfrom sys import exit as leave\n"
        "def view(context):\n    page = 1\nclass Page:\n    page = 2\n"
        "if os:\n    try:\n        other = 3\n    finally:\n        pass\n"
    )
    (problem,) = problems_of(folder)
    assert problem.came == "Page, leave, os, other, view"


def test_what_is_no_text_is_told(folder: Path) -> None:
    (folder / "hello_page.py").write_bytes(b"\x00\xff")
    (problem,) = problems_of(folder)
    assert problem.expected == "Python"


def test_nothing_of_it_is_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    (folder / "hello_page.py").write_text("open('ran', 'w')\nraise SystemExit\ndef page(context): ...\n")
    assert problems_of(folder) == []
    assert not Path("ran").exists()
