"""Token buckets: how often a message may come."""

from shared.contract import Contract, Rate
from shared.errors import ErrorCode, Full


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


class Rates:
    """The buckets of one link, one for each channel that is used."""

    __slots__ = ("_buckets",)

    def __init__(self) -> None:
        self._buckets: dict[str, Bucket] = {}

    def check(self, contract: Contract, now: float) -> None:
        """Take a token for one message. Raises Full(RATE) that names the limit."""
        bucket = self._buckets.get(contract.channel)
        if bucket is None:
            bucket = self._buckets[contract.channel] = Bucket(contract.rate, now)
        if not bucket.take(now):
            limit = f"{contract.rate.per_second:g} a second, {contract.rate.burst:g} at once"
            raise Full(ErrorCode.RATE, f"{contract.channel}: expected at most {limit}")
