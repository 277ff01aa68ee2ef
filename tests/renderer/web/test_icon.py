"""Icons as raw pixels."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QImage, QPixmap
from pytestqt.qtbot import QtBot

from renderer.web.icon import NO_ICON, pixels_of, pixels_of_image
from shared.limits import MAX_ICON_SIDE


def picture(width: int, height: int, colour: Qt.GlobalColor = Qt.GlobalColor.red) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(colour)
    return image


def pixel(pixels: bytes, side: int, x: int, y: int) -> int:
    start = (y * side + x) * 4
    return int.from_bytes(pixels[start : start + 4], "little")


@pytest.mark.parametrize(
    ("width", "height", "side"),
    [
        (16, 16, 16),
        (1, 1, 1),
        (MAX_ICON_SIDE, MAX_ICON_SIDE, MAX_ICON_SIDE),
        (256, 256, MAX_ICON_SIDE),
        (17, 3, 17),
    ],
)
def test_pixels_are_as_many_as_the_side_says(width: int, height: int, side: int) -> None:
    icon = pixels_of_image(picture(width, height))
    assert icon.side == side
    assert len(icon.pixels) == side * side * 4
    assert pixel(icon.pixels, side, side // 2, side // 2) == 0xFFFF0000


def test_what_is_not_square_is_centred_on_nothing() -> None:
    icon = pixels_of_image(picture(20, 10))
    assert pixel(icon.pixels, 20, 10, 0) == 0
    assert pixel(icon.pixels, 20, 10, 10) == 0xFFFF0000
    assert pixel(icon.pixels, 20, 10, 19) == 0


def test_half_transparent_pixels_are_premultiplied() -> None:
    image = QImage(1, 1, QImage.Format.Format_ARGB32)
    image.setPixel(0, 0, 0x80FF0000)
    assert pixel(pixels_of_image(image).pixels, 1, 0, 0) == 0x80800000


def test_an_empty_picture_takes_the_icon_away() -> None:
    assert pixels_of_image(QImage()) == NO_ICON


def test_the_largest_size_of_an_icon_is_taken(qtbot: QtBot) -> None:
    icon = QIcon()
    icon.addPixmap(QPixmap.fromImage(picture(16, 16)))
    icon.addPixmap(QPixmap.fromImage(picture(32, 32, Qt.GlobalColor.blue)))
    taken = pixels_of(icon)
    assert taken.side == 32
    assert pixel(taken.pixels, 32, 5, 5) == 0xFF0000FF
    assert pixels_of(QIcon()) == NO_ICON
