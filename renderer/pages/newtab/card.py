"""A card: one page of the launcher, to click or to choose with the keyboard."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFocusEvent,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

import browser_os
from renderer.pages.design import RADIUS, font, shades

_ARROWS: Final = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_HEIGHT: Final = 72
_TILE: Final = 40
_PADDING: Final = 16
_ICON: Final = 22


class Card(QAbstractButton):
    """Shows an icon, ``title`` and ``summary``. ``url`` is where it leads."""

    def __init__(self, url: str, title: str, summary: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.url = url
        self.summary = summary
        self._icon_name = icon
        self.setText(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(summary)
        self.setToolTip(url)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def matches(self, words: str) -> bool:
        """Whether what was typed is part of its title, summary or address."""
        return all(
            word in f"{self.text()} {self.summary} {self.url}".casefold() for word in words.casefold().split()
        )

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _ARROWS:
            event.ignore()  # the page knows its rows; a button would go to any button near by
        else:
            super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_focused = self.hasFocus()
        fill = (
            colours.card_pressed
            if self.isDown()
            else colours.card_hover
            if self.underMouse()
            else colours.card
        )
        painter.setBrush(fill)
        painter.setPen(QPen(colours.accent if is_focused else colours.border, 2 if is_focused else 1))
        inset = 1.0 if is_focused else 0.5
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
        tile = QRectF(_PADDING, (self.height() - _TILE) / 2, _TILE, _TILE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.accent_soft)
        painter.drawRoundedRect(tile, 10, 10)
        picture = browser_os.icon(self._icon_name, colours.accent).pixmap(
            QSize(_ICON, _ICON), self.devicePixelRatioF()
        )
        painter.drawPixmap(QPointF(tile.center().x() - _ICON / 2, tile.center().y() - _ICON / 2), picture)
        self._paint_texts(painter, QRectF(self.rect()).adjusted(_PADDING + _TILE + 14, 0, -_PADDING, 0))

    def _paint_texts(self, painter: QPainter, area: QRectF) -> None:
        colours = shades(self.palette())
        title_font, summary_font = font(1.0, QFont.Weight.DemiBold), font(0.92)
        title, summary = QFontMetrics(title_font), QFontMetrics(summary_font)
        height = title.height() + (summary.height() + 2 if self.summary else 0)
        top = area.top() + (area.height() - height) / 2
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(title_font)
        painter.setPen(colours.text)
        painter.drawText(
            QPointF(area.left(), top + title.ascent()),
            title.elidedText(self.text(), elide, int(area.width())),
        )
        if self.summary:
            painter.setFont(summary_font)
            painter.setPen(colours.secondary)
            line = QPointF(area.left(), top + title.height() + 2 + summary.ascent())
            painter.drawText(line, summary.elidedText(self.summary, elide, int(area.width())))
