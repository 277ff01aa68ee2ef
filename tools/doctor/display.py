"""Display, Qt's platform plugins and fonts, by opening them."""

import os
from collections.abc import Mapping

from tools.doctor.attempt import TrialFailed, in_program
from tools.doctor.row import Level, Row, judged
from tools.setup.system_packages import FONT_PACKAGE, install_command

_OPEN = """
import json
from PySide6.QtGui import QFontDatabase, QGuiApplication
application = QGuiApplication(["doctor"])
screen = application.primaryScreen()
print(json.dumps({
    "platform": application.platformName(),
    "screen": f"{screen.size().width()}x{screen.size().height()}" if screen else "no screen",
    "families": len(QFontDatabase.families()),
}))
"""


def display_row(environ: Mapping[str, str]) -> Row:
    """The display that windows would open on."""
    needed = "an X11 or Wayland display, for a window"
    named = [f"{name}={environ[name]}" for name in ("WAYLAND_DISPLAY", "DISPLAY") if environ.get(name)]
    if not named:
        return Row(
            name="Display",
            needed=needed,
            found="none: DISPLAY and WAYLAND_DISPLAY are not set",
            level=Level.WARN,
            fix="start in a graphical session; without one the shell runs as with --headless",
        )
    try:
        told = in_program(["-c", _OPEN], environ)
    except TrialFailed as failure:
        return Row(
            name="Display",
            needed=needed,
            found=f"{', '.join(named)} cannot be opened: {failure}",
            level=Level.FAIL,
            fix="log in to the session that the display belongs to, or start with --headless",
        )
    return Row(
        name="Display", needed=needed, found=f"{', '.join(named)}: {told['platform']}, {told['screen']}"
    )


def renderer_rows(environ: Mapping[str, str]) -> list[Row]:
    """What renderers draw with: Qt without a display, and fonts."""
    needed = "opens"
    try:
        told = in_program(["-c", _OPEN], {**environ, "QT_QPA_PLATFORM": "offscreen"})
    except TrialFailed as failure:
        return [
            Row(
                name="Qt without a display",
                needed=needed,
                found=str(failure),
                level=Level.FAIL,
                fix="see System libraries above; if they are all there, make .venv anew",
            )
        ]
    families = told["families"]
    return [
        Row(name="Qt without a display", needed=needed, found="opens"),
        judged(
            "Fonts",
            "at least one family",
            f"{families} families" if families != 1 else "1 family",
            good=families > 0,
            fix=install_command([FONT_PACKAGE]),
        ),
    ]


def rows() -> list[Row]:
    """Everything about display and drawing."""
    environ = dict(os.environ)
    return [display_row(environ), *renderer_rows(environ)]
