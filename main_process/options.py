"""What the shell was started with."""

from pathlib import Path
from typing import NamedTuple


class Options(NamedTuple):
    """The command line, checked. ``addresses`` are as typed; ``size`` is pixels."""

    addresses: tuple[str, ...] = ()
    headless: bool = False
    screenshot: Path | None = None
    size: tuple[int, int] = (1280, 800)
    profile: Path | None = None
    private: bool = False
    theme: str | None = None
    inspect: bool = False
    spawn: bool = False
    """Make every process anew instead of forking it: no option of the command line, but of ``measuring``."""
