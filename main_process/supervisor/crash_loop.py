"""When to stop trying again."""

import time
from collections import deque
from collections.abc import Callable
from typing import Final


class CrashLoop:
    """Counts the deaths of one tab: ``limit`` of them within ``window`` seconds are a loop."""

    def __init__(
        self, limit: int = 3, window: float = 60.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._window = window
        self._clock = clock
        self._deaths: deque[float] = deque(maxlen=limit)

    def record(self) -> None:
        """One more death."""
        self._deaths.append(self._clock())

    @property
    def is_looping(self) -> bool:
        """Whether it died so often of late that nothing should bring it back but the user."""
        deaths = self._deaths
        return len(deaths) == deaths.maxlen and self._clock() - deaths[0] <= self._window


class BackOff:
    """How long to wait before the next try of something that may fail at once, again and again."""

    DELAYS: Final = (0.0, 0.2, 1.0, 5.0, 15.0)
    """Seconds before the first, second, ... try; the last one for all further."""

    def __init__(self, calm: float = 30.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._calm = calm
        self._clock = clock
        self._last: float | None = None
        self.failures = 0
        """In a row, each less than ``calm`` seconds after the one before."""

    def failed(self) -> float:
        """One more failure. Seconds to wait now."""
        now = self._clock()
        if self._last is not None and now - self._last > self._calm:
            self.failures = 0
        self._last = now
        delay = self.DELAYS[min(self.failures, len(self.DELAYS) - 1)]
        self.failures += 1
        return delay
