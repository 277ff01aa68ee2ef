"""Surroundings of the whole test run: no display, no settings of the person who runs it, folders of its own.

Imported before Qt is, since Qt reads its environment once.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_CLEARED_PREFIXES = ("QT_", "QTWEBENGINE_", "QML", "XDG_", "BROWSER_OS_")
_CLEARED = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "NO_AT_BRIDGE")

QT_ENVIRONMENT = {
    "QT_QPA_PLATFORM": "offscreen",
    # Scrolling by copying old pixels makes what is painted depend on what was there before.
    "QT_NO_FAST_SCROLL": "1",
    "QT_NO_FAST_MOVE": "1",
}


def isolate() -> None:
    """Changes this process's environment; its folders go when it ends."""
    for name in list(os.environ):
        if name.startswith(_CLEARED_PREFIXES) or name in _CLEARED:
            del os.environ[name]
    home = Path(tempfile.mkdtemp(prefix="browser-os-tests-"))
    owner = os.getpid()

    def remove() -> None:
        # A forked child runs this too when it exits by the usual way; the folders are not its own.
        if os.getpid() == owner:
            shutil.rmtree(home, ignore_errors=True)

    atexit.register(remove)
    runtime = home / "runtime"
    runtime.mkdir(mode=0o700)
    os.environ.update(
        QT_ENVIRONMENT,
        HOME=str(home),
        XDG_RUNTIME_DIR=str(runtime),
        LC_ALL="C.UTF-8",
    )
