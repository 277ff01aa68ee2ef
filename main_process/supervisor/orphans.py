"""What a dead process leaves behind in its process group comes to main, the subreaper: it is buried here.

Chromium's processes end by themselves when their host has gone; those that do not, and what a page's code
started, are ended after a while.
"""

import os
import signal
import time
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS: Final = 100
_GRACE: Final = 2.0
"""Seconds that the rest of a group has to end by itself."""
_MAX_GENERATIONS: Final = 8
"""Each time parents have been waited for, their children are main's."""


class Orphans(QObject):
    """Waits for the members of groups whose leader (a renderer, the zygote) has been waited for already."""

    def __init__(self, parent: QObject | None = None, *, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(parent)
        self._clock = clock
        self._groups: dict[int, float] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._on_timer_timeout)

    def bury(self, group: int) -> None:
        """See to the end of what is left of process group ``group``."""
        self._groups[group] = self._clock() + _GRACE
        self._on_timer_timeout()
        if self._groups:
            self._timer.start()

    def finish(self) -> None:
        """End all that is left, now. Waits for those that were killed, which is for the kernel."""
        self._timer.stop()
        for group in self._groups:
            for _ in range(_MAX_GENERATIONS):
                if not _is_alive(group):
                    break
                _end(group)
                _reap(group, 0)
        self._groups.clear()

    def _on_timer_timeout(self) -> None:
        for group, deadline in list(self._groups.items()):
            _reap(group)
            if not _is_alive(group):
                del self._groups[group]
            elif self._clock() > deadline:
                _end(group)
        if not self._groups:
            self._timer.stop()


def _reap(group: int, options: int = os.WNOHANG) -> None:
    """Wait for members that have ended. Their number is not given to others while any member lives."""
    while True:
        try:
            pid, _ = os.waitpid(-group, options)
        except ChildProcessError:
            return
        if pid == 0:
            return


def _is_alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def _end(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return
