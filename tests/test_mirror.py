"""Every module has its test file under the same path, and every test file its module."""

import ast
from pathlib import Path

from tests.source_tree import CODE, ROOT, python_files, tree

TESTED_ELSEWHERE: dict[str, str] = {
    "main_process/supervisor/orphans.py": "tests/end_to_end/test_births.py: needs processes",
    "main_process/supervisor/pidfd.py": "tests/end_to_end/test_births.py: needs processes",
    "main_process/supervisor/zygote.py": "tests/end_to_end/test_births.py: needs processes",
    "renderer/web/host.py": "tests/end_to_end/test_web_host.py: needs Chromium",
    "renderer/web/page.py": "tests/end_to_end/test_web_host.py: needs Chromium",
    "renderer/web/tab.py": "tests/end_to_end/test_web_host.py: needs Chromium",
    "renderer/zygote.py": "tests/end_to_end/test_births.py: needs processes",
    "shared/channels/": "tests/shared/channels/test_contracts.py, all at once",
}
"""Module, or folder ending in a slash, to where its tests are. An entry that is not needed fails."""

ABOUT_MORE_THAN_ONE_MODULE: dict[str, str] = {
    "tests/shared/channels/test_contracts.py": "all of shared/channels, and the tables derived from them",
    "tests/main_process/storage/test_durability.py": "the storage folder as a whole, killed at any moment",
}
"""Test file to what it tests instead of one module."""

NAMES_OF_WHOLES = {
    "test_init.py": "a package by what it exports",
    "test_docs.py": "a page of docs/",
    "test_documentation.py": "a page of docs/",
}
"""Names of test files that are about something else than a module, in any folder."""


def mirror_of(module: Path) -> Path:
    """``shared/x.py`` to ``tests/shared/test_x.py``; a leading underscore is left out."""
    return Path("tests", module.parent, f"test_{module.stem.strip('_')}.py")


def modules() -> list[Path]:
    """Every module; the templates of other people's files are none."""
    return [
        path for path in python_files(*CODE) if path.name != "__init__.py" and "template" not in path.parts
    ]


def only_declares(module: ast.Module) -> bool:
    """Whether there is nothing in it to run: constants, enumerations, Structs. Their users' tests test them."""
    return not any(
        isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) for node in ast.walk(module)
    )


def excuse_for(module: Path) -> str | None:
    """The entry of `TESTED_ELSEWHERE` that covers ``module``."""
    covers = (
        name for name in TESTED_ELSEWHERE if str(module) == name or (name[-1] == "/" and name in f"{module}")
    )
    return next(covers, None)


def untested() -> list[Path]:
    """Modules that do something and have no test file of their own."""
    return [
        path for path in modules() if not (ROOT / mirror_of(path)).is_file() and not only_declares(tree(path))
    ]


def test_every_module_has_its_test_file() -> None:
    missing = [f"{module}: no {mirror_of(module)}" for module in untested() if excuse_for(module) is None]
    assert not missing, "\n" + "\n".join(missing)


def test_every_excuse_is_needed() -> None:
    used = {excuse_for(module) for module in untested()}
    assert not TESTED_ELSEWHERE.keys() - used


def test_every_test_file_has_its_module() -> None:
    # A module with much to test may have several files: test_view.py, test_view_input.py.
    mirrored = {mirror_of(module) for module in modules()}
    strays = [
        path
        for path in python_files(*(f"tests/{folder}" for folder in CODE))
        if path.name.startswith("test_")
        and not any(
            path.parent == test.parent and f"{path.stem}_".startswith(f"{test.stem}_") for test in mirrored
        )
        and path.name not in NAMES_OF_WHOLES
        and str(path) not in ABOUT_MORE_THAN_ONE_MODULE
    ]
    assert not strays, f"no module for {', '.join(map(str, strays))}"


def test_every_stray_that_is_excused_exists() -> None:
    assert [name for name in ABOUT_MORE_THAN_ONE_MODULE if not (ROOT / name).is_file()] == []
