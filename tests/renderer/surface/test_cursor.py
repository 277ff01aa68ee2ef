import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from renderer.surface.cursor import current_shape, shape_of
from shared.channels.surface import CursorShape


@pytest.mark.parametrize(
    "shape", [shape for shape in Qt.CursorShape if shape is not Qt.CursorShape.LastCursor]
)
def test_every_shape_of_qt_has_a_name(shape: Qt.CursorShape) -> None:
    assert shape_of(shape) in CursorShape


def test_the_applications_override_comes_first(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setCursor(Qt.CursorShape.IBeamCursor)
    widget.show()
    window = widget.windowHandle()
    assert current_shape(window) is CursorShape.TEXT
    QGuiApplication.setOverrideCursor(QCursor(Qt.CursorShape.WaitCursor))
    try:
        assert current_shape(window) is CursorShape.WAIT
    finally:
        QGuiApplication.restoreOverrideCursor()
    assert current_shape(window) is CursorShape.TEXT
