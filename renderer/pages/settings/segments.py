"""A choice between a few values, all in sight."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from renderer.pages.design import CONTROL_HEIGHT, font, shades
from renderer.pages.settings.control import Control
from shared.channels.settings import SettingValue
from shared.settings import Choice


class Segment(QAbstractButton):
    """One of the values of ``Segments``."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.value = choice.value
        self.setText(choice.label)
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + 32, CONTROL_HEIGHT - 4)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pill = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setPen(QPen(colours.accent, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        if self.isChecked():
            painter.setBrush(colours.accent)
        elif self.underMouse():
            painter.setBrush(colours.card_pressed)
        else:
            painter.setBrush(Qt.BrushStyle.NoBrush)
        if self.hasFocus() and self.isChecked():
            painter.setPen(QPen(colours.text, 2))
        painter.drawRoundedRect(pill, 6, 6)
        painter.setFont(font(1.0, QFont.Weight.Medium if self.isChecked() else QFont.Weight.Normal))
        painter.setPen(colours.on_accent if self.isChecked() else colours.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Segments(Control):
    """A choice between a few values, all in sight; arrow keys move between them."""

    def __init__(self, choices: tuple[Choice, ...]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        self.segments = [Segment(choice) for choice in choices]
        for segment in self.segments:
            row.addWidget(segment)
            segment.clicked.connect(lambda _=False, value=segment.value: self.chosen.emit(value))
        self.setFixedHeight(CONTROL_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_value(self, value: SettingValue) -> None:
        for segment in self.segments:
            segment.setChecked(segment.value == value)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border_strong, 1))
        painter.setBrush(colours.page)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
