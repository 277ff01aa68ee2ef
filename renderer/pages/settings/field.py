"""A line to type in, with the design's frame."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit

from renderer.pages.design import CONTROL_HEIGHT, font, shades

_PADDING: Final = 8


class Field(QLineEdit):
    """As QLineEdit. ``left`` leaves room for something that a subclass paints."""

    def __init__(self, left: int = _PADDING, height: int = CONTROL_HEIGHT) -> None:
        super().__init__()
        self.setFrame(False)
        self.setFixedHeight(height)
        self.setTextMargins(left, 0, _PADDING, 0)
        self._refresh()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange):
            self._refresh()

    def _refresh(self) -> None:
        if self.font() != font():
            self.setFont(font())
        palette = QPalette(self.palette())
        if palette.color(QPalette.ColorRole.Base).alpha() != 0:
            # The frame is painted below; the line itself lets it be seen.
            palette.setColor(QPalette.ColorRole.Base, "transparent")
            self.setPalette(palette)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colours.page)
        painter.setPen(QPen(colours.accent, 2) if self.hasFocus() else QPen(colours.border_strong, 1))
        inset = 1.0 if self.hasFocus() else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), 8, 8)
        painter.end()
        super().paintEvent(event)
