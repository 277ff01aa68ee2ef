"""Token buckets: how often a message may come."""

from shared.contract import Rate


class Bucket:
    """Allows ``rate.burst`` at once and ``rate.per_second`` in the long run. Times are seconds of any steady clock."""

    __slots__ = ("_filled", "_rate", "_tokens")

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate = rate
        self._tokens = rate.burst
        self._filled = now

    def take(self, now: float) -> bool:
        """Take one token; False if there is none."""
        elapsed = now - self._filled
        if elapsed > 0:
            self._tokens = min(self._rate.burst, self._tokens + elapsed * self._rate.per_second)
            self._filled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True
