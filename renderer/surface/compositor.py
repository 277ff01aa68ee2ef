"""Copies what changed of a widget's pixels into main's memory and says so.

The pixels come from the window's own backing store, a live picture: no widget is asked to paint for us. One frame
is one posted event of low priority, so that everything painted in one turn of the event loop is one frame.
"""

from collections import Counter
from collections.abc import Iterable
from math import ceil, floor
from typing import Final, cast

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QBackingStore, QImage, QPainter, QRegion
from PySide6.QtWidgets import QWidget

from renderer.surface.comparison import address_of, differing_rows
from renderer.surface.damage import DamageWatcher
from renderer.surface.slots import BYTES_PER_PIXEL, Slots
from shared.channels.surface import Rectangle, SurfaceFrame, SurfaceGeometry
from shared.contract import Phase
from shared.errors import Full
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_DAMAGE_RECTANGLES
from shared.session import Session

_COMMIT: Final = QEvent.Type(QEvent.registerEventType())
# Just after Qt's own paint requests.
_PRIORITY: Final = Qt.EventPriority.LowEventPriority.value - 1
_COMPARED_PIXELS: Final = 128 * 128
"""Damage from here on is checked against the frame before: web views and careless widgets damage everything."""
_RETRY_MS: Final = 50


class Compositor(QObject):
    """Sends the frames of one widget over one session.

    Counters: ``frames``, ``identical`` (painted again, and the same), ``waited`` (for a slot), ``refused``.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.counters: Counter[str] = Counter()
        self._session = session
        self._root: QWidget | None = None
        self._watcher: DamageWatcher | None = None
        self._slots: Slots | None = None
        self._geometry: SurfaceGeometry | None = None
        self._source_size = QSize()
        self._is_geometry_new = False
        self._is_visible = False
        self._is_posted = False
        self._sequence = 0

    # What the surface tells

    def watch(self, root: QWidget | None, watcher: DamageWatcher | None) -> None:
        """Frames are ``root``'s from now on; its damage is ``watcher``'s."""
        self._root, self._watcher = root, watcher
        self._is_geometry_new = True
        self.schedule()

    def aim(self, geometry: SurfaceGeometry, slots: Slots) -> None:
        """Frames are of this size and go to this memory from now on."""
        self._geometry, self._slots = geometry, slots
        self._is_geometry_new = True
        self.schedule()

    def forget(self) -> None:
        """Send no more; the memory is let go."""
        self._root = self._watcher = self._slots = self._geometry = None

    def set_visible(self, visible: bool) -> None:
        """Send frames, the first one whole; or none."""
        self._is_visible = visible
        if visible:
            if self._watcher is not None:
                self._watcher.add_all()
            self.schedule()
        elif self._slots is not None:
            self._slots.give_back_memory()

    def schedule(self) -> None:
        """Commit once everything that is due before has been painted."""
        if not self._is_posted:
            self._is_posted = True
            QCoreApplication.postEvent(self, QEvent(_COMMIT), _PRIORITY)

    def event(self, event: QEvent) -> bool:
        if event.type() == _COMMIT:
            self._is_posted = False
            self.commit()
            return True
        return super().event(event)

    # One frame

    def commit(self) -> None:
        """Send a frame if something changed and there is a slot for it. Else it stays due, or nothing was."""
        root, watcher, slots, geometry = self._root, self._watcher, self._slots, self._geometry
        if root is None or watcher is None or slots is None or geometry is None or not self._is_visible:
            return
        if self._session.phase is not Phase.OPEN:
            return
        slot = slots.free
        if slot is None:
            self.counters["waited"] += 1
            return
        source = self._pixels(root)
        if source is None:
            return
        whole = QRect(0, 0, geometry.width, geometry.height)
        damage = _to_device(watcher.take(), root.devicePixelRatioF()) & whole
        if self._is_geometry_new or source.size() != self._source_size:
            slots.forget()
            damage = QRegion(whole)
        else:
            damage = self._narrow(damage, source, slots, geometry)
        if damage.isEmpty():
            self.counters["identical"] += 1
            return
        self._paint(slots, slot, source, slots.lacking(slot, damage, whole), geometry)
        if not self._send(slot, damage, geometry):
            return
        slots.commit(slot, damage)
        self._is_geometry_new = False
        self._source_size = source.size()

    def _pixels(self, root: QWidget) -> QImage | None:
        """The live picture of ``root``'s window; None while it has not been painted at its present size."""
        if not shiboken6.isValid(root) or not root.isVisible():
            return None
        store: QBackingStore | None = cast("QBackingStore | None", root.backingStore())
        picture = store.paintDevice() if store is not None else None
        if not isinstance(picture, QImage) or picture.isNull():
            return None
        ratio = root.devicePixelRatioF()
        due = QSize(round(root.width() * ratio), round(root.height() * ratio))
        if abs(picture.width() - due.width()) > 1 or abs(picture.height() - due.height()) > 1:
            return None
        # The same memory as one without a device pixel ratio, so that everything below counts in device pixels.
        return QImage(
            picture.constBits(), picture.width(), picture.height(), picture.bytesPerLine(), picture.format()
        )

    def _narrow(self, damage: QRegion, source: QImage, slots: Slots, geometry: SurfaceGeometry) -> QRegion:
        """``damage`` without the rows that are the same as in the newest frame."""
        bounds = damage.boundingRect()
        newest = slots.newest_address
        row_bytes = geometry.width * BYTES_PER_PIXEL
        if (
            newest is None
            or source.bytesPerLine() != row_bytes
            or source.height() < geometry.height
            or 2 * bounds.width() < geometry.width
            or bounds.width() * bounds.height() < _COMPARED_PIXELS
        ):
            return damage
        changed = QRegion()
        address = address_of(memoryview(source.constBits()))
        for top, bottom in differing_rows(address, newest, row_bytes, bounds.top(), bounds.bottom() + 1):
            changed += QRect(0, top, geometry.width, bottom - top)
        return damage & changed

    def _paint(
        self, slots: Slots, slot: int, source: QImage, region: QRegion, geometry: SurfaceGeometry
    ) -> None:
        """Copy ``region`` into the slot; what ``source`` is too small for gets the window's background."""
        target = slots.image(slot, geometry.width, geometry.height)
        painter = QPainter(target)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        covered = source.rect()
        for rectangle in _each(region & covered):
            painter.drawImage(rectangle.topLeft(), source, rectangle)
        if self._root is not None and not covered.contains(region.boundingRect()):
            for rectangle in _each(region - QRegion(covered)):
                painter.fillRect(rectangle, self._root.palette().window())
        painter.end()

    def _send(self, slot: int, damage: QRegion, geometry: SurfaceGeometry) -> bool:
        self._sequence += 1
        frame = SurfaceFrame(
            geometry=geometry.geometry, slot=slot, sequence=self._sequence, damage=_rectangles(damage)
        )
        try:
            self._session.send(IPCChannel.SURFACE_FRAME, frame)
        except Full:
            # Something else has filled the outbox. Start over with a whole frame when it may have drained.
            self.counters["refused"] += 1
            self._is_geometry_new = True
            QTimer.singleShot(_RETRY_MS, self, self.schedule)
            return False
        self.counters["frames"] += 1
        return True


def _rectangles(region: QRegion) -> tuple[Rectangle, ...]:
    """``region`` as a frame tells it: its rectangles, or the one around them if they are too many."""
    rectangles = (
        list(_each(region)) if region.rectCount() <= MAX_DAMAGE_RECTANGLES else [region.boundingRect()]
    )
    return tuple((each.x(), each.y(), each.width(), each.height()) for each in rectangles)


def _to_device(region: QRegion, ratio: float) -> QRegion:
    """``region`` in device pixels; a little more where they are not whole, for smoothed edges reach over them."""
    if ratio == 1:
        return region
    scaled = QRegion()
    for each in _each(region):
        left, top = floor(each.x() * ratio) - 1, floor(each.y() * ratio) - 1
        right, bottom = (
            ceil((each.x() + each.width()) * ratio) + 1,
            ceil((each.y() + each.height()) * ratio) + 1,
        )
        scaled += QRect(left, top, right - left, bottom - top)
    return scaled


def _each(region: QRegion) -> Iterable[QRect]:
    # Qt's stubs do not say that a region is made of rectangles.
    return cast("Iterable[QRect]", region)
