"""``power:state``: mains or battery, as psutil reads it from the system."""

import logging
from typing import Final, Protocol

import psutil
from PySide6.QtCore import QObject, QTimer, Signal

from shared.channels.system import PowerSource, PowerState

INTERVAL_SECONDS: Final = 60

_log = logging.getLogger(__name__)


class Battery(Protocol):
    """``psutil.sensors_battery()``: ``percent`` of 100; ``power_plugged`` may be unknown."""

    @property
    def percent(self) -> float: ...

    @property
    def power_plugged(self) -> bool | None: ...


def power_state(battery: Battery | None) -> PowerState:
    """A machine without a battery runs on mains; ``charge`` comes from ``percent``, cut to its range."""
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
        self.state = read()
        self._timer = QTimer(self)
        self._timer.setInterval(INTERVAL_SECONDS * 1000)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._timer.start()

    def _on_timer_timeout(self) -> None:
        state = read()
        if state != self.state:
            self.state = state
            self.changed.emit()


def read() -> PowerState:
    """What the system says now; unknown where psutil cannot ask it, or it answers nonsense."""
    sensors = getattr(psutil, "sensors_battery", None)
    if sensors is None:
        return PowerState(source=PowerSource.UNKNOWN)
    try:
        return power_state(sensors())
    except (OSError, ValueError, psutil.Error) as error:
        _log.info("the battery could not be read: %s", error)
        return PowerState(source=PowerSource.UNKNOWN)
