"""Widgets that are shown both by a page of the shell and by a bare process: what differs is the way to the screen."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

FRAME_MS = 16


class Animation(QWidget):
    """Every pixel changes, sixty times a second. ``painted`` counts."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Animation")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.painted = 0
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.timeout.connect(self.update)
        timer.start(FRAME_MS)

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor.fromHsv(self.painted * 7 % 360, 200, 200))
        painter.fillRect(self.painted * 5 % max(1, self.width()), 20, 60, 60, Qt.GlobalColor.white)


class Typing(QWidget):
    """Every key changes every pixel."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Typing")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keys = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.keys += 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor.fromHsv(self.keys * 47 % 360, 200, 200))
