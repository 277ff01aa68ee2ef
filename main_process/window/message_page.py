"""The common shape of pages that main draws itself: icon, title, text, a code to search for, what to do next."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from main_process.window import tokens
from main_process.window.icons import Icon
from main_process.window.labels import IconLabel, label
from main_process.window.theme import monospace_font


class MessagePage(QScrollArea):
    """A column in the middle of the tab; it scrolls where the tab is too small for it."""

    def __init__(self, icon: Icon, *, tone: str, name: str) -> None:
        """``tone`` is a colour token with a soft variant (``danger``, ``warning``, ``accent``)."""
        super().__init__()
        self.setObjectName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QWidget()
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(tokens.SPACE_5, tokens.SPACE_5, tokens.SPACE_5, tokens.SPACE_5)
        self._column.setSpacing(tokens.SPACE_3)
        self._column.addWidget(IconLabel(icon, tone, 30, ground=f"{tone}_soft", ground_side=60))
        self._column.addSpacing(tokens.SPACE_1)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(tokens.SPACE_2)
        outside = QWidget()
        outside.setObjectName("message-page")
        rows = QVBoxLayout(outside)
        rows.setContentsMargins(0, 0, 0, 0)
        # No alignment flags: with them Qt forgets that a wrapped text's height depends on its width.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(column)
        middle.addStretch(1)
        rows.addStretch(2)
        rows.addLayout(middle)
        rows.addStretch(3)
        self._fit = column
        self.setWidget(outside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit.setFixedWidth(max(240, min(tokens.PAGE_WIDTH, self.viewport().width())))
        super().resizeEvent(event)

    def add_text(self, text: str, kind: str) -> QLabel:
        """A paragraph that wraps and can be selected."""
        paragraph = label(text, kind)
        paragraph.setWordWrap(True)
        paragraph.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._column.addWidget(paragraph)
        return paragraph

    def add_steps(self, steps: tuple[str, ...]) -> None:
        """What to try, one line each."""
        for step in steps:
            row = QHBoxLayout()
            row.setSpacing(tokens.SPACE_2)
            row.addWidget(label("•", "secondary"), 0, Qt.AlignmentFlag.AlignTop)
            text = label(step, "secondary")
            text.setWordWrap(True)
            row.addWidget(text, 1)
            self._column.addLayout(row)

    def add_code(self, code: str) -> QLabel:
        """Something to search the web for; one click selects it."""
        chip = label(code, "code")
        chip.setObjectName("code")
        chip.setFont(monospace_font(tokens.FONT_SMALL))
        chip.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        chip.setAccessibleName(f"Code {code}")
        self._column.addWidget(chip, 0, Qt.AlignmentFlag.AlignLeft)
        return chip

    def add_buttons(self, *buttons: QPushButton) -> None:
        """The next steps, the likeliest first."""
        self._column.addSpacing(tokens.SPACE_3)
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)
        self._column.addLayout(self._buttons)
        self.setFocusProxy(buttons[0])

    def texts(self) -> list[str]:
        """Every text on it, top to bottom."""
        return [found.text() for found in self.findChildren(QLabel)]
