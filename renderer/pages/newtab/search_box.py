"""The search box: a large rounded line with a magnifying glass."""

from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLineEdit, QWidget

import browser_os
from renderer.pages.design import font, shades

_HEIGHT: Final = 52
_ICON: Final = 20
_LEFT: Final = 52


class SearchBox(QLineEdit):
    """An address or words to search for; ``returnPressed`` when it is to be opened."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setFrame(False)
        self.setFixedHeight(_HEIGHT)
        self.setTextMargins(_LEFT, 0, 24, 0)
        self._refresh()

    def _refresh(self) -> None:
        self.setFont(font(1.15))
        palette = QPalette(self.palette())
        # The rounded frame is painted below; the line itself lets it be seen.
        palette.setColor(QPalette.ColorRole.Base, "transparent")
        if palette.color(QPalette.ColorRole.Base) != self.palette().color(QPalette.ColorRole.Base):
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.ApplicationFontChange):
            self._refresh()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.window().palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_focused = self.hasFocus()
        painter.setBrush(colours.card)
        painter.setPen(QPen(colours.accent if is_focused else colours.border_strong, 2 if is_focused else 1))
        inset = 1.0 if is_focused else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, frame.height() / 2, frame.height() / 2)
        glass = browser_os.icon("search", colours.secondary).pixmap(
            QSize(_ICON, _ICON), self.devicePixelRatioF()
        )
        painter.drawPixmap(20, (self.height() - _ICON) // 2, glass)
        painter.end()
        super().paintEvent(event)
