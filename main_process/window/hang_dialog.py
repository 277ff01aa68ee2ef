"""The panel over a tab that does not answer. Main goes on meanwhile: nothing here waits."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from main_process.window import tokens
from main_process.window.buttons import push_button
from main_process.window.card import SHADOW, Card
from main_process.window.icons import Icon
from main_process.window.labels import IconLabel, label
from main_process.window.plain_text import one_line

_WIDTH = 400


class HangDialog(Card):
    """Names the tab and offers what can be done.

    Signals:
        wait_requested, reload_requested, close_requested, copy_requested.
    """

    wait_requested = Signal()
    reload_requested = Signal()
    close_requested = Signal()
    copy_requested = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "hang-dialog")
        head = QHBoxLayout()
        head.setSpacing(tokens.SPACE_3)
        head.addWidget(
            IconLabel(Icon.HANG, "warning", 20, ground="warning_soft", ground_side=36),
            0,
            Qt.AlignmentFlag.AlignTop,
        )
        self._title = label("", "heading")
        self._title.setWordWrap(True)
        self._title.setFixedWidth(_WIDTH - 84)
        self._text = label(
            "You can wait until it responds again, load it anew, or close it. Other tabs go on working.",
            "secondary",
        )
        self._text.setWordWrap(True)
        self._text.setFixedWidth(_WIDTH - 2 * tokens.SPACE_4)
        head.addWidget(self._title, 1)
        self.body.addLayout(head)
        self.body.addWidget(self._text)
        self.body.addSpacing(tokens.SPACE_2)
        buttons = QHBoxLayout()
        buttons.setSpacing(tokens.SPACE_2)
        self.wait_button = push_button("Wait", "hang-wait", primary=True)
        self.wait_button.clicked.connect(self.wait_requested)
        reload_button = push_button("Reload", "hang-reload")
        reload_button.clicked.connect(self.reload_requested)
        close_button = push_button("Close tab", "hang-close")
        close_button.clicked.connect(self.close_requested)
        copy_button = push_button("Copy details", "hang-copy")
        copy_button.clicked.connect(self.copy_requested)
        buttons.addWidget(copy_button)
        buttons.addStretch(1)
        for button in (close_button, reload_button, self.wait_button):
            buttons.addWidget(button)
        self.body.addLayout(buttons)

    def set_title(self, title: str) -> None:
        """Name the tab."""
        self._title.setText(f"“{one_line(title, 80)}” is not responding")
        self.setAccessibleName(self._title.text())

    def title(self) -> str:
        """What stands at the top."""
        return self._title.text()

    def place(self, size: QSize) -> None:
        """Put it at the top in the middle of an area of ``size``."""
        self.adjustSize()
        self.move(max(0, (size.width() - self.width()) // 2), tokens.SPACE_4 - SHADOW // 2)
