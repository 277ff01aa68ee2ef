from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from main_process.window.information_popover import InformationPopover
from main_process.window.page_information import describe


def test_it_tells_host_title_and_text(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    popover = InformationPopover(parent)
    information = describe("http://example.com/")
    popover.show_information(information, "example.com")
    assert [label.text() for label in popover.labels()] == [
        "example.com",
        information.title,
        information.text,
    ]
    assert popover.accessibleName() == information.title
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in popover.labels())


def test_without_a_host_there_is_no_empty_line(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    popover = InformationPopover(parent)
    popover.show_information(describe("file:///etc/hostname"), "")
    assert popover.labels()[0].isHidden()
