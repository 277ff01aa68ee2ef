from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from main_process.window import spinner


def test_it_draws_a_ring_with_an_empty_middle(qapp: object) -> None:
    image = QImage(32, 32, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    spinner.paint(painter, QRectF(0, 0, 32, 32), QColor("#ff0000"))
    painter.end()
    assert image.pixelColor(16, 16).alpha() == 0
    ring = [
        image.pixelColor(16, 1).alpha(),
        image.pixelColor(16, 30).alpha(),
        image.pixelColor(1, 16).alpha(),
    ]
    assert all(alpha > 0 for alpha in ring)
    assert any(image.pixelColor(x, y).alpha() > 240 for x in range(32) for y in range(32))
