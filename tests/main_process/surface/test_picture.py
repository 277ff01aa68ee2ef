import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRegion

from main_process.surface.picture import Picture

RED, BLUE = QColor(Qt.GlobalColor.red), QColor(Qt.GlobalColor.blue)
BACKGROUND = QBrush(QColor(Qt.GlobalColor.green))


def painted(picture: Picture, size: QSize, region: QRegion, ratio: float = 1.0) -> QImage:
    canvas = QImage(size * ratio, QImage.Format.Format_RGB32)
    canvas.setDevicePixelRatio(ratio)
    canvas.fill(Qt.GlobalColor.black)
    painter = QPainter(canvas)
    picture.paint(painter, region, BACKGROUND)
    painter.end()
    return canvas


def bordered(width: int, height: int) -> QImage:
    """Red with a blue frame of one pixel."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(BLUE)
    painter = QPainter(image)
    painter.fillRect(1, 1, width - 2, height - 2, RED)
    painter.end()
    return image


def test_without_an_image_there_is_the_background() -> None:
    canvas = painted(Picture(), QSize(20, 10), QRegion(0, 0, 20, 5))
    assert canvas.pixelColor(19, 4) == BACKGROUND.color()
    assert canvas.pixelColor(19, 5) == QColor(Qt.GlobalColor.black)


def test_only_the_region_is_painted() -> None:
    canvas = painted(Picture(bordered(20, 10)), QSize(20, 10), QRegion(2, 2, 3, 3) + QRegion(10, 5, 2, 2))
    red = {(x, y) for x in range(20) for y in range(10) if canvas.pixelColor(x, y) == RED}
    assert red == {(x, y) for x in range(2, 5) for y in range(2, 5)} | {
        (x, y) for x in (10, 11) for y in (5, 6)
    }


def test_what_is_left_over_has_the_colour_of_the_edge() -> None:
    canvas = painted(Picture(bordered(20, 10)), QSize(40, 30), QRegion(0, 0, 40, 30))
    assert canvas.copy(QRect(0, 0, 20, 10)) == bordered(20, 10)
    for point in ((20, 0), (39, 29), (0, 10)):
        assert canvas.pixelColor(*point) == BLUE


@pytest.mark.parametrize("ratio", [1.25, 1.5, 2.0])
def test_an_image_of_the_screens_ratio_keeps_its_pixels(ratio: float) -> None:
    image = bordered(round(40 * ratio), round(20 * ratio))
    image.setDevicePixelRatio(ratio)
    canvas = painted(Picture(image), QSize(40, 20), QRegion(0, 0, 40, 20), ratio)
    assert canvas.size() == image.size()
    assert canvas == image
