"""What a web tab tells of itself, gathered: a page that changes its title in a loop costs main a few messages."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from shared.contract import Rate
from shared.rate import Bucket

_MERGE_MS: Final = 16
_WAIT_MS: Final = 100
_RATE: Final = Rate(per_second=60, burst=60)
"""Well below the contract's, which would refuse what exceeds it."""


class Updates:
    """Merges changed fields and hands them to ``send`` a little later, at most ``_RATE`` times a second.

    ``schedule(milliseconds)`` must lead to one call of ``flush``; ``clock`` is in seconds.
    """

    def __init__(
        self,
        send: Callable[[Mapping[str, Any]], None],
        schedule: Callable[[int], None],
        clock: Callable[[], float],
    ) -> None:
        self._send = send
        self._schedule = schedule
        self._clock = clock
        self._bucket = Bucket(_RATE, clock())
        self._current: dict[str, Any] = {}
        self._changed: dict[str, Any] = {}
        self._is_scheduled = False
        self._load_began = False

    def set(self, **fields: Any) -> None:
        """Note fields; those that are what they were are not told again."""
        for name, value in fields.items():
            if self._current.get(name) != value:
                self._current[name] = self._changed[name] = value
        if self._changed and not self._is_scheduled:
            self._is_scheduled = True
            self._schedule(_MERGE_MS)

    def set_now(self, **fields: Any) -> None:
        """As ``set``, told at once and again: a load that begins and ends at once is still a load to main."""
        self._current.update(fields)
        self._changed.update(fields)
        self._load_began |= fields.get("loading") is True
        self.flush()

    def flush(self) -> None:
        """Send what has changed, or plan it if there was too much of late."""
        self._is_scheduled = False
        if not self._changed:
            return
        if not self._bucket.take(self._clock()):
            self._is_scheduled = True
            self._schedule(_WAIT_MS)
            return
        changed, self._changed = self._changed, {}
        if self._load_began and changed.get("loading") is False:
            # Its beginning and end were merged; the beginning is what takes an error page away.
            self._send({"loading": True})
        self._load_began = False
        self._send(changed)

    def tell_all(self) -> None:
        """Send every field as it is now: somebody new listens."""
        self._changed = dict(self._current)
        self.flush()
