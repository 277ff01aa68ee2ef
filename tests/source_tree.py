"""The repository's files, for the tests that read them instead of running them."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CODE = ("shared", "main_process", "renderer", "tools")
"""The folders that hold the product."""

_OTHER = ("tests", "docs", ".ci")
_GENERATED = {"__pycache__", "build", "dist"}


@cache
def text_files() -> tuple[Path, ...]:
    """Every text file of the repository, relative to its root."""
    places = [ROOT / folder for folder in (*CODE, *_OTHER)]
    found = [path for place in places for path in place.rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.is_file()]
    relative = (path.relative_to(ROOT) for path in found)
    return tuple(
        sorted(path for path in relative if not _GENERATED & set(path.parts) and _is_text(ROOT / path))
    )


def python_files(*folders: str) -> list[Path]:
    """The Python files in ``folders``, relative to the root; without folders, all."""
    return [
        path
        for path in text_files()
        if path.suffix == ".py" and (not folders or any(path.is_relative_to(folder) for folder in folders))
    ]


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a Python file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


def imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full name of all that ``module`` imports, inside functions too.

    ``from a import b`` gives both ``a`` and ``a.b``, since ``b`` may be a module.
    """
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            for name in node.names:
                yield node.lineno, name.name
        elif isinstance(node, ast.ImportFrom):
            origin = "." * node.level + (node.module or "")
            yield node.lineno, origin
            for name in node.names:
                yield node.lineno, f"{origin}.{name.name}"


def _is_text(path: Path) -> bool:
    with path.open("rb") as file:
        return b"\0" not in file.read(1024)
