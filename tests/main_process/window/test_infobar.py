from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from main_process.window.buttons import IconButton
from main_process.window.infobar import InfobarArea, InfobarKind, InfobarMessage


def test_a_choice_acts_and_closes_the_bar(qtbot: QtBot) -> None:
    area = InfobarArea()
    qtbot.addWidget(area)
    assert area.isHidden()
    chosen: list[str] = []
    area.show_message(
        InfobarMessage("restore", "Tabs?", choices=(("Restore tabs", lambda: chosen.append("yes")),))
    )
    assert not area.isHidden()
    button = area.findChild(QPushButton, "infobar-restore-tabs")
    assert isinstance(button, QPushButton)
    button.click()
    assert chosen == ["yes"]
    assert area.messages() == []
    assert area.isHidden()


def test_the_cross_closes_without_acting(qtbot: QtBot) -> None:
    area = InfobarArea()
    qtbot.addWidget(area)
    chosen: list[str] = []
    area.show_message(
        InfobarMessage("restore", "Tabs?", choices=(("Restore", lambda: chosen.append("yes")),))
    )
    cross = area.findChild(IconButton, "infobar-close")
    assert isinstance(cross, IconButton)
    cross.click()
    assert chosen == [] and area.messages() == []


def test_a_newer_message_takes_the_place_of_one_with_its_key(qtbot: QtBot) -> None:
    area = InfobarArea()
    qtbot.addWidget(area)
    first = InfobarMessage("damaged", "one")
    other = InfobarMessage("restore", "two")
    newer = InfobarMessage("damaged", "three", InfobarKind.WARNING)
    for message in (first, other, newer):
        area.show_message(message)
    assert area.messages() == [other, newer]
    area.remove_message("restore")
    area.remove_message("restore")
    assert area.messages() == [newer]
