"""The search box."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from renderer.pages.newtab.search_box import SearchBox


def test_it_paints_its_own_frame_through_a_clear_ground(qapp: QApplication) -> None:
    box = SearchBox("Search")
    box.resize(400, box.height())
    assert box.palette().color(QPalette.ColorRole.Base).alpha() == 0
    image = box.grab().toImage()
    assert image.pixelColor(200, 0) != image.pixelColor(200, 10)


def test_it_follows_the_palette(qapp: QApplication) -> None:
    box = SearchBox("Search")
    box.resize(400, box.height())
    before = box.grab().toImage()
    palette = QPalette(box.palette())
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#ff0000"))
    box.setPalette(palette)
    assert box.palette().color(QPalette.ColorRole.Base).alpha() == 0
    assert box.grab().toImage() != before
