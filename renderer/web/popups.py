"""New tabs that pages asked for, kept under a number until main adopts them."""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

MAX_WAITING: Final = 16
"""Pages of one host that wait to be adopted; what is asked beyond it is not opened."""
ADOPTION_DEADLINE: Final = 10.0
"""Seconds that main has."""

T = TypeVar("T")


class Popups(Generic[T]):
    """``discard`` destroys a page that nobody took; ``clock`` is in seconds."""

    def __init__(self, discard: Callable[[T], None], clock: Callable[[], float]) -> None:
        self._discard = discard
        self._clock = clock
        self._waiting: dict[int, tuple[float, T]] = {}
        self._last_number = 0

    def __len__(self) -> int:
        return len(self._waiting)

    @property
    def is_full(self) -> bool:
        """Whether another page would be one too many."""
        return len(self._waiting) >= MAX_WAITING

    def keep(self, page: T) -> int:
        """The number that ``page`` waits under."""
        self._last_number += 1
        self._waiting[self._last_number] = (self._clock() + ADOPTION_DEADLINE, page)
        return self._last_number

    def adopt(self, number: int) -> T | None:
        """The page of that number, which waits no longer; None if there is none (any more)."""
        entry = self._waiting.pop(number, None)
        return entry[1] if entry is not None else None

    def forget(self, page: T) -> None:
        """``page`` was destroyed by itself."""
        self._waiting = {number: entry for number, entry in self._waiting.items() if entry[1] is not page}

    def expire(self) -> None:
        """Destroy what has waited too long."""
        now = self._clock()
        for number, (deadline, page) in list(self._waiting.items()):
            if now >= deadline:
                del self._waiting[number]
                self._discard(page)

    def clear(self) -> None:
        """Destroy all."""
        waiting, self._waiting = self._waiting, {}
        for _, page in waiting.values():
            self._discard(page)
