"""Finds the Python interpreters of this machine and picks one.

A name on the path proves nothing (pyenv's shims exist for versions that are switched off), so every
candidate is run and asked what it is.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.setup.errors import SetupError

OLDEST = (3, 11)
NEWEST = (3, 14)
"""Wheels of every pinned requirement exist up to here."""

_PROBE_SECONDS = 20
_PROBE = """
import importlib.util, json, sys, sysconfig
print(json.dumps({
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "version": list(sys.version_info[:3]),
    "suitable": sys.implementation.name == "cpython" and sys.version_info.releaselevel == "final"
        and not sysconfig.get_config_var("Py_GIL_DISABLED") and sys.maxsize > 2**32,
    "environments": importlib.util.find_spec("ensurepip") is not None,
}))
"""


@dataclass(frozen=True)
class Interpreter:
    """A Python that runs here."""

    path: str
    """The executable itself, never one inside a virtual environment."""
    version: tuple[int, int, int]
    makes_environments: bool
    """Whether ensurepip is there; Debian ships it in a package of its own."""

    @property
    def minor(self) -> str:
        """The version as wheels and folders name it, such as ``3.13``."""
        return f"{self.version[0]}.{self.version[1]}"

    @property
    def words(self) -> str:
        """Version and place, for people."""
        return f"Python {'.'.join(map(str, self.version))} ({self.path})"

    @property
    def debian_package(self) -> str | None:
        """Debian's package that lets it make environments, if it is Debian's Python."""
        if self.makes_environments or not self.path.startswith("/usr/bin/"):
            return None
        return f"python{self.minor}-venv"


def candidates(environ: Mapping[str, str], home: Path) -> list[Path]:
    """Every place where a Python might be, real files once each."""
    folders = [Path(entry) for entry in environ.get("PATH", os.defpath).split(os.pathsep) if entry]
    folders += [Path("/usr/bin"), Path("/usr/local/bin")]
    names = ["python3", *(f"python3.{minor}" for minor in range(NEWEST[1], OLDEST[1] - 1, -1))]
    places = [folder / name for folder in folders for name in names]
    places += sorted(home.glob(".pyenv/versions/*/bin/python3"))
    real: dict[Path, None] = {}
    for place in places:
        # A shim is a script: it must be run under its own name, not the one it links to.
        if place.is_file() and os.access(place, os.X_OK):
            real.setdefault(place.resolve() if place.parent.name != "shims" else place)
    return list(real)


def probe(path: Path) -> Interpreter | None:
    """Runs ``path`` and returns what it says it is, or None where it does not suit us."""
    try:
        answer = subprocess.run(
            [path, "-I", "-c", _PROBE], capture_output=True, text=True, timeout=_PROBE_SECONDS, check=False
        )
        told: dict[str, Any] = json.loads(answer.stdout or "{}")
    except (OSError, subprocess.TimeoutExpired, json.JSONDecodeError):
        return None
    if not told.get("suitable") or not OLDEST <= tuple(told["version"][:2]) <= NEWEST:
        return None
    major, minor, micro = told["version"]
    return Interpreter(os.path.realpath(told["path"]), (major, minor, micro), told["environments"])


def find(environ: Mapping[str, str], home: Path) -> list[Interpreter]:
    """All suitable interpreters, newest first, each once; of equals the system's own comes first."""
    found = {known.path: known for path in candidates(environ, home) if (known := probe(path))}
    return sorted(
        found.values(),
        key=lambda known: (known.version, known.path.startswith("/usr/"), known.path),
        reverse=True,
    )


def choose(wanted: str | None, found: Iterable[Interpreter], *, as_root: bool) -> Interpreter:
    """Picks the interpreter to use.

    Args:
        wanted: a version (``3.12``), a path, a name on the path, ``newest`` or None for the newest.
        found: what `find` returned.
        as_root: whether a missing Debian package can be installed.

    Raises:
        SetupError: there is none such; the message lists what there is.
    """
    known = list(found)
    if wanted in (None, "", "newest"):
        # Without root, a Python that lacks a package is worse than an older one that is complete.
        ready = [one for one in known if one.makes_environments or (as_root and one.debian_package)]
        for one in ready or [one for one in known if one.debian_package]:
            return one
        raise SetupError(_none_found("Python 3.11 to 3.14", known))
    for one in known:
        if wanted == one.minor or wanted == ".".join(map(str, one.version)):
            return one
    named = shutil.which(wanted) if not _is_version(wanted) else None
    if named and (one_named := probe(Path(named))):
        return one_named
    raise SetupError(_none_found(f"the Python asked for ({wanted})", known))


def _is_version(text: str) -> bool:
    return text.replace(".", "").isdigit()


def _none_found(what: str, known: list[Interpreter]) -> str:
    have = ", ".join(one.words for one in known) or "none"
    return (
        f"{what} was not found or does not suit (CPython {OLDEST[0]}.{OLDEST[1]} to "
        f"{NEWEST[0]}.{NEWEST[1]}, 64 bit, a release). Found: {have}."
    )
