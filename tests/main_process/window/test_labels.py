from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from main_process.window.icons import Icon
from main_process.window.labels import IconLabel, label
from main_process.window.theme import theme
from main_process.window.tokens import DARK, LIGHT


def test_a_label_never_reads_markup(qtbot: QtBot) -> None:
    made = label("<b>bold</b>", "body")
    qtbot.addWidget(made)
    assert made.textFormat() is Qt.TextFormat.PlainText
    assert made.text() == "<b>bold</b>" and made.property("kind") == "body"


def test_an_icon_stands_on_its_ground_in_the_themes_colours(qtbot: QtBot) -> None:
    made = IconLabel(Icon.WARNING, "warning", 20, ground="warning_soft", ground_side=40)
    qtbot.addWidget(made)
    assert (made.width(), made.height()) == (40, 40)
    assert made.grab().toImage().pixelColor(20, 4).name() == LIGHT.warning_soft
    theme().set_choice("dark")
    assert made.grab().toImage().pixelColor(20, 4).name() == DARK.warning_soft
