"""Icons as outlines."""

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from renderer.icons import icon, outline, paint, warm
from shared.icons import DEFAULT_ICON, ICONS


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_icon_has_a_shape_within_its_square(qapp: QApplication, name: str) -> None:
    bounds = outline(name).boundingRect()
    assert bounds.width() > 0.3
    assert bounds.height() > 0.1
    assert QRectF(-0.02, -0.02, 1.04, 1.04).contains(bounds)


def test_an_unknown_name_gives_the_default(qapp: QApplication) -> None:
    assert outline("no such icon") == outline(DEFAULT_ICON)


def test_it_has_the_colour_asked_for(qapp: QApplication) -> None:
    image = icon("star", QColor("#ff0000")).pixmap(QSize(32, 32)).toImage()
    opaque = [
        image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    ]  # fmt: skip
    assert len(opaque) > 20
    assert set(map(QColor.name, opaque)) == {"#ff0000"}


def test_it_is_painted_in_the_middle(qapp: QApplication) -> None:
    image = QImage(90, 30, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    paint(painter, "grid", QRectF(image.rect()), QColor("#000000"))
    painter.end()
    columns = [x for x in range(90) if any(image.pixelColor(x, y).alpha() for y in range(30))]
    assert 30 <= min(columns) < max(columns) <= 60


def test_the_font_is_read_once(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    warm()
    monkeypatch.setattr("renderer.icons.find_spec", lambda name: None)
    outline.cache_clear()
    assert not outline("star").isEmpty()
