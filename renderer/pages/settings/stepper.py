"""A whole number, typed or stepped."""

from typing import Final

from PySide6.QtCore import QRectF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from renderer.pages.design import CONTROL_HEIGHT, font, shades
from renderer.pages.settings.control import Control
from renderer.pages.settings.field import Field
from shared.channels.settings import SettingValue

_END: Final = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_STEP_PAUSE: Final = 250
"""Milliseconds after the last step before its value is chosen: main takes a few changes a second."""


class NumberField(Field):
    """A number, and behind it its unit."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self._unit = unit

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(shades(self.palette()).secondary)
        painter.drawText(self.rect().adjusted(0, 0, -10, 0), _END, self._unit)


class StepButton(QAbstractButton):
    """A sign to press."""

    def __init__(self, sign: str, name: str) -> None:
        super().__init__()
        self.setText(sign)
        self.setAccessibleName(name)
        self.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoRepeat(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border_strong, 1))
        hovered = colours.card_hover if self.underMouse() else colours.page
        painter.setBrush(colours.card_pressed if self.isDown() else hovered)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8)
        painter.setFont(font(1.2))
        painter.setPen(colours.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class Stepper(Control):
    """A whole number: typed, or stepped with the buttons or the arrow keys."""

    def __init__(self, unit: str) -> None:
        super().__init__()
        self.line = NumberField(unit)
        self.line.setFixedWidth(72)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setAccessibleDescription(unit)
        self.less = StepButton("\N{MINUS SIGN}", "less")
        self.more = StepButton("+", "more")
        self._timer = QTimer(self, singleShot=True, interval=_STEP_PAUSE)
        self._timer.timeout.connect(self._choose)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for widget in (self.less, self.line, self.more):
            row.addWidget(widget)
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.line.editingFinished.connect(self._on_line_editing_finished)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_value(self, value: SettingValue) -> None:
        if not self.line.isModified() and not self._timer.isActive():
            self.line.setText(str(value))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._step(step)

    def _step(self, by: int) -> None:
        value = _number(self.line.text())
        if isinstance(value, int):
            self.line.setText(str(value + by))
            self._timer.start()

    def _on_line_editing_finished(self) -> None:
        if self.line.isModified():
            self._choose()

    def _choose(self) -> None:
        self.line.setModified(False)
        self._timer.stop()
        self.chosen.emit(_number(self.line.text()))


def _number(text: str) -> int | str:
    """What was typed as a number; as it is if it is none, for main to say so."""
    digits = text.strip()
    return int(digits) if digits.lstrip("-").isdecimal() and len(digits) < 16 else text
