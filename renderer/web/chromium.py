"""Chromium's command line and environment: fixed here, before QtWebEngine is first used, and by nobody else."""

from collections.abc import MutableMapping
from typing import Final

FLAGS: Final = (
    # Measured without a GPU at 1280×720: 56 frames/s of scrolling text, 60 of full repaints. SwiftShader through
    # ANGLE would bring WebGL, but did not get through the same page within a minute.
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-domain-reliability",
    "--disable-breakpad",
    "--no-pings",
    # Its complaints about the missing system bus would push a crash's last words out of the bounded log.
    "--log-level=3",
)
"""No ``--no-sandbox``, ever; no remote debugging; the system's proxy stays as it is."""

_STEERING: Final = ("QTWEBENGINE_", "QTWEBENGINEPROCESS_", "CHROME_", "CHROMIUM_", "GOOGLE_")
"""Beginnings of variables that change what QtWebEngine or Chromium do: one of them drops the sandbox silently."""


def prepare(environment: MutableMapping[str, str]) -> None:
    """Leave nothing in ``environment`` that steers Chromium but our own flags. To be called before QApplication."""
    for name in [name for name in environment if name.startswith(_STEERING)]:
        del environment[name]
    environment["QTWEBENGINE_CHROMIUM_FLAGS"] = " ".join(FLAGS)
