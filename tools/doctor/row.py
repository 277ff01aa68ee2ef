"""One line of the doctor's table."""

from enum import StrEnum

import msgspec


class Level(StrEnum):
    """How much it matters."""

    OK = "ok"
    WARN = "warn"
    """The shell works, with less."""
    FAIL = "fail"
    """The shell, or pages in it, will not work."""


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """One thing looked at."""

    name: str
    needed: str
    """What there should be, in words."""
    found: str
    """What there is, in words."""
    level: Level = Level.OK
    fix: str = ""
    """What a person can do about it; never empty unless the level is ok."""


def judged(name: str, needed: str, found: str, *, good: bool, fix: str, otherwise: Level = Level.FAIL) -> Row:
    """A row that is ok when ``good``, and else ``otherwise`` with its ``fix``."""
    if good:
        return Row(name=name, needed=needed, found=found)
    return Row(name=name, needed=needed, found=found, level=otherwise, fix=fix)
