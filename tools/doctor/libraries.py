"""The system libraries that PySide6's own files need, asked of the dynamic linker."""

import re
import shutil
import subprocess
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from tools.doctor.row import Level, Row, judged
from tools.setup.system_packages import LIBRARIES, QT_FILES, install_command

_LDD_SECONDS = 30
NEEDED = "all that Qt, its xcb plugin and QtWebEngine load"


def missing_in(listing: str) -> set[str]:
    """Library names that ``ldd`` could not find."""
    return set(re.findall(r"^\s*(\S+) => not found", listing, re.MULTILINE))


def missing_libraries(files: Iterable[Path]) -> set[str]:
    """What the linker lacks to load ``files``; those that do not exist are passed over."""
    present = [str(file) for file in files if file.exists()]
    done = subprocess.run(
        ["ldd", *present],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_LDD_SECONDS,
        check=False,
    )
    return missing_in(done.stdout)


def row(missing: set[str]) -> Row:
    """The row for ``missing`` libraries."""
    packages = sorted({LIBRARIES[name] for name in missing if name in LIBRARIES})
    unknown = sorted(missing - LIBRARIES.keys())
    fixes = [install_command(packages)] if packages else []
    fixes += [f"install the package that has {name}" for name in unknown]
    return judged(
        "System libraries",
        NEEDED,
        f"missing: {', '.join(sorted(missing))}" if missing else "all",
        good=not missing,
        fix="; ".join(fixes),
    )


def rows() -> list[Row]:
    """Everything about libraries."""
    spec = find_spec("PySide6")
    if spec is None or spec.origin is None:
        return []
    if shutil.which("ldd") is None:
        return [
            Row(
                name="System libraries",
                needed=NEEDED,
                found="not looked at: there is no ldd",
                level=Level.WARN,
                fix="install ldd (on Debian: libc-bin)",
            )
        ]
    folder = Path(spec.origin).parent
    return [row(missing_libraries(folder / name for name in QT_FILES))]
