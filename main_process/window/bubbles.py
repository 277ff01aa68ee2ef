"""Short texts that float over the window: the address of a link, and why an address was refused."""

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel, QWidget

from main_process.window import tokens
from main_process.window.labels import label


def bubble(parent: QWidget, name: str) -> QLabel:
    """A hidden bubble that lets the pointer through."""
    result = label("", "secondary", parent)
    result.setObjectName(name)
    result.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    result.hide()
    return result


def show_status(status: QLabel, text: str, area: QRect) -> None:
    """Put ``text`` into the lower left corner of ``area``, at most half as wide; nothing hides it."""
    if not text:
        status.hide()
        return
    room = max(160, area.width() // 2)
    shown = QFontMetrics(status.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, room)
    status.setText(shown)
    status.adjustSize()
    status.move(area.left() + tokens.SPACE_1, area.bottom() - status.height() - tokens.SPACE_1)
    status.show()
    status.raise_()


def show_hint(hint: QLabel, text: str, below: QPoint, width: int) -> None:
    """Put ``text`` under a field whose lower left corner is ``below``."""
    hint.setWordWrap(True)
    hint.setText(text)
    wanted = QFontMetrics(hint.font()).horizontalAdvance(text) + 2 * tokens.SPACE_4 + 8
    hint.setFixedWidth(min(wanted, width))
    hint.adjustSize()
    hint.move(below + QPoint(0, tokens.SPACE_2))
    hint.show()
    hint.raise_()
