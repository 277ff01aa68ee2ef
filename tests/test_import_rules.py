"""A directory is a permission: who may import what, as data, with the reason."""

import ast
import sys
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.source_tree import CODE, ROOT, imports, python_files, tree

HOUSE = {*CODE, "tests", "browser_os"}
"""The packages of this repository."""


@dataclass(frozen=True)
class Rule:
    """What the files in one folder may import. The longest folder that matches a file rules it."""

    folder: str
    house: frozenset[str]
    """Packages of this repository."""
    reason: str
    others: frozenset[str] | None = None
    """Packages from elsewhere, the standard library not counted; None for all that pyproject.toml declares."""
    banned: Mapping[str, str] = field(default_factory=dict)
    """Modules of the standard library or of Qt that are refused all the same, each with its reason."""


def _rule(
    folder: str, house: str, reason: str, others: str | None = None, banned: Mapping[str, str] | None = None
) -> Rule:
    allowed = None if others is None else frozenset(others.split())
    return Rule(folder, frozenset(house.split()), reason, allowed, {**EVERYWHERE, **(banned or {})})


def _each(modules: str, reason: str) -> dict[str, str]:
    return dict.fromkeys(modules.split(), reason)


EVERYWHERE = {
    **_each("pickle marshal shelve dbm", "what can be unpickled can run: use shared.codec and shared.values"),
    **_each(
        "multiprocessing.connection multiprocessing.managers",
        "they unpickle and block: use main_process.link or renderer.link",
    ),
    "multiprocessing.shared_memory": "it leaves files and a tracker process: use main_process.surface.buffers",
    "asyncio": "a second event loop beside Qt's: use shared.tasks",
}
"""Module to reason, for every folder."""

RULES = [
    _rule(
        "shared",
        "shared",
        "shared/ is the protocol core: no Qt, no sockets, no threads, nothing of either side",
        others="msgspec jsonschema",
        banned=_each(
            "socket selectors select threading subprocess multiprocessing concurrent sqlite3",
            "shared/ has no input, output or threads: bytes and events go in, bytes and calls come out",
        ),
    ),
    _rule(
        "main_process",
        "shared main_process",
        "main runs no code of renderers and tools: it names their entry points as strings",
        banned={
            **_each(
                "PySide6.QtWebEngineCore PySide6.QtWebEngineWidgets PySide6.QtWebEngineQuick PySide6.QtPdf",
                "main shows no foreign content: web pages belong to renderer/web",
            ),
            **_each("PySide6.QtQml PySide6.QtQuick PySide6.QtQuickWidgets", "main evaluates nothing"),
            **_each("xml html.parser zipfile tarfile", "main decodes nothing that comes from elsewhere"),
        },
    ),
    _rule(
        "renderer",
        "shared renderer browser_os",
        "renderers have no rights: what they need of main comes by message, never by import",
        banned={"sqlite3": "there is one door to storage, and it is main's"},
    ),
    _rule(
        "renderer/pages",
        "shared renderer browser_os",
        "built-in pages use the author's API, as any plugin does",
        banned=_each(
            "socket subprocess threading sqlite3 renderer.link", "a page has its API and its channels"
        ),
    ),
    _rule(
        "tools",
        "shared browser_os tools",
        "tools stand outside: they use the shell's public doors and the author's API",
    ),
    _rule("tools/setup", "tools", "set-up runs before anything is installed", others=""),
]

INSTALLED_AS = {"PySide6": {"PySide6", "shiboken6"}}
"""Where a requirement's import names differ from its own."""

EXCUSES: dict[tuple[str, str], str] = {}
"""(file, imported name) to the reason why the rule does not hold there. An excuse nobody needs fails."""


def declared() -> frozenset[str]:
    """Import names of the runtime requirements in pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        lines = tomllib.load(file)["project"]["dependencies"]
    names = {"".join(c if c.isalnum() or c in "-_" else " " for c in line).split()[0] for line in lines}
    return frozenset(package for name in names for package in INSTALLED_AS.get(name, {name}))


def rule_for(path: Path) -> Rule | None:
    """The rule of the longest matching folder."""
    return max(
        (rule for rule in RULES if path.is_relative_to(rule.folder)),
        key=lambda rule: len(rule.folder),
        default=None,
    )


def violations(path: Path, module: ast.Module) -> list[tuple[str, str]]:
    """What ``module`` at ``path`` imports against its rule: (name, ``file:line: words``)."""
    rule = rule_for(path)
    if rule is None:
        return []
    found: dict[tuple[int, str], tuple[str, str]] = {}
    for line, name in imports(module):
        root = name.partition(".")[0]
        if name.startswith("."):
            problem = "relative imports hide which folder is meant: write the full name"
        elif name == "renderer.browser_os" or name.startswith("renderer.browser_os."):
            problem = "import the author's API as browser_os: under two names it is loaded twice"
        elif banned := next((known for known in rule.banned if f"{name}.".startswith(f"{known}.")), None):
            problem = rule.banned[banned]
        elif root in HOUSE:
            problem = "" if root in rule.house else rule.reason
        elif root in sys.stdlib_module_names:
            problem = ""
        else:
            allowed = declared() if rule.others is None else rule.others
            problem = (
                "" if root in allowed else f"{rule.reason} (allowed: {', '.join(sorted(allowed)) or 'none'})"
            )
        if problem:
            found.setdefault((line, problem), (name, f"{path}:{line}: imports {name}: {problem}"))
    return list(found.values())


def test_every_import_is_allowed() -> None:
    problems = [
        words
        for path in python_files(*CODE)
        for name, words in violations(path, tree(path))
        if (str(path), name) not in EXCUSES
    ]
    assert not problems, "\n" + "\n".join(problems)


def test_every_excuse_is_needed() -> None:
    needed = {(str(path), name) for path in python_files(*CODE) for name, _ in violations(path, tree(path))}
    assert not EXCUSES.keys() - needed


def test_every_code_folder_has_a_rule() -> None:
    assert all(rule_for(Path(folder, "x.py")) is not None for folder in CODE)
    assert all((ROOT / rule.folder).is_dir() for rule in RULES)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("shared/a.py", "import PySide6.QtCore"),
        ("shared/a.py", "from main_process import link"),
        ("shared/a.py", "import socket"),
        ("shared/channels/a.py", "from . import link"),
        ("main_process/a.py", "def f():\n    from renderer.page import Page"),
        ("main_process/a.py", "from multiprocessing import connection"),
        ("main_process/a.py", "from PySide6 import QtWebEngineCore"),
        ("main_process/a.py", "import numpy"),
        ("renderer/a.py", "import main_process.tab"),
        ("renderer/a.py", "from renderer.browser_os import Page"),
        ("renderer/a.py", "from renderer import browser_os"),
        ("tools/inspector/a.py", "import renderer.link"),
        ("tools/setup/a.py", "import shared.limits"),
        ("tools/setup/a.py", "import click"),
    ],
)
def test_a_forbidden_import_is_found_with_file_and_line(path: str, source: str) -> None:
    found = violations(Path(path), ast.parse(source))
    assert found
    assert found[0][1].startswith(f"{path}:{source.count(chr(10)) + 1}: ")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("shared/a.py", "import msgspec, json\nfrom shared.limits import MAX_URL"),
        ("main_process/a.py", "from PySide6.QtWidgets import QWidget"),
        ("renderer/web/a.py", "from PySide6 import QtWebEngineCore\nimport browser_os"),
        ("tools/a.py", "import browser_os.testing, shared.errors"),
        ("tests/a.py", "import renderer, main_process"),
    ],
)
def test_allowed_imports_pass(path: str, source: str) -> None:
    assert violations(Path(path), ast.parse(source)) == []
