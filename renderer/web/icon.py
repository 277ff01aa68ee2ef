"""A page's icon as raw pixels: main decodes no image."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage, QPainter

from shared.channels.page import PageIcon
from shared.limits import MAX_ICON_SIDE

NO_ICON = PageIcon(side=0, pixels=b"")


def pixels_of(icon: QIcon) -> PageIcon:
    """The largest picture of ``icon``, shrunk to the limit and centred in a square of premultiplied ARGB32."""
    sizes = icon.availableSizes()
    if icon.isNull() or not sizes:
        return NO_ICON
    size = max(sizes, key=lambda size: size.width() * size.height())
    return pixels_of_image(icon.pixmap(size).toImage())


def pixels_of_image(image: QImage) -> PageIcon:
    """As ``pixels_of``, of one picture; an empty one takes the icon away."""
    if image.isNull():
        return NO_ICON
    if max(image.width(), image.height()) > MAX_ICON_SIDE:
        image = image.scaled(
            QSize(MAX_ICON_SIDE, MAX_ICON_SIDE),
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
    image.setDevicePixelRatio(1.0)
    side = max(image.width(), image.height())
    square = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    square.fill(Qt.GlobalColor.transparent)
    painter = QPainter(square)
    painter.drawImage((side - image.width()) // 2, (side - image.height()) // 2, image)
    painter.end()
    # Rows of this format have no padding: a pixel is 4 bytes, and rows are aligned to 4.
    return PageIcon(side=side, pixels=bytes(square.constBits()))
