"""Where a running shell keeps its sockets: the one rule that main and the tools both follow. Pure: no disk is read.

The runtime directory is ``$XDG_RUNTIME_DIR/browser-os``, or ``/tmp/browser-os-<uid>`` where there is none; each
profile has a folder in it, named by a hash of the profile's path. Who uses a directory checks its owner and mode.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

INSTANCE_SOCKET: Final = "instance"
"""Where a second start hands over its addresses."""

INSPECTOR_SOCKET: Final = "inspector"
"""Where inspectors attach; there only while the shell runs with ``--inspect``."""

INSPECTOR_TOKEN: Final = "inspector.token"
"""The token of this start, readable by the user alone."""


def runtime_root(environment: Mapping[str, str], uid: int) -> Path:
    """The runtime directory of the user. A relative ``XDG_RUNTIME_DIR`` counts as none, as its standard says."""
    base = environment.get("XDG_RUNTIME_DIR", "")
    return Path(base, "browser-os") if base.startswith("/") else Path(f"/tmp/browser-os-{uid}")


def runtime_directory(profile: Path, environment: Mapping[str, str], uid: int) -> Path:
    """The runtime directory of ``profile``, which must be absolute and resolved. Raises ValueError otherwise."""
    if not profile.is_absolute() or ".." in profile.parts:
        raise ValueError(f"expected an absolute, resolved profile path, got {profile}")
    name = hashlib.sha256(bytes(profile)).hexdigest()[:16]
    return runtime_root(environment, uid) / name
