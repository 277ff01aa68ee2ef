"""One setting on the page: what it is, its control, its default, and what main said against the last change."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

import browser_os
from renderer.pages.design import CONTROL_HEIGHT, SPACE, shades
from renderer.pages.label import Label
from renderer.pages.settings.controls import control_for
from shared.channels.settings import SettingValue
from shared.settings import Kind, Setting, expectation


class Row(QWidget):
    """``setting`` as read from the declaration; values come with ``show_value``, changes go by ``context``."""

    def __init__(self, context: browser_os.Page, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        self._context = context
        self._value: SettingValue = setting.default
        self.is_modified = False
        self.title = Label(setting.title, weight=QFont.Weight.DemiBold)
        self._description = Label(setting.description, shade="secondary", scale=0.95)
        self.default = Label(f"Default: {words(setting, setting.default)}", shade="secondary", scale=0.88)
        self.error = Label(shade="danger", scale=0.95)
        self.error.hide()
        self.control = control_for(setting)
        self.control.setAccessibleName(setting.title)
        self.control.chosen.connect(self._on_control_chosen)
        self.reset = QToolButton()
        self.reset.setAutoRaise(True)
        self.reset.setFixedSize(CONTROL_HEIGHT, CONTROL_HEIGHT)
        self.reset.setIconSize(QSize(18, 18))
        self.reset.setToolTip("Put the default back")
        self.reset.setAccessibleName(f"Put the default of {setting.title} back")
        self.reset.clicked.connect(lambda: browser_os.start(self._change(None)))
        policy = self.reset.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(policy)
        self.reset.hide()
        self._lay_out()
        self._tint()

    def _lay_out(self) -> None:
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for label in (self.title, self._description, self.default):
            texts.addWidget(label)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 2)
        line.addLayout(texts, 3)
        line.addWidget(
            self.control, 2 if self.setting.kind is Kind.TEXT else 0, Qt.AlignmentFlag.AlignVCenter
        )
        line.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE * 3, SPACE * 2, SPACE * 2, SPACE * 2)
        column.setSpacing(SPACE)
        column.addLayout(line)
        column.addWidget(self.error)

    def matches(self, typed: str) -> bool:
        """Whether every word of ``typed`` is somewhere in what there is to know of the setting."""
        setting = self.setting
        labels = " ".join(choice.label for choice in setting.choices)
        everything = " ".join(
            (setting.title, setting.description, setting.category, setting.key, labels, *setting.keywords)
        ).casefold()
        return all(word in everything for word in typed.casefold().split())

    def show_value(self, value: SettingValue, *, modified: bool) -> None:
        """What main holds now. What was typed and not stored stays, unless the setting has changed meanwhile."""
        if value != self._value:
            self.error.hide()
        self._value = value
        self.is_modified = modified
        if self.error.isHidden():
            self.control.set_value(value)
        self.reset.setVisible(modified)
        self.update()

    def _on_control_chosen(self, value: SettingValue) -> None:
        if value == self._value and type(value) is type(self._value):
            self.error.hide()
            return
        browser_os.start(self._change(value))

    async def _change(self, value: SettingValue | None) -> None:
        try:
            if value is None:
                await self._context.settings.reset(self.setting.key)
            else:
                await self._context.settings.update(self.setting.key, value)
        except browser_os.IPCError as error:
            self._show_error(error)
        else:
            self.error.hide()

    def _show_error(self, error: browser_os.IPCError) -> None:
        if error.code is browser_os.ErrorCode.INVALID_PAYLOAD:
            self.error.setText(f"Not stored: {self.setting.title} takes {expectation(self.setting)}.")
        else:
            self.error.setText(f"Not stored: {error.message}")
        self.error.show()
        if self.setting.kind in (Kind.FLAG, Kind.CHOICE):
            self.control.set_value(
                self._value
            )  # what was typed stays, to be mended; what was pressed goes back

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        self.reset.setIcon(browser_os.icon("reset", shades(self.palette()).secondary))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The mark of a changed setting: a dot before its title."""
        if self.is_modified:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(shades(self.palette()).accent)
            painter.drawEllipse(QPointF(SPACE * 1.5, self.title.geometry().center().y() + 0.5), 3.5, 3.5)


def words(setting: Setting, value: SettingValue) -> str:
    """``value`` as people read it."""
    if setting.kind is Kind.FLAG:
        return "on" if value else "off"
    label = next((choice.label for choice in setting.choices if choice.value == value), str(value))
    return f"{label} {setting.unit}".strip()
