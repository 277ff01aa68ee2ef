"""The shell's version, and requirements on it as plugins write them (``>=0.1,<2``)."""

import re
from typing import Final

VERSION: Final = "0.1.0"
"""The same as in ``pyproject.toml``; a test compares them."""

_CLAUSE: Final = re.compile(r"\s*(>=|<=|==|!=|>|<)\s*(\d{1,6}(?:\.\d{1,6}){0,2})\s*")


def satisfies(requirement: str, version: str = VERSION) -> bool:
    """Whether ``version`` meets every comma-separated clause of ``requirement``.

    Raises:
        ValueError: ``requirement`` is not such a list; the message says what one looks like.
    """
    # All are looked at: a clause that is none is told, whatever the others say.
    verdicts = [_holds(clause, _numbers(version)) for clause in requirement.split(",")]
    return all(verdicts)


def _holds(clause: str, version: tuple[int, ...]) -> bool:
    match = _CLAUSE.fullmatch(clause)
    if match is None:
        raise ValueError(f"a comparison and a version, such as '>=0.1', not {clause.strip()!r}")
    operator, wanted = match[1], _numbers(match[2])
    return {
        ">=": version >= wanted,
        "<=": version <= wanted,
        "==": version == wanted,
        "!=": version != wanted,
        ">": version > wanted,
        "<": version < wanted,
    }[operator]


def _numbers(version: str) -> tuple[int, ...]:
    parts = [int(part) for part in version.split(".")]
    return tuple(parts + [0] * (3 - len(parts)))
