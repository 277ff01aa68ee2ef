"""A view attached to a renderer that a test plays."""

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from main_process.surface.view import SurfaceView
from shared.contract import Struct
from shared.errors import IPCError
from shared.ipc_channel import IPCChannel
from tests.main_process.surface.fake_renderer import FakeRenderer
from tests.memory_link import MemoryLink

RED, GREEN, BLUE = 0xFFFF0000, 0xFF00FF00, 0xFF0000FF
INPUTS = (
    IPCChannel.INPUT_POINTER,
    IPCChannel.INPUT_WHEEL,
    IPCChannel.INPUT_KEY,
    IPCChannel.INPUT_FOCUS,
    IPCChannel.INPUT_LEAVE,
)


class Stage:
    """A view of 100 × 50 attached to a fake renderer."""

    def __init__(self) -> None:
        self.link = MemoryLink()
        self.renderer = FakeRenderer(self.link)
        self.input: list[Struct] = []
        self.failures: list[IPCError] = []
        for channel in INPUTS:
            self.link.peer.session.on(channel, self.input.append)
        self.link.main.session.failed = self.failures.append
        self.view = SurfaceView()
        self.view.resize(100, 50)

    def attach(self) -> None:
        self.view.attach(self.link.main.session)
        self.link.pump()

    def show(self) -> None:
        """On the screen, and everything painted that is due."""
        self.view.show()
        self.settle()

    def settle(self) -> None:
        QApplication.processEvents()
        self.link.pump()

    def colours(self) -> list[int]:
        """What is on the screen at the top left and at the bottom right."""
        picture = self.screen()
        return [picture.pixel(0, 0), picture.pixel(picture.width() - 1, picture.height() - 1)]

    def screen(self) -> QImage:
        store = self.view.backingStore().paintDevice()
        assert isinstance(store, QImage)
        return store.copy()
