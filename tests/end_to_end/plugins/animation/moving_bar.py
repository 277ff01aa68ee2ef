"""A bar that moves sixty times a second, so that a gap between frames can be seen from outside."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

import browser_os


class MovingBar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self._step = 0
        self.setWindowTitle("Animation")
        timer = QTimer(self)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(16)
        timer.timeout.connect(self._move)
        timer.start()

    def _move(self) -> None:
        self._step += 1
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        painter.fillRect(self._step * 5 % max(1, self.width()), 20, 60, 60, Qt.GlobalColor.darkBlue)


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    return MovingBar()
