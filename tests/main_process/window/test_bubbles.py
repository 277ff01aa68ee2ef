import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from main_process.window.bubbles import bubble, show_hint, show_status

AREA = QRect(0, 100, 600, 400)


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(600, 500)
    parent.show()
    return parent


def test_a_status_lies_in_the_lower_left_corner_and_lets_the_pointer_through(parent: QWidget) -> None:
    status = bubble(parent, "status")
    assert status.isHidden()
    show_status(status, "https://example.com/", AREA)
    assert status.isVisible() and status.text() == "https://example.com/"
    assert AREA.contains(status.geometry())
    assert AREA.bottom() - status.geometry().bottom() < 10 and status.x() < 10
    assert status.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    assert status.textFormat() is Qt.TextFormat.PlainText
    show_status(status, "", AREA)
    assert status.isHidden()


def test_a_long_status_keeps_beginning_and_end(parent: QWidget) -> None:
    status = bubble(parent, "status")
    show_status(status, "https://example.com/" + "x" * 500 + "/end", AREA)
    assert status.width() < AREA.width() * 0.6
    assert status.text().startswith("https://") and status.text().endswith("/end") and "…" in status.text()


def test_a_hint_stands_under_its_field_and_wraps(parent: QWidget) -> None:
    hint = bubble(parent, "hint")
    show_hint(hint, "Short.", QPoint(40, 60), 300)
    assert hint.isVisible() and hint.x() == 40 and hint.y() > 60
    height = hint.height()
    show_hint(hint, "many words " * 30, QPoint(40, 60), 300)
    assert hint.width() == 300 and hint.height() > 2 * height
