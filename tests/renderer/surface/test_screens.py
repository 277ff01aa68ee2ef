import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from renderer.environment import SCREENS
from renderer.surface import screens


@pytest.mark.parametrize("kind", [QWidget, QMainWindow])
def test_a_root_is_a_bare_window(qtbot: QtBot, kind: type[QWidget]) -> None:
    root = kind(None, Qt.WindowType.Dialog)
    qtbot.addWidget(root)
    screens.prepare(root)
    assert root.windowType() is Qt.WindowType.Window
    assert root.windowFlags() & Qt.WindowType.FramelessWindowHint


def test_it_is_placed_at_the_corner_of_a_screen(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    root.move(100, 50)
    screens.place(root, 640, 480, 1.0)
    assert root.geometry().getRect() == (*root.screen().geometry().topLeft().toTuple(), 640, 480)


def test_it_is_never_smaller_than_a_pixel(qtbot: QtBot) -> None:
    root = QWidget()
    qtbot.addWidget(root)
    screens.place(root, 1, 0, 2.0)
    assert (root.width(), root.height()) == (1, 1)


def test_there_is_a_screen_for_each_ratio_in_use() -> None:
    ratios = {screen["logicalDpi"] / 96 for screen in json.loads(SCREENS.read_text())["screens"]}
    assert ratios >= {1.0, 1.25, 1.5, 1.75, 2.0, 3.0}
