"""The line to type in."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from renderer.pages.settings.field import Field


def test_it_paints_a_frame_that_shows_the_focus(qapp: QApplication) -> None:
    field = Field()
    field.resize(200, field.height())
    field.show()
    field.clearFocus()
    blurred = field.grab().toImage()
    field.activateWindow()
    field.setFocus()
    qapp.processEvents()
    assert field.grab().toImage() != blurred


def test_it_follows_the_palette_through_a_clear_ground(qapp: QApplication) -> None:
    field = Field()
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Base, QColor("#ff0000"))
    palette.setColor(QPalette.ColorRole.Window, QColor("#00ff00"))
    field.setPalette(palette)
    assert field.palette().color(QPalette.ColorRole.Base).alpha() == 0
    field.resize(200, field.height())
    assert field.grab().toImage().pixelColor(100, 5) == QColor("#00ff00")
