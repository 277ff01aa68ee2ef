"""The pages that can be opened, and the look of this one's tab."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QImage

from renderer.clients.caller import Caller
from shared.channels.page import PageIcon, PagesListing
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_ICON_SIDE
from shared.tasks import Future


class PageClient:
    """Pages."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def list(self) -> Future[PagesListing]:
        """The installed pages. Needs the permission ``pages.read``."""
        return self._caller.invoke(IPCChannel.PAGES_LIST)

    def set_icon(self, icon: QIcon) -> None:
        """What stands on the tab; a null icon takes it away."""
        self._caller.send(IPCChannel.PAGE_ICON, icon_message(icon))


def icon_message(icon: QIcon) -> PageIcon:
    """``icon`` as raw square pixels of at most ``MAX_ICON_SIDE`` a side, for main decodes no image."""
    image = icon.pixmap(QSize(MAX_ICON_SIDE, MAX_ICON_SIDE), 1.0).toImage()
    if icon.isNull() or image.isNull():
        return PageIcon(side=0, pixels=b"")
    side = min(max(image.width(), image.height()), MAX_ICON_SIDE)
    image = image.scaled(
        side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    ).convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    left, top = (side - image.width()) // 2, (side - image.height()) // 2
    # Copying with a negative corner surrounds a picture that is not square with transparent pixels.
    square = image.copy(-left, -top, side, side)
    return PageIcon(side=side, pixels=bytes(square.constBits()))
