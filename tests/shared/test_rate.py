"""Token buckets: bursts pass, floods do not, time refills."""

import msgspec
import pytest

from shared.channels import CONTRACTS
from shared.contract import Rate
from shared.errors import ErrorCode, Full
from shared.rate import Bucket, Rates


def test_a_burst_passes_then_the_rate_holds() -> None:
    bucket = Bucket(Rate(per_second=10, burst=3), 0.0)
    assert [bucket.take(0.0) for _ in range(4)] == [True, True, True, False]
    assert not bucket.take(0.05)
    assert bucket.take(0.11)
    assert [bucket.take(100.0) for _ in range(4)] == [True, True, True, False]


def test_time_that_goes_backwards_gives_nothing() -> None:
    bucket = Bucket(Rate(per_second=10, burst=1), 5.0)
    assert bucket.take(5.0)
    assert not bucket.take(1.0)


def test_each_channel_has_its_own_bucket_and_the_error_names_the_limit() -> None:
    rates = Rates()
    narrow = msgspec.structs.replace(CONTRACTS["tab:update"], rate=Rate(per_second=1, burst=1))
    rates.check(narrow, 0.0)
    with pytest.raises(Full, match="1 a second") as caught:
        rates.check(narrow, 0.0)
    assert caught.value.code is ErrorCode.RATE
    rates.check(CONTRACTS["tab:create"], 0.0)
