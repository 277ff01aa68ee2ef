from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from main_process.window.focus import holds_focus


def test_the_keyboard_is_in_a_part_or_in_something_of_it(qtbot: QtBot) -> None:
    window, part, inner, other = QWidget(), QWidget(), QLineEdit(), QLineEdit()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.addWidget(part)
    layout.addWidget(other)
    QVBoxLayout(part).addWidget(inner)
    assert not holds_focus(part)
    inner.setFocus()
    assert holds_focus(part) and holds_focus(inner) and not holds_focus(other)
    other.setFocus()
    assert not holds_focus(part)
