"""What a tab shows when the plugin's page could not be built: what failed, where, and what to do."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFontDatabase, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

_COLUMN = 760
"""Width of the text, in device-independent pixels."""


class ErrorPage(QWidget):
    """``what`` failed, in words; ``details`` is the traceback; ``advice`` says what mends it.

    ``reload`` opens the page again, in a new process.
    """

    def __init__(
        self, title: str, what: str, details: str, advice: str, reload: Callable[..., object]
    ) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setAutoFillBackground(True)
        heading = _label("This page could not be built", 1.7, bold=True)
        heading.setObjectName("heading")
        reason = _label(what)
        reason.setObjectName("what")
        self.details = QPlainTextEdit(details)
        self.details.setReadOnly(True)
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._advice = _label(advice)
        button = QPushButton("Reload")
        button.setMinimumHeight(32)
        button.clicked.connect(reload)
        column = QVBoxLayout()
        column.setSpacing(12)
        for widget in (heading, reason, self.details, self._advice):
            column.addWidget(widget, 1 if widget is self.details else 0)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        frame = QWidget()
        frame.setMaximumWidth(_COLUMN)
        frame.setLayout(column)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 48, 32, 48)
        row.addStretch()
        row.addWidget(frame, 100)
        row.addStretch()
        self._dim_advice()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the palette."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._dim_advice()

    def _dim_advice(self) -> None:
        dimmed = self.palette().color(QPalette.ColorRole.PlaceholderText)
        palette = self._advice.palette()
        if palette.color(QPalette.ColorRole.WindowText) != dimmed:
            palette.setColor(QPalette.ColorRole.WindowText, dimmed)
            self._advice.setPalette(palette)


def _label(text: str, scale: float = 1.0, *, bold: bool = False) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    font.setBold(bold)
    label.setFont(font)
    return label
