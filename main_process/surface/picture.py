"""Draws a frame on the widget that shows it, also while their sizes differ."""

from collections import Counter
from collections.abc import Iterable
from math import ceil
from typing import Final, cast

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QRegion

from main_process.surface.buffers import BYTES_PER_PIXEL, Frame

_EDGE_SAMPLES: Final = 16


def image_of(frame: Frame) -> QImage:
    """``frame``'s pixels where they stand, without copying: valid while the frame's slot is main's."""
    geometry = frame.geometry
    image = QImage(
        frame.pixels(),
        geometry.width,
        geometry.height,
        geometry.width * BYTES_PER_PIXEL,
        QImage.Format.Format_RGB32,
    )
    image.setDevicePixelRatio(geometry.device_pixel_ratio)
    return image


class Picture:
    """One frame's image, or none yet."""

    def __init__(self, image: QImage | None = None) -> None:
        self.image = image
        self._edge: QColor | None = None

    def paint(self, painter: QPainter, region: QRegion, background: QBrush) -> None:
        """Fill ``region``: the image at the top left, and what is left over with the colour of the image's edge.

        Without an image, all of it gets ``background``.
        """
        image = self.image
        if image is None:
            for rectangle in _each(region):
                painter.fillRect(rectangle, background)
            return
        ratio = image.devicePixelRatio()
        covered = QRect(0, 0, ceil(image.width() / ratio), ceil(image.height() / ratio))
        if ratio == 1:
            for rectangle in _each(region & covered):
                painter.drawImage(rectangle, image, rectangle)
        else:
            painter.setClipRegion(region)
            painter.drawImage(QPoint(), image)
            painter.setClipping(False)
        for rectangle in _each(region - QRegion(covered)):
            painter.fillRect(rectangle, self._edge_colour(image))

    def _edge_colour(self, image: QImage) -> QColor:
        """What most of the image's right and lower edge is painted with."""
        if self._edge is None:
            right, bottom = image.width() - 1, image.height() - 1
            samples = [image.pixel(right, bottom * step // _EDGE_SAMPLES) for step in range(_EDGE_SAMPLES)]
            samples += [
                image.pixel(right * step // _EDGE_SAMPLES, bottom) for step in range(_EDGE_SAMPLES + 1)
            ]
            self._edge = QColor.fromRgb(Counter(samples).most_common(1)[0][0])
        return self._edge


def _each(region: QRegion) -> Iterable[QRect]:
    # Qt's stubs do not say that a region is made of rectangles.
    return cast("Iterable[QRect]", region)
