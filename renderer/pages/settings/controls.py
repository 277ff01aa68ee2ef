"""The controls of the settings: which goes with which kind. No combo boxes: a choice shows all there is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from renderer.pages.design import shades
from renderer.pages.settings.control import Control
from renderer.pages.settings.field import Field
from renderer.pages.settings.segments import Segments
from renderer.pages.settings.stepper import Stepper
from shared.channels.settings import SettingValue
from shared.settings import Kind, Setting


def control_for(setting: Setting) -> Control:
    """The control of ``setting``'s kind."""
    if setting.kind is Kind.FLAG:
        return Switch()
    if setting.kind is Kind.CHOICE:
        return Segments(setting.choices)
    if setting.kind is Kind.NUMBER:
        return Stepper(setting.unit)
    return TextLine(setting.title)


class Switch(Control):
    """On or off."""

    def __init__(self) -> None:
        super().__init__()
        self._is_on = False
        self.setFixedSize(44, 24)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_value(self, value: SettingValue) -> None:
        self._is_on = value is True
        self.setAccessibleDescription("on" if self._is_on else "off")
        self.update()

    def _toggle(self) -> None:
        self.set_value(not self._is_on)
        self.chosen.emit(self._is_on)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self._toggle()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._toggle()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(colours.accent if self._is_on else colours.border_strong)
        painter.setPen(QPen(colours.text, 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.on_accent if self._is_on else colours.page)
        centre = track.right() - track.height() / 2 if self._is_on else track.left() + track.height() / 2
        painter.drawEllipse(QPointF(centre, track.center().y()), 8.0, 8.0)


class TextLine(Control):
    """A line of text, chosen with Enter or by leaving it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.line: QLineEdit = Field()
        self.line.setAccessibleName(name)
        self.line.setMinimumWidth(200)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.line.editingFinished.connect(self._on_line_editing_finished)

    def set_value(self, value: SettingValue) -> None:
        if not self.line.isModified():
            self.line.setText(str(value))
            self.line.setCursorPosition(0)

    def _on_line_editing_finished(self) -> None:
        if self.line.isModified():
            self.line.setModified(False)
            self.chosen.emit(self.line.text())
