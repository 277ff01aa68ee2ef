"""One page's surface: its widget painted into main's memory, main's input brought to it.

Nothing of the page runs while a message is being received. What concerns the page is queued and done from a posted
event: a widget that opens a modal dialog runs an event loop of its own, and the link must be readable in it.
"""

import logging
from collections import Counter, deque
from collections.abc import Callable
from typing import Final, Protocol

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from renderer.surface import screens
from renderer.surface.compositor import Compositor
from renderer.surface.cursor import current_shape
from renderer.surface.damage import DamageWatcher
from renderer.surface.focus import Focus
from renderer.surface.injector import Injector
from renderer.surface.slots import Slots
from shared.channels.input import InputFocus, InputKey, InputLeave, InputPointer, InputWheel
from shared.channels.surface import (
    CursorShape,
    SurfaceBuffer,
    SurfaceCursor,
    SurfaceGeometry,
    SurfaceRelease,
    SurfaceVisibility,
)
from shared.contract import Phase, Struct
from shared.ipc_channel import IPCChannel
from shared.session import Session

_log = logging.getLogger(__name__)
_WORK: Final = QEvent.Type(QEvent.registerEventType())
_MAX_QUEUED: Final = 4096
"""Input that waits for the page. Beyond it the newest is refused: a page so busy is soon called hung."""


class SurfaceLink(Protocol):
    """What a surface needs of a link."""

    @property
    def session(self) -> Session:
        """The session whose messages these are."""

    def take_descriptor(self) -> int:
        """The descriptor that came with the message being received."""


class Surface(QObject):
    """Shows ``root`` in main's window. Without a root yet, it learns size and memory and waits for one.

    ``counters``: ``moves_coalesced``, ``input_refused`` and those of the compositor.
    """

    def __init__(self, root: QWidget | None, link: SurfaceLink, parent: QObject | None = None) -> None:
        super().__init__(parent)
        session = link.session
        self._link = link
        self._session = session
        self._root: QWidget | None = None
        self._watcher: DamageWatcher | None = None
        self._compositor = Compositor(session, self)
        self._focus = Focus(self)
        self._injector = Injector(self._focus, self)
        self._buffers: dict[int, Slots] = {}
        self._geometry: SurfaceGeometry | None = None
        self._is_visible = False
        self._shape = CursorShape.DEFAULT
        self._queue: deque[Struct] = deque()
        self._is_posted = False
        self._is_cursor_due = False
        self.counters: Counter[str] = self._compositor.counters
        self._work: dict[type[Struct], Callable[..., None]] = {
            SurfaceGeometry: self._apply_geometry,
            SurfaceVisibility: self._apply_visibility,
            InputPointer: self._injector.pointer,
            InputWheel: self._injector.wheel,
            InputKey: self._injector.key,
            InputFocus: self._injector.focus,
            InputLeave: self._injector.leave,
        }
        self._disposers = [
            session.on(IPCChannel.SURFACE_BUFFER, self._on_session_buffer),
            session.on(IPCChannel.SURFACE_RELEASE, self._on_session_release),
            session.on(IPCChannel.SURFACE_GEOMETRY, self._on_session_geometry),
            session.on(IPCChannel.SURFACE_VISIBILITY, self._queue_work),
            session.on(IPCChannel.INPUT_POINTER, self._on_session_pointer),
            session.on(IPCChannel.INPUT_WHEEL, self._on_session_input),
            session.on(IPCChannel.INPUT_KEY, self._on_session_input),
            session.on(IPCChannel.INPUT_FOCUS, self._queue_work),
            session.on(IPCChannel.INPUT_LEAVE, self._queue_work),
        ]
        if root is not None:
            self.set_root(root)

    @property
    def root(self) -> QWidget | None:
        """The widget that is shown."""
        return self._root

    @property
    def compositor(self) -> Compositor:
        """Where the frames are made."""
        return self._compositor

    def set_root(self, root: QWidget | None) -> None:
        """Show ``root`` instead of what was shown before, which is hidden and otherwise left to its owner."""
        if self._watcher is not None:
            self._watcher.stop()
            self._watcher = None
        if self._root is not None and shiboken6.isValid(self._root):
            self._root.destroyed.disconnect(self._on_root_destroyed)
            self._root.hide()
        self._root = root
        self._injector.set_root(root)
        if root is not None:
            screens.prepare(root)
            root.destroyed.connect(self._on_root_destroyed)
            self._watcher = DamageWatcher(root, self._compositor.schedule, self._poll_cursor_soon)
        self._compositor.watch(root, self._watcher)
        self._arrange()
        self._focus.set_root(root)
        self._poll_cursor_soon()

    def close(self) -> None:
        """Hear and send no more; the root is hidden."""
        for dispose in self._disposers:
            dispose()
        self._disposers = []
        self._queue.clear()
        self.set_root(None)
        self._compositor.forget()
        for slots in self._buffers.values():
            slots.close()
        self._buffers = {}
        self._geometry = None

    def _on_root_destroyed(self) -> None:
        self._root = self._watcher = None
        self._injector.set_root(None)
        self._compositor.watch(None, None)
        self._focus.set_root(None)

    # Messages: the books at once, the page later

    def _on_session_buffer(self, message: SurfaceBuffer) -> None:
        descriptor = self._link.take_descriptor()
        self._buffers[message.buffer] = Slots(message.buffer, message.slots, message.slot_bytes, descriptor)
        if self._geometry is not None and self._geometry.buffer == message.buffer:
            # A newer geometry took the place of an older one that was queued before this memory.
            self._queue_work(self._geometry)

    def _on_session_release(self, message: SurfaceRelease) -> None:
        slots = self._buffers.get(message.buffer)
        if slots is not None:
            slots.release(message.slot)
            self._compositor.schedule()

    def _on_session_geometry(self, message: SurfaceGeometry) -> None:
        self._geometry = message
        if message.buffer in self._buffers:
            self._queue_work(message)

    def _on_session_pointer(self, message: InputPointer) -> None:
        if self._queue:
            last = self._queue[-1]
            if isinstance(last, InputPointer) and message.replaces(last):
                self.counters["moves_coalesced"] += 1
                self._queue[-1] = message
                return
        self._on_session_input(message)

    def _on_session_input(self, message: Struct) -> None:
        if len(self._queue) >= _MAX_QUEUED:
            self.counters["input_refused"] += 1
        else:
            self._queue_work(message)

    def _queue_work(self, message: Struct) -> None:
        self._queue.append(message)
        self._post()

    def _poll_cursor_soon(self) -> None:
        self._is_cursor_due = True
        self._post()

    def _post(self) -> None:
        if not self._is_posted:
            self._is_posted = True
            QCoreApplication.postEvent(self, QEvent(_WORK))

    def event(self, event: QEvent) -> bool:
        if event.type() == _WORK:
            self._is_posted = False
            self._do_work()
            return True
        return super().event(event)

    def _do_work(self) -> None:
        # A page's own event loop may run inside, and get here again: what is left then is done there, in order.
        while self._queue:
            message = self._queue.popleft()
            self._work[type(message)](message)
            self._is_cursor_due = self._is_cursor_due or isinstance(message, InputPointer)
        # Qt does not tell when a popup closes and leaves no window active.
        self._focus.restore()
        if self._is_cursor_due:
            self._is_cursor_due = False
            self._tell_cursor()

    # The page

    def _apply_geometry(self, message: SurfaceGeometry) -> None:
        if message is not self._geometry:
            return  # a newer one has come
        slots = self._buffers[message.buffer]
        self._buffers = {number: known for number, known in self._buffers.items() if number >= message.buffer}
        self._compositor.aim(message, slots)
        self._arrange()

    def _apply_visibility(self, message: SurfaceVisibility) -> None:
        self._is_visible = message.visible
        self._arrange()
        self._compositor.set_visible(message.visible)

    def _arrange(self) -> None:
        """Give the root its size, and show it if anybody can see it: hidden widgets paint nothing."""
        root, geometry = self._root, self._geometry
        if root is None or geometry is None or geometry.buffer not in self._buffers:
            return
        screens.place(root, geometry.width, geometry.height, geometry.device_pixel_ratio)
        if root.isVisible() is not self._is_visible:
            root.setVisible(self._is_visible)
            self._focus.restore()

    def _tell_cursor(self) -> None:
        root = self._root
        window = root.windowHandle() if root is not None and shiboken6.isValid(root) else None
        if window is None or self._session.phase is not Phase.OPEN:
            return
        shape = current_shape(window)
        if shape is not self._shape:
            self._shape = shape
            self._session.send(IPCChannel.SURFACE_CURSOR, SurfaceCursor(shape=shape))
