"""What the user just did in a page, as main saw it: presses of buttons and keys, each good for one new tab."""

import time
from collections.abc import Callable
from typing import Final

ACTIVATION_SECONDS: Final = 10.0
"""How long a press counts. Chromium's own measure is 5 s from when the page hears of it, which may be later."""
MAX_PRESSES: Final = 16
"""Presses that count at once."""


class UserActivation:
    """Presses that were not used yet. A page cannot make one: only input that main sent it is noted here."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._presses = 0
        self._last = 0.0

    def note_press(self) -> None:
        """A button or a key went down."""
        self.note_release()
        self._presses = min(self._presses + 1, MAX_PRESSES)

    def note_release(self) -> None:
        """It came up again: the presses before it count from now."""
        now = self._clock()
        if now - self._last > ACTIVATION_SECONDS:
            self._presses = 0
        self._last = now

    def take(self) -> bool:
        """Use one press. False if there was none of late."""
        if not self._presses or self._clock() - self._last > ACTIVATION_SECONDS:
            return False
        self._presses -= 1
        return True

    def forget(self) -> None:
        """Another page begins."""
        self._presses = 0
