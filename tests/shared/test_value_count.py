"""Values counted in their bytes: every kind of msgpack's, as many as are asked for and no more."""

import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.value_count import has_more_values_than
from shared.values import encode

_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats()
    | st.text(max_size=300)
    | st.binary(max_size=70_000)
    | st.datetimes(timezones=st.just(datetime.UTC)),
    lambda inner: st.lists(inner, max_size=20) | st.dictionaries(st.text(max_size=40), inner, max_size=20),
    max_leaves=60,
)


def _count(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + sum(map(_count, value.values()))
    if isinstance(value, list):
        return 1 + sum(map(_count, value))
    return 1


@given(_values)
def test_the_count_is_exact(value: Any) -> None:
    data = encode(value)
    assert has_more_values_than(_count(value) - 1, data)
    assert not has_more_values_than(_count(value), data)


@pytest.mark.parametrize("length", [15, 16, 40_000, 70_000])
def test_containers_of_every_length_are_counted(length: int) -> None:
    for value in ([0] * length, {str(index): 0 for index in range(length)}):
        assert has_more_values_than(_count(value) - 1, encode(value))
        assert not has_more_values_than(_count(value), encode(value))


@given(st.binary(max_size=300))
def test_garbage_is_left_to_the_decoder(data: bytes) -> None:
    """Whatever can be decoded is counted; what cannot has some answer."""
    answer = has_more_values_than(3, data)
    assert isinstance(answer, bool)


def test_a_claim_of_many_is_believed_at_once() -> None:
    lie = b"\xdd\xff\xff\xff\xff"
    assert has_more_values_than(1000, lie)
    with pytest.raises(msgspec.DecodeError):
        msgspec.msgpack.decode(lie)
