"""The widget of main's window that shows a renderer's pixels and takes the input for it."""

import os
from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QCursor,
    QFocusEvent,
    QHideEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from main_process.surface import input as translate
from main_process.surface.buffers import Frame, SurfaceBuffers
from main_process.surface.cursor import QT_SHAPES
from main_process.surface.forwarder import InputForwarder
from main_process.surface.picture import Picture, image_of
from shared.channels.input import InputLeave
from shared.channels.surface import SurfaceCursor, SurfaceFrame, SurfaceVisibility
from shared.contract import Phase, Struct
from shared.errors import BadMessage, Full
from shared.ipc_channel import IPCChannel
from shared.session import Session


class SurfaceView(QWidget):
    """Shows the frames of the attached session; without one, the last frame there was.

    Until a frame of the widget's new size comes, the old one stays at the top left and what is left over gets
    the colour that most of the frame's right and lower edge has.

    ``counters``: ``frames_received``, ``frames_shown``, ``frames_superseded`` (replaced before they were painted),
    ``geometries``, ``buffers``, ``moves_coalesced``, ``input_refused``, ``refused`` (the outbox was full).

    Signals:
        first_frame_shown: the attached session's first frame is painted.
        frame_shown: a frame was painted; its sequence number.
    """

    first_frame_shown = Signal()
    frame_shown = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.counters: Counter[str] = Counter()
        self._session: Session | None = None
        self._disposers: list[Callable[[], None]] = []
        self._buffers = SurfaceBuffers()
        self._shown = Picture()
        self._waiting: tuple[Frame, QImage] | None = None
        self._is_first = True
        self._is_seen = False
        self._is_resize_due = False
        self._forwarder = InputForwarder(self._open_session, self.counters, self)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # The right button goes to the page; the page's menu comes from there.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)

    # The session

    def attach(self, session: Session) -> None:
        """Show ``session``'s frames from now on. To be called again after a new generation of the same session:
        frames of the old page never arrive, so the books start afresh.

        Raises OSError if there is no memory for its pixels.
        """
        self.detach()
        self._session = session
        self._buffers = SurfaceBuffers()
        self._is_first = True
        self._disposers = [
            session.on(IPCChannel.SURFACE_FRAME, self._on_session_frame),
            session.on(IPCChannel.SURFACE_CURSOR, self._on_session_cursor),
        ]
        self._tell_geometry()
        self._send(IPCChannel.SURFACE_VISIBILITY, SurfaceVisibility(visible=self._is_seen))
        if self.hasFocus():
            self._forwarder.send(translate.focus(QFocusEvent(QEvent.Type.FocusIn)))

    def detach(self, *, keep_frame: bool = True) -> None:
        """Send and hear no more. The last frame stays, in memory of main's alone, unless nobody will look."""
        for dispose in self._disposers:
            dispose()
        self._disposers = []
        self._session = None
        self._forwarder.forget()
        last = self._newest()
        self._shown = Picture(last.copy() if last is not None and keep_frame else None)
        self._waiting = None
        self._buffers = SurfaceBuffers()
        self.unsetCursor()
        self.update()

    def take_activation(self) -> bool:
        """Use up one recent press of a button or key in the page. False if there was none."""
        return self._forwarder.activation.take()

    def last_frame(self) -> QImage | None:
        """A copy of the newest frame, with its device pixel ratio; None before the first."""
        newest = self._newest()
        return newest.copy() if newest is not None else None

    def _newest(self) -> QImage | None:
        return self._waiting[1] if self._waiting is not None else self._shown.image

    def _open_session(self) -> Session | None:
        """The session, if it can still be sent to."""
        session = self._session
        return session if session is not None and session.phase in (Phase.IDLE, Phase.OPEN) else None

    def _send(self, channel: IPCChannel, payload: Struct, *, descriptors: tuple[int, ...] = ()) -> None:
        session = self._open_session()
        if session is None:
            return
        try:
            session.send(channel, payload, descriptors=descriptors)
        except Full:
            # A peer that reads so little is ended by the link before long.
            self.counters["refused"] += 1
            for descriptor in descriptors:
                os.close(descriptor)

    # Geometry

    def _tell_geometry(self) -> None:
        """Tell the renderer of the size, and of new memory first if it needs some."""
        if self._open_session() is None:
            return
        self._is_resize_due = False
        ratio = self.devicePixelRatioF()
        buffer, geometry = self._buffers.resize(
            round(self.width() * ratio), round(self.height() * ratio), ratio
        )
        if buffer is not None:
            self.counters["buffers"] += 1
            self._send(IPCChannel.SURFACE_BUFFER, buffer.message(), descriptors=(buffer.take_descriptor(),))
        self.counters["geometries"] += 1
        self._send(IPCChannel.SURFACE_GEOMETRY, geometry.message())

    def _geometry_differs(self) -> bool:
        newest = self._buffers.newest
        ratio = self.devicePixelRatioF()
        wanted = (round(self.width() * ratio), round(self.height() * ratio), ratio)
        return newest is None or (newest.width, newest.height, newest.device_pixel_ratio) != wanted

    def _follow_geometry(self) -> None:
        """Tell a new size, unless the renderer is still busy with the last one: then once that is shown."""
        if self._session is None or not self._geometry_differs():
            self._is_resize_due = False
        elif self._is_seen and self._buffers.settled:
            self._tell_geometry()
        else:
            self._is_resize_due = True

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_geometry()

    def showEvent(self, event: QShowEvent) -> None:
        if self._is_seen:
            return
        self._is_seen = True
        if self._geometry_differs() and self._buffers.may_resize:
            # Before it is visible, so that the first frame is of the right size.
            self._tell_geometry()
        self._send(IPCChannel.SURFACE_VISIBILITY, SurfaceVisibility(visible=True))

    def hideEvent(self, event: QHideEvent) -> None:
        if not self._is_seen:
            return
        self._is_seen = False
        self._forwarder.send(InputLeave())
        self._send(IPCChannel.SURFACE_VISIBILITY, SurfaceVisibility(visible=False))

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_geometry()
        return super().event(event)

    # Frames

    def _on_session_frame(self, message: SurfaceFrame) -> None:
        try:
            frame, release = self._buffers.accept(message)
        except BadMessage as error:
            # Whoever keeps the error would keep the books, and the memory, through its traceback.
            raise error.with_traceback(None) from None
        self.counters["frames_received"] += 1
        if release is not None:
            self.counters["frames_superseded"] += 1
            self._send(IPCChannel.SURFACE_RELEASE, release)
        before, image = self._newest(), image_of(frame)
        self._waiting = (frame, image)
        ratio = image.devicePixelRatio()
        if (
            before is None
            or self._is_first
            or before.size() != image.size()
            or before.devicePixelRatio() != ratio
            or ratio != self.devicePixelRatioF()
            or image.size() != QSize(round(self.width() * ratio), round(self.height() * ratio))
        ):
            self.update()
        else:
            for x, y, width, height in frame.damage:
                if ratio == 1:
                    self.update(x, y, width, height)
                else:
                    self.update(QRectF(x / ratio, y / ratio, width / ratio, height / ratio).toAlignedRect())
            if not frame.damage:
                self.update(QRect(QPoint(), QSize(1, 1)))
        if self._is_resize_due and self._buffers.settled:
            self._follow_geometry()

    def _flip(self) -> int | None:
        """Paint from the waiting frame from now on; the slot of the one before goes back. Gives its sequence."""
        if self._waiting is None:
            return None
        frame, image = self._waiting
        self._shown, self._waiting = Picture(image), None
        release = self._buffers.flip()
        if release is not None:
            self._send(IPCChannel.SURFACE_RELEASE, release)
        return frame.sequence

    def paintEvent(self, event: QPaintEvent) -> None:
        sequence = self._flip()
        painter = QPainter(self)
        self._shown.paint(painter, event.region(), self.palette().window())
        painter.end()
        if sequence is None:
            return
        self.counters["frames_shown"] += 1
        if self._is_first:
            self._is_first = False
            # On the loop's next turn: who hears it may close the tab, and this widget is painting.
            QTimer.singleShot(0, self, self.first_frame_shown.emit)
        self.frame_shown.emit(sequence)

    def _on_session_cursor(self, message: SurfaceCursor) -> None:
        self.setCursor(QCursor(QT_SHAPES[message.shape]))

    # Input. Main's own shortcuts come first: ShortcutOverride is left unaccepted, and only keys that no shortcut
    # claimed arrive here.

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._forwarder.pointer(translate.pointer(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._forwarder.pointer(translate.pointer(event))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._forwarder.pointer(translate.pointer(event))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._forwarder.pointer(translate.pointer(event))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._forwarder.send(translate.wheel(event))
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:
        self._forwarder.send(InputLeave())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._forwarder.key(translate.key(event))

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        self._forwarder.key(translate.key(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._forwarder.send(translate.focus(event))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._forwarder.send(translate.focus(event))

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab and Backtab are the page's."""
        return False
