"""Python, PySide6 and the packages."""

import platform
import re
import sys
from collections.abc import Callable, Iterable
from importlib import metadata

from tools.doctor.row import Row, judged
from tools.setup.interpreters import NEWEST, OLDEST

AGAIN = "start it with tools/start, which installs what is pinned"
LAST_PYSIDE_FOR_3_11 = (6, 11, 3)
FIRST_PYSIDE_AFTER = (6, 12)

Version = tuple[int, ...]


def numbers(text: str) -> Version:
    """``6.12.0rc1`` to ``(6, 12, 0)``."""
    return tuple(int(part) for part in re.findall(r"\d+", text.split("rc")[0].split("+")[0]))


def installed(name: str) -> str | None:
    """The installed version of a package, None without one."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def python_row(version: Version = tuple(sys.version_info[:3])) -> Row:
    """The interpreter."""
    return judged(
        "Python",
        f"{OLDEST[0]}.{OLDEST[1]} to {NEWEST[0]}.{NEWEST[1]}",
        f"{'.'.join(map(str, version))} ({platform.python_implementation()}, {sys.executable})",
        good=OLDEST <= version[:2] <= NEWEST,
        fix="install such a Python, then BROWSER_OS_PYTHON=3.13 tools/start",
    )


def pyside_row(python: Version, version_of: Callable[[str], str | None] = installed) -> Row:
    """PySide6, by the rule of pairs: 6.12 aborts on Python 3.11, and 6.11 is not tested on later ones."""
    pyside, shiboken = version_of("PySide6"), version_of("shiboken6")
    if python[:2] < (3, 12):
        needed = f"exactly {'.'.join(map(str, LAST_PYSIDE_FOR_3_11))} on Python 3.11"
        good = pyside is not None and numbers(pyside) == LAST_PYSIDE_FOR_3_11
    else:
        needed = f"{'.'.join(map(str, FIRST_PYSIDE_AFTER))} or later on Python 3.12 and later"
        good = pyside is not None and numbers(pyside) >= FIRST_PYSIDE_AFTER
    found = pyside or "not installed"
    if pyside != shiboken:
        found += f", with shiboken6 {shiboken or 'missing'}"
        good = False
    return judged("PySide6", needed, found, good=good, fix=AGAIN)


def packages_row(requirements: Iterable[str], version_of: Callable[[str], str | None] = installed) -> Row:
    """All other runtime packages in one row.

    Args:
        requirements: as ``browser-os`` declares them, such as ``msgspec>=0.20``.
        version_of: looks a package's version up.
    """
    wanted: dict[str, Version] = {}
    for line in requirements:
        if matched := re.match(r"([\w.-]+)(?:>=([\d.]+))?", line.partition(";")[0]):
            wanted[matched[1]] = numbers(matched[2] or "0")
    wanted.pop("PySide6", None)
    problems = []
    for name, least in sorted(wanted.items()):
        version = version_of(name)
        if version is None:
            problems.append(f"{name} missing")
        elif numbers(version) < least:
            problems.append(f"{name} {version}, older than {'.'.join(map(str, least))}")
    return judged(
        "Packages",
        ", ".join(sorted(wanted)),
        ", ".join(problems) or f"all {len(wanted)}",
        good=not problems,
        fix=AGAIN,
    )


def rows() -> list[Row]:
    """Everything about software."""
    version = tuple(sys.version_info[:3])
    declared = [line for line in metadata.requires("browser-os") or [] if "extra ==" not in line]
    return [python_row(version), pyside_row(version), packages_row(declared)]
