"""What a renderer may see of the environment that main was started from."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

SCREENS: Final = Path(__file__).with_name("screens.json")
"""One screen for each device pixel ratio: a surface changes its ratio by moving to another screen.

By ``logicalDpi``: the platform's own ratio key does not reach the backing store. Sorted by name, the first is the
primary one.
"""

_ALLOWED: Final = frozenset(
    {
        "HOME", "LANG", "LANGUAGE", "LOGNAME", "PATH", "SHELL", "TMPDIR", "TZ", "USER",
        "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY", "all_proxy", "http_proxy", "https_proxy", "no_proxy",
        "SSL_CERT_DIR", "SSL_CERT_FILE",
        "FONTCONFIG_FILE", "FONTCONFIG_PATH", "XDG_DATA_DIRS",
    }
)  # fmt: skip
"""No display, no session bus, nothing that steers the loader, Python or QtWebEngine."""

_OURS: Final = {
    "QT_QPA_PLATFORM": f"offscreen:configfile={SCREENS}",
    # The platform opens a GLX display otherwise, if it finds one.
    "QT_QPA_OFFSCREEN_NO_GLX": "1",
    # Blitted scrolling emits no paint events: damage would be missed.
    "QT_NO_FAST_SCROLL": "1",
    "QT_NO_FAST_MOVE": "1",
    "QT_IM_MODULE": "none",
    "QT_QUICK_BACKEND": "software",
}


def clean(environment: Mapping[str, str], *, home: str | None) -> dict[str, str]:
    """What is left of ``environment`` for a renderer; ``home`` takes the place of HOME (None: it has none)."""
    kept = {name: value for name, value in environment.items() if name in _ALLOWED or name.startswith("LC_")}
    kept["HOME"] = home if home is not None else "/nonexistent"
    return kept | _OURS
