"""Where a tab has been, across the processes that served it.

Inside a web page's process QtWebEngine keeps the history; when a tab goes from one kind of page to another the
process changes, and this remembers what was before and after.
"""

from collections import deque
from typing import Final

MAX_STEPS: Final = 50
"""Addresses kept in each direction: a page that goes from itself to itself adds one each time."""


class TabHistory:
    """Two stacks of addresses around the present process; the farthest are forgotten."""

    def __init__(self) -> None:
        self._before: deque[str] = deque(maxlen=MAX_STEPS)
        self._after: deque[str] = deque(maxlen=MAX_STEPS)

    @property
    def can_go_back(self) -> bool:
        """Whether another process served the tab before."""
        return bool(self._before)

    @property
    def can_go_forward(self) -> bool:
        """Whether the user came back from another process."""
        return bool(self._after)

    def leave(self, url: str) -> None:
        """The tab goes on from ``url`` to something new, in another process."""
        if url:
            self._before.append(url)
        self._after.clear()

    def back(self, url: str) -> str:
        """The address to go back to from ``url``. Raises IndexError if there is none."""
        target = self._before.pop()
        self._after.append(url)
        return target

    def forward(self, url: str) -> str:
        """The address to go forward to from ``url``. Raises IndexError if there is none."""
        target = self._after.pop()
        self._before.append(url)
        return target
