"""The words for pages, and icons as raw pixels."""

import pytest
from PySide6.QtGui import QColor, QIcon, QImage, QPixmap
from PySide6.QtWidgets import QApplication

from renderer.clients.page import PageClient, icon_message
from shared.channels.page import PageIcon
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_ICON_SIDE
from tests.renderer.clients.recorder import Recorder


def filled(width: int, height: int, colour: str) -> QIcon:
    pixmap = QPixmap(width, height)
    pixmap.fill(QColor(colour))
    return QIcon(pixmap)


def test_the_list_of_pages(caller: Recorder) -> None:
    PageClient(caller).list()
    assert caller.said == [("invoke", IPCChannel.PAGES_LIST, None)]


def test_an_icon_is_sent_and_taken_away(qapp: QApplication, caller: Recorder) -> None:
    client = PageClient(caller)
    client.set_icon(filled(16, 16, "red"))
    client.set_icon(QIcon())
    sent = [payload for _, channel, payload in caller.said if channel is IPCChannel.PAGE_ICON]
    assert [message.side for message in sent] == [16, 0]
    assert sent[1].pixels == b""


@pytest.mark.parametrize(
    ("width", "height", "side"), [(16, 16, 16), (300, 300, MAX_ICON_SIDE), (32, 16, 32), (1, 1, 1)]
)
def test_it_is_square_and_within_the_limit(qapp: QApplication, width: int, height: int, side: int) -> None:
    message = icon_message(filled(width, height, "red"))
    assert message.side == side
    assert len(message.pixels) == side * side * 4


def test_the_pixels_are_premultiplied_argb(qapp: QApplication) -> None:
    message = icon_message(filled(2, 2, "#80ff0000"))
    image = QImage(message.pixels, 2, 2, QImage.Format.Format_ARGB32_Premultiplied)
    assert image.pixelColor(1, 1).getRgb() == (255, 0, 0, 128)
    assert max(message.pixels) == 128


def test_what_is_not_square_stands_in_the_middle(qapp: QApplication) -> None:
    message = icon_message(filled(8, 4, "red"))
    image = QImage(message.pixels, 8, 8, QImage.Format.Format_ARGB32_Premultiplied)
    assert [image.pixelColor(4, y).alpha() for y in range(8)] == [0, 0, 255, 255, 255, 255, 0, 0]


def test_no_icon_is_no_pixels(qapp: QApplication) -> None:
    assert icon_message(QIcon()) == PageIcon(side=0, pixels=b"")
