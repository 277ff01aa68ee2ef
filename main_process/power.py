"""``power:state``: mains or battery, as psutil reads it from the system."""

from typing import Final, Protocol

import psutil
from PySide6.QtCore import QObject, QTimer, Signal

from shared.channels.system import PowerSource, PowerState

INTERVAL_SECONDS: Final = 60


class Battery(Protocol):
    """``psutil.sensors_battery()``: ``percent`` of 100; ``power_plugged`` may be unknown."""

    percent: float
    power_plugged: bool | None


def power_state(battery: Battery | None) -> PowerState:
    """A machine without a battery runs on mains."""
    if battery is None:
        return PowerState(source=PowerSource.MAINS)
    source = {True: PowerSource.MAINS, False: PowerSource.BATTERY, None: PowerSource.UNKNOWN}[
        battery.power_plugged
    ]
    return PowerState(source=source, charge=min(1.0, max(0.0, battery.percent / 100)))


class Power(QObject):
    """Looks once a minute.

    Signals:
        changed: ``state`` is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.state = power_state(_battery())
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_SECONDS * 1000)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        state = power_state(_battery())
        if state != self.state:
            self.state = state
            self.changed.emit()


def _battery() -> Battery | None:
    # Some platforms have no such function at all.
    read = getattr(psutil, "sensors_battery", None)
    return read() if read is not None else None
