from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from main_process.window.card import SHADOW, Card, Popover
from main_process.window.labels import label


def _parent(qtbot: QtBot) -> tuple[QWidget, QPushButton, QLineEdit]:
    parent, anchor, other = QWidget(), QPushButton("anchor"), QLineEdit()
    qtbot.addWidget(parent)
    layout = QVBoxLayout(parent)
    layout.addWidget(anchor, 0, Qt.AlignmentFlag.AlignTop)
    layout.addWidget(other)
    parent.resize(500, 400)
    parent.show()
    qtbot.waitExposed(parent)
    return parent, anchor, other


def test_a_card_is_a_hidden_part_of_the_window_with_room_for_its_shadow(qtbot: QtBot) -> None:
    parent, _, _ = _parent(qtbot)
    card = Card(parent, "some-card")
    card.body.addWidget(label("Hello", "body"))
    card.adjustSize()
    assert card.isHidden() and not card.isWindow()
    margins = card.contentsRect().width() - label("Hello", "body").sizeHint().width()
    assert margins >= 2 * SHADOW
    card.show()
    picture = card.grab().toImage()
    assert picture.pixelColor(card.width() // 2, card.height() // 2).alpha() == 255


def test_a_popover_opens_within_the_window_and_closes_on_escape(qtbot: QtBot) -> None:
    parent, anchor, _ = _parent(qtbot)
    popover = Popover(parent, "pop")
    popover.body.addWidget(label("Hello", "body"))
    popover.open_below(anchor)
    assert popover.isVisible() and popover.y() + SHADOW > anchor.geometry().bottom()
    assert popover.geometry().right() <= parent.width()
    with qtbot.waitSignal(popover.dismissed, timeout=1000):
        QTest.keyClick(popover, Qt.Key.Key_Escape)
    assert popover.isHidden()


def test_a_press_inside_keeps_a_popover_and_one_elsewhere_closes_it(qtbot: QtBot) -> None:
    parent, anchor, other = _parent(qtbot)
    popover = Popover(parent, "pop")
    inside = QPushButton("inside")
    popover.body.addWidget(inside)
    popover.open_below(anchor)
    QTest.mouseClick(inside, Qt.MouseButton.LeftButton)
    assert popover.isVisible()
    QTest.mouseClick(other, Qt.MouseButton.LeftButton)
    assert popover.isHidden()
