"""A surface whose main is played by a test: frames arrive the moment they are committed, and every one is checked."""

from collections.abc import Callable

from PySide6.QtCore import QRect
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from main_process.surface.buffers import BYTES_PER_PIXEL, SurfaceBuffers
from renderer.surface.surface import Surface
from shared.channels.surface import CursorShape, SurfaceCursor, SurfaceFrame, SurfaceVisibility
from shared.contract import Struct
from shared.ipc_channel import IPCChannel
from tests.memory_link import MemoryLink


class Stage:
    """``screen`` is what a person would see: only the damage of each frame is copied to it."""

    def __init__(
        self, root: QWidget | None, width: int = 400, height: int = 300, *, visible: bool = True
    ) -> None:
        self.link = MemoryLink()
        self.books = SurfaceBuffers()
        self.screen = QImage()
        self.frames: list[SurfaceFrame] = []
        self.shapes: list[CursorShape] = []
        self.on_frame: Callable[[], None] = lambda: None
        self.holds_frames = False
        """Show nothing that comes, so that no slot goes back."""
        self.link.main.session.on(IPCChannel.SURFACE_FRAME, self._on_frame)
        self.link.main.session.on(IPCChannel.SURFACE_CURSOR, self._on_cursor)
        self.link.peer.session.on_output = self.deliver
        self.surface = Surface(root, self.link.peer)
        self.resize(width, height)
        if visible:
            self.show()

    def deliver(self) -> None:
        """Everything that was sent arrives."""
        self.link.pump()

    def send(self, channel: IPCChannel, message: Struct) -> None:
        """Main says ``message``; the page has done with it afterwards."""
        self.link.main.session.send(channel, message)
        self.settle()

    def settle(self) -> None:
        """Nothing is left to paint, to commit or to deliver."""
        for _ in range(4):
            self.link.pump()
            QApplication.sendPostedEvents()
            QApplication.processEvents()
        self.link.pump()

    def resize(self, width: int, height: int, ratio: float = 1.0) -> None:
        """Main wants frames of another size."""
        buffer, geometry = self.books.resize(width, height, ratio)
        session = self.link.main.session
        if buffer is not None:
            session.send(IPCChannel.SURFACE_BUFFER, buffer.message(), descriptors=(buffer.take_descriptor(),))
        session.send(IPCChannel.SURFACE_GEOMETRY, geometry.message())
        self.settle()

    def show(self, visible: bool = True) -> None:
        """The tab is looked at, or no longer."""
        self.send(IPCChannel.SURFACE_VISIBILITY, SurfaceVisibility(visible=visible))

    def flip(self) -> None:
        """Show what waits; the slot shown before goes back."""
        release = self.books.flip()
        if release is not None:
            self.link.main.session.send(IPCChannel.SURFACE_RELEASE, release)

    def _on_frame(self, message: SurfaceFrame) -> None:
        frame, release = self.books.accept(message)
        assert release is None, "a frame came though main held every slot"
        self.frames.append(message)
        geometry = frame.geometry
        image = QImage(
            frame.pixels(),
            geometry.width,
            geometry.height,
            geometry.width * BYTES_PER_PIXEL,
            QImage.Format.Format_RGB32,
        )
        if self.screen.size() != image.size():
            self.screen = QImage(image.size(), QImage.Format.Format_RGB32)
            self.screen.fill(0xFF123456)
        painter = QPainter(self.screen)
        for rectangle in frame.damage:
            painter.drawImage(QRect(*rectangle), image, QRect(*rectangle))
        painter.end()
        self.whole = image.copy()
        self.on_frame()
        if not self.holds_frames:
            self.flip()

    def _on_cursor(self, message: SurfaceCursor) -> None:
        self.shapes.append(message.shape)

    def close(self) -> None:
        """End the surface and give everything back."""
        self.surface.close()
        self.surface.deleteLater()
        self.books = SurfaceBuffers()
        self.link.peer.session.on_output = lambda: None
        self.link.close()


def backing_store(root: QWidget) -> QImage:
    """What ``root``'s window holds now, as a picture of its own."""
    picture = root.backingStore().paintDevice()
    assert isinstance(picture, QImage)
    return picture.convertToFormat(QImage.Format.Format_RGB32)
