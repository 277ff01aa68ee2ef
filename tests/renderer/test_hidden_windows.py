"""Whoever opens a window that nobody sees is told so."""

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from renderer.hidden_windows import HiddenWindows


@pytest.fixture
def root(qtbot: QtBot) -> QWidget:
    root = QLineEdit()
    qtbot.addWidget(root)
    HiddenWindows("hello", root, root)
    return root


def show(qtbot: QtBot, window: QWidget) -> None:
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_dialogs_and_second_windows_are_told_once_each(
    qtbot: QtBot, root: QWidget, capsys: pytest.CaptureFixture[str]
) -> None:
    show(qtbot, root)
    assert capsys.readouterr().err == ""
    for window in (QDialog(root), QDialog(), QLineEdit()):
        show(qtbot, window)
        window.close()
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(" is open")[0] for line in lines] == ["[hello] a QDialog", "[hello] a QLineEdit"]


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_menus_too(qtbot: QtBot, root: QWidget, capsys: pytest.CaptureFixture[str]) -> None:
    show(qtbot, root)
    menu = QMenu(root)
    menu.addAction("One")
    menu.popup(root.mapToGlobal(root.rect().center()))
    qtbot.waitUntil(lambda: "a QMenu is open" in capsys.readouterr().err)
    menu.close()
