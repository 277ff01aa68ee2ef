"""Where in a TOML text each key stands. ``tomllib`` keeps no lines, and an error without one is half an error."""

import re
from collections.abc import Mapping

Path = tuple[str | int, ...]
"""Keys and indices from the top: ``("pages", 0, "entry")``."""

_HEADER = re.compile(r"^\s*(\[\[?)\s*([^\]]+?)\s*\]")
_KEY = re.compile(r"^\s*([A-Za-z0-9_\-\"'. ]+?)\s*=")
_STRING_OR_COMMENT = re.compile(r"\"(?:\\.|[^\"\\])*\"|'[^']*'|#.*")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([A-Za-z0-9_\-]+)")


def key_lines(text: str) -> dict[Path, int]:
    """The line (from 1) of every table header and of every ``key =`` that begins a line.

    Made for valid TOML. What stands inside a value (inline tables, arrays) has no line of its own:
    ask :func:`line_of`, which falls back to what encloses it.
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    fence: str | None = None
    depth = 0
    for number, line in enumerate(text.splitlines(), start=1):
        if fence is not None:
            if fence in line:
                fence = None
            continue
        if depth > 0:
            depth += _brackets(line)
            continue
        header = _HEADER.match(line)
        if header is not None:
            table = _resolve(_parts(header[2]), counts, new=header[1] == "[[")
            lines.setdefault(table, number)
            continue
        key = _KEY.match(line)
        if key is not None:
            path = table
            for part in _parts(key[1]):
                path = (*path, part)
                lines.setdefault(path, number)
        fence = _opened_fence(line)
        depth = 0 if fence else _brackets(line)
    return lines


def line_of(path: Path, lines: Mapping[Path, int]) -> int | None:
    """The line of ``path``, else of the nearest thing around it."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple(double or single or bare for double, single, bare in _PART.findall(dotted))


def _resolve(parts: tuple[str, ...], counts: dict[Path, int], *, new: bool) -> Path:
    """The path of a header, with the index of the newest element of every array of tables on the way."""
    path: Path = ()
    for position, part in enumerate(parts):
        path = (*path, part)
        if new and position == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = (*path, counts[path])
    return path


def _opened_fence(line: str) -> str | None:
    """The quotes of a multi-line string that this line leaves open."""
    for fence in ('"""', "'''"):
        if line.count(fence) % 2 == 1:
            return fence
    return None


def _brackets(line: str) -> int:
    """How many more brackets and braces a line opens than it closes, strings and comments aside."""
    bare = _STRING_OR_COMMENT.sub("", line)
    return sum(bare.count(bracket) for bracket in "[{") - sum(bare.count(bracket) for bracket in "]}")
