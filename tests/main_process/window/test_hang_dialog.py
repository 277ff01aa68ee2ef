from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from main_process.window.hang_dialog import HangDialog


def test_it_names_the_tab_and_blocks_nothing(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.resize(800, 600)
    dialog = HangDialog(parent)
    dialog.set_title("News\n<b>today</b>")
    assert dialog.title() == "“News <b>today</b>” is not responding"
    assert not dialog.isWindow()
    assert dialog.windowModality() is Qt.WindowModality.NonModal
    dialog.place(QSize(800, 600))
    assert abs(dialog.geometry().center().x() - 400) <= 1
    assert parent.rect().contains(dialog.geometry().adjusted(0, 8, 0, 0))


def test_each_button_has_its_signal(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HangDialog(parent)
    for name, signal in (
        ("hang-wait", dialog.wait_requested),
        ("hang-reload", dialog.reload_requested),
        ("hang-close", dialog.close_requested),
        ("hang-copy", dialog.copy_requested),
    ):
        button = dialog.findChild(QPushButton, name)
        assert isinstance(button, QPushButton)
        with qtbot.waitSignal(signal, timeout=1000):
            button.click()
