"""The popover behind the page information button."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from main_process.window import tokens
from main_process.window.card import Popover
from main_process.window.labels import label
from main_process.window.page_information import PageInformation


class InformationPopover(Popover):
    """Says in two sentences how the page came here and what that means."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, "information-popover")
        self._address = label("", "secondary")
        self._title = label("", "heading")
        self._text = label("", "body")
        for widget in (self._address, self._title, self._text):
            widget.setWordWrap(True)
            widget.setFixedWidth(320)
            self.body.addWidget(widget)
        self.body.setSpacing(tokens.SPACE_1)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)

    def labels(self) -> list[QLabel]:
        """Address, title and text."""
        return [self._address, self._title, self._text]

    def show_information(self, information: PageInformation, shown_host: str) -> None:
        """Fill it; ``shown_host`` is the ASCII host or nothing."""
        self._address.setText(shown_host)
        self._address.setVisible(bool(shown_host))
        self._title.setText(information.title)
        self._text.setText(information.text)
        self.setAccessibleName(information.title)
