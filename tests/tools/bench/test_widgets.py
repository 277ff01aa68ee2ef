"""What is animated changes, what is typed shows."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tools.bench.widgets import Animation, Typing


def test_every_frame_differs_from_the_one_before(qtbot: QtBot) -> None:
    widget = Animation()
    qtbot.addWidget(widget)
    widget.resize(100, 100)
    before = widget.grab().toImage()
    assert widget.grab().toImage().pixelColor(0, 0) != before.pixelColor(0, 0)
    painted = widget.painted
    widget.show()
    qtbot.waitUntil(lambda: widget.painted > painted + 1)


def test_a_key_changes_every_pixel(qtbot: QtBot) -> None:
    widget = Typing()
    qtbot.addWidget(widget)
    widget.resize(100, 100)
    before = widget.grab().toImage()
    QTest.keyClick(widget, Qt.Key.Key_A)
    after = widget.grab().toImage()
    assert after.pixelColor(0, 0) != before.pixelColor(0, 0)
    assert after.pixelColor(99, 99) == after.pixelColor(0, 0)
