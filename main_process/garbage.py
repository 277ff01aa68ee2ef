"""Python's cyclic garbage collection, on the GUI thread only.

Left to itself it runs on whichever thread allocates, the storage thread too, and would end Qt objects that stand in
a cycle (a link and the closure connected to it) there: Qt forbids that, and timers and notifiers crash on it.
"""

import gc
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

INTERVAL_MS: Final = 1000


class GarbageCollection(QObject):
    """In force from construction to ``stop``. To be made before any other thread is started."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.setInterval(INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again; no other thread may run."""
        self._timer.stop()
        gc.enable()

    def _on_timer_timeout(self) -> None:
        """Collect what Python would have by now, by its own thresholds: mostly the young, which is quick."""
        due = [
            generation
            for generation, (count, threshold) in enumerate(
                zip(gc.get_count(), gc.get_threshold(), strict=True)
            )
            if 0 < threshold < count
        ]
        if due:
            gc.collect(due[-1])
