"""How a page's widget is placed on the imaginary screens that renderers live on.

Qt's offscreen platform has one for each device pixel ratio (``renderer/screens.json``), all larger than a surface.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget


def prepare(root: QWidget) -> None:
    """Make ``root`` a bare top-level widget: main's window is its frame."""
    root.setWindowFlags(Qt.WindowType.Window | Qt.WindowType.FramelessWindowHint)


def place(root: QWidget, width: int, height: int, device_pixel_ratio: float) -> None:
    """Size ``root`` to ``width`` × ``height`` device pixels, on the screen whose ratio comes nearest."""
    screen = _nearest(device_pixel_ratio)
    if root.screen() != screen:
        root.setScreen(screen)
    if root.pos() != screen.geometry().topLeft():
        root.move(screen.geometry().topLeft())
    ratio = screen.devicePixelRatio()
    root.resize(max(round(width / ratio), 1), max(round(height / ratio), 1))


def _nearest(device_pixel_ratio: float) -> QScreen:
    return min(
        QGuiApplication.screens(), key=lambda screen: abs(screen.devicePixelRatio() - device_pixel_ratio)
    )
