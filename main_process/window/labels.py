"""Labels of the design: always plain text, so nothing a page says can be markup."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from main_process.window import icons
from main_process.window.icons import Icon
from main_process.window.theme import theme


def label(text: str, kind: str, parent: QWidget | None = None) -> QLabel:
    """``kind`` is title, heading, body, secondary or code, as in the style sheet."""
    result = QLabel(parent)
    result.setTextFormat(Qt.TextFormat.PlainText)
    result.setProperty("kind", kind)
    result.setText(text)
    return result


class IconLabel(QWidget):
    """One icon in a colour of the theme, on a round ground if ``ground`` names one."""

    def __init__(self, icon: Icon, color: str, side: int, *, ground: str = "", ground_side: int = 0) -> None:
        super().__init__()
        self._icon, self._color, self._side, self._ground = icon, color, side, ground
        self.setFixedSize(max(side, ground_side), max(side, ground_side))
        theme().changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        if self._ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().color(self._ground))
            painter.drawEllipse(area)
        inset = (area.width() - self._side) / 2
        icons.paint(
            painter,
            self._icon,
            area.adjusted(inset, inset, -inset, -inset),
            QColor(theme().color(self._color)),
        )
        painter.end()
