import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from main_process.screenshot import ScreenshotError, save_screenshot


@pytest.fixture
def red(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, Qt.GlobalColor.red)
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)
    widget.resize(120, 80)
    return widget


def test_the_whole_window_is_in_the_file(red: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"older")
    save_screenshot(red, path)
    picture = QImage(str(path))
    assert (picture.width(), picture.height()) == (120, 80)
    assert picture.pixelColor(60, 40).name() == "#ff0000"
    assert os.listdir(tmp_path) == ["picture.png"]


def test_a_folder_that_is_not_there_is_named(red: QWidget, tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "picture.png"
    with pytest.raises(ScreenshotError, match=r"nowhere/picture\.png: No such file"):
        save_screenshot(red, path)


def test_a_failed_write_leaves_the_older_file_and_no_other(
    red: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "picture.png"
    path.write_bytes(b"older")

    def refuse(source: object, target: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(ScreenshotError, match="No space left"):
        save_screenshot(red, path)
    assert path.read_bytes() == b"older"
    assert os.listdir(tmp_path) == ["picture.png"]


def test_another_kind_of_file_is_refused(red: QWidget, tmp_path: Path) -> None:
    with pytest.raises(ScreenshotError, match=r"must end in \.png"):
        save_screenshot(red, tmp_path / "picture.jpg")
