"""The imaginary screens that renderers live on, and how a page's widget is placed on one.

Qt's offscreen platform reads them from ``screens.json``: one for each device pixel ratio, larger than any surface
(a popup is only ever moved by the edge of its surface). Qt sorts screens by name, so the plain one is called first.
"""

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

CONFIGURATION: Final = Path(__file__).with_name("screens.json")

ENVIRONMENT: Final = {
    "QT_QPA_PLATFORM": f"offscreen:configfile={CONFIGURATION}",
    # Else the platform opens GLX on whatever display there is.
    "QT_QPA_OFFSCREEN_NO_GLX": "1",
    # Scrolled and moved pixels would change without a paint event to tell of it: 27 wrong frames in 400 operations.
    "QT_NO_FAST_SCROLL": "1",
    "QT_NO_FAST_MOVE": "1",
    "QT_QUICK_BACKEND": "software",
    "QT_IM_MODULE": "none",
}
"""What must stand in the environment before a renderer's QApplication is made."""

UNWANTED: Final = ("DISPLAY", "WAYLAND_DISPLAY", "XAUTHORITY", "DBUS_SESSION_BUS_ADDRESS", "QT_IM_MODULES")
"""What must not."""


def prepare(root: QWidget) -> None:
    """Make ``root`` a bare top-level widget: main's window is its frame."""
    root.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)


def place(root: QWidget, width: int, height: int, device_pixel_ratio: float) -> None:
    """Size ``root`` to ``width`` × ``height`` device pixels on the screen whose ratio comes nearest."""
    screen = _nearest(device_pixel_ratio)
    if root.screen() != screen:
        root.setScreen(screen)
    if root.pos() != screen.geometry().topLeft():
        root.move(screen.geometry().topLeft())
    ratio = screen.devicePixelRatio()
    root.resize(max(round(width / ratio), 1), max(round(height / ratio), 1))


def _nearest(device_pixel_ratio: float) -> QScreen:
    return min(QGuiApplication.screens(), key=lambda screen: abs(screen.devicePixelRatio() - device_pixel_ratio))
