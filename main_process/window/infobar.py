"""Bars under the toolbar: things the shell has to say that need no answer now."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from main_process.window import tokens
from main_process.window.buttons import IconButton, push_button
from main_process.window.icons import Icon
from main_process.window.labels import IconLabel, label
from main_process.window.plain_text import one_line


class InfobarKind(StrEnum):
    """How much it matters."""

    INFORMATION = "information"
    WARNING = "warning"


@dataclass(frozen=True)
class InfobarMessage:
    """One bar. A newer one with the same ``key`` takes its place.

    ``choices`` are buttons: words and what they do; the bar closes with any of them.
    """

    key: str
    text: str
    kind: InfobarKind = InfobarKind.INFORMATION
    choices: tuple[tuple[str, Callable[[], object]], ...] = field(default=())


class Infobar(QFrame):
    """Shows one message.

    Signals:
        closed: a choice was made or the cross pressed.
    """

    closed = Signal()

    def __init__(self, message: InfobarMessage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.message = message
        self.setObjectName("infobar")
        self.setProperty("kind", message.kind.value)
        self.setAccessibleName(one_line(message.text))
        warning = message.kind is InfobarKind.WARNING
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.SPACE_4, 6, tokens.SPACE_2, 6)
        layout.setSpacing(tokens.SPACE_2)
        layout.addWidget(
            IconLabel(Icon.WARNING if warning else Icon.INFORMATION, "warning" if warning else "accent", 18)
        )
        text = label(one_line(message.text), "body")
        text.setWordWrap(True)
        layout.addWidget(text, 1)
        for words, act in message.choices:
            button = push_button(words, f"infobar-{words.lower().replace(' ', '-')}", small=True)
            button.clicked.connect(lambda _checked=False, act=act: self._on_choice_clicked(act))
            layout.addWidget(button)
        close = IconButton(Icon.CLOSE, "Dismiss", self, side=28, icon_side=16)
        close.setObjectName("infobar-close")
        close.clicked.connect(self.closed)
        layout.addWidget(close)

    def _on_choice_clicked(self, act: Callable[[], object]) -> None:
        self.closed.emit()
        act()


class InfobarArea(QWidget):
    """The bars that are open, newest at the bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("infobars")
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._bars: dict[str, Infobar] = {}
        self.hide()

    def messages(self) -> list[InfobarMessage]:
        """What is shown now."""
        return [bar.message for bar in self._bars.values()]

    def show_message(self, message: InfobarMessage) -> None:
        """Add a bar, in the place of one with the same key."""
        self.remove_message(message.key)
        bar = Infobar(message, self)
        bar.closed.connect(lambda: self.remove_message(message.key))
        self._bars[message.key] = bar
        self._layout.addWidget(bar)
        self.show()

    def remove_message(self, key: str) -> None:
        """Close the bar of that key, if it is open."""
        bar = self._bars.pop(key, None)
        if bar is not None:
            self._layout.removeWidget(bar)
            bar.hide()
            bar.deleteLater()
        self.setVisible(bool(self._bars))
