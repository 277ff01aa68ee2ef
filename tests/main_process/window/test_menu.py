import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from main_process.window.menu import styled_menu


@pytest.mark.qt_log_ignore("This plugin does not support (setting window masks|grabbing the keyboard)")
def test_the_corners_are_cut_and_the_edges_are_not(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    menu = styled_menu(parent, "some-menu")
    menu.addAction("One")
    menu.popup(QPoint(10, 10))
    mask, size = menu.mask(), menu.size()
    assert mask.boundingRect().size() == size
    assert not mask.contains(QPoint(0, 0)) and not mask.contains(QPoint(size.width() - 1, size.height() - 1))
    assert mask.contains(QPoint(size.width() // 2, 0)) and mask.contains(QPoint(0, size.height() // 2))
    menu.close()
