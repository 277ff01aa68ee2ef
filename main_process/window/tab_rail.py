"""What the tabs of the strip slide on, and how they vanish at its ends."""

from itertools import pairwise

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QWidget

from main_process.window import tokens
from main_process.window.tab_button import TabButton
from main_process.window.theme import theme

FLARE = tokens.RADIUS_MEDIUM
"""How far the feet of the current tab reach beyond its own width, at each end."""
FADE_WIDTH = 24


class TabRail(QWidget):
    """Clips the tabs, draws the ground of the current one, and lines between quiet neighbours.

    ``buttons`` is the strip's own list, in its order.
    """

    def __init__(self, strip: QWidget, buttons: list[TabButton]) -> None:
        super().__init__(strip)
        self._buttons = buttons

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for pair in pairwise(self._buttons):
            if not any(button.isChecked() or button.underMouse() for button in pair):
                y = self.height() - tokens.TAB_HEIGHT + 9
                painter.fillRect(QRectF(pair[1].x() - 0.5, y, 1, 16), QColor(colors.border_strong))
        for button in self._buttons:
            if button.isChecked():
                painter.fillPath(current_shape(QRectF(button.geometry())), QColor(colors.toolbar))
        painter.end()


class EdgeFade(QWidget):
    """Lets tabs that are scrolled out of sight vanish softly instead of being cut."""

    def __init__(self, strip: QWidget, *, at_left: bool) -> None:
        super().__init__(strip)
        self._at_left = at_left
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.resize(FADE_WIDTH, tokens.TAB_STRIP_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = theme().color("frame")
        clear = QColor(ground)
        clear.setAlpha(0)
        gradient = QLinearGradient(0, 0, self.width(), 0)
        gradient.setColorAt(0, ground if self._at_left else clear)
        gradient.setColorAt(1, clear if self._at_left else ground)
        painter = QPainter(self)
        painter.fillRect(self.rect(), gradient)
        painter.end()


def current_shape(slot: QRectF) -> QPainterPath:
    """A tab with rounded shoulders whose feet run out into the toolbar; ``slot`` is its own width."""
    radius = float(FLARE)
    left, right, bottom = slot.left(), slot.right(), slot.bottom()
    top = bottom - tokens.TAB_HEIGHT
    path = QPainterPath()
    path.moveTo(left - radius, bottom)
    path.quadTo(left, bottom, left, bottom - radius)
    path.lineTo(left, top + radius)
    path.quadTo(left, top, left + radius, top)
    path.lineTo(right - radius, top)
    path.quadTo(right, top, right, top + radius)
    path.lineTo(right, bottom - radius)
    path.quadTo(right, bottom, right + radius, bottom)
    path.closeSubpath()
    return path
