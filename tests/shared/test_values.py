"""Everything that may be sent arrives; everything else is refused at the sender, with its place."""

import datetime
import decimal
import enum
import math
import tracemalloc
import uuid
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.msgpack import Ext

from shared.errors import BadCall, ErrorCode
from shared.limits import MAX_DEPTH, MAX_INTEGER_BYTES
from shared.values import MAX_VALUES, BigInteger, check, decode, decoder, encode, is_open, is_plain

_open = decoder(Any)


class Colour(enum.Enum):
    RED = "red"


class Everything(msgspec.Struct):
    nothing: None
    truth: bool
    number: int
    big: BigInteger
    real: float
    text: str
    data: bytes
    moment: datetime.datetime
    identity: uuid.UUID
    amount: decimal.Decimal
    colour: Colour
    members: set[int]
    pair: tuple[int, str]
    many: list[int]
    table: dict[str, int]


def test_every_kind_of_value_comes_back_as_its_own_type() -> None:
    value = Everything(
        nothing=None,
        truth=True,
        number=-(2**63),
        big=BigInteger(-(2**200)),
        real=1.5,
        text="ä😀",
        data=b"\x00\xff",
        moment=datetime.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=datetime.UTC),
        identity=uuid.UUID(int=7),
        amount=decimal.Decimal("0.10"),
        colour=Colour.RED,
        members={1, 2},
        pair=(1, "a"),
        many=[1],
        table={"a": 1},
    )
    assert decode(decoder(Everything), encode(value)) == value


@given(st.integers(min_value=-(2 ** (8 * MAX_INTEGER_BYTES - 8)), max_value=2 ** (8 * MAX_INTEGER_BYTES - 8)))
def test_integers_of_any_size_come_back(number: int) -> None:
    assert decode(_open, encode({"n": [number]})) == {"n": [number]}
    assert decode(decoder(BigInteger), encode(BigInteger(number))) == number


_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
    | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(_json)
def test_open_values_come_back_equal(value: Any) -> None:
    check(value)
    assert is_plain([value])
    assert decode(_open, encode(value)) == value


def _nested(depth: int) -> Any:
    value: Any = 1
    for _ in range(depth):
        value = [value]
    return value


_cycle: list[Any] = [1]
_cycle.append({"again": _cycle})


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ({"a": [1, object()]}, "$.a[1]"),
        ({"a": {"b": float("nan")}}, "$.a.b"),
        ([math.inf], "$[0]"),
        (_cycle, "$[1].again"),
        ({"a": {1.5: 1}}, "$.a"),
        ({"a": "\ud800"}, "$.a"),
        ([2 ** (8 * MAX_INTEGER_BYTES)], "$[0]"),
        (_nested(MAX_DEPTH + 1), "$" + "[0]" * MAX_DEPTH),
    ],
)
def test_what_cannot_be_sent_is_refused_with_its_path(value: Any, path: str) -> None:
    with pytest.raises(BadCall) as caught:
        check(value)
    assert (caught.value.code, caught.value.path) == (ErrorCode.UNENCODABLE, path)


@pytest.mark.parametrize(
    "value",
    [
        {"a": [1, object()]},
        {"a": {"b": float("nan")}},
        [math.inf, 1.0],
        _cycle,
        {"a": {1.5: 1}},
        {True: 1},
        {"a": Colour.RED},
        _nested(MAX_DEPTH + 1),
    ],
)
def test_what_may_not_be_sent_is_not_plain(value: Any) -> None:
    assert not is_plain(value)


@pytest.mark.parametrize("value", [{"a": "\ud800"}, [2 ** (8 * MAX_INTEGER_BYTES)]])
def test_what_plain_values_have_no_bytes_for_is_refused_when_encoded(value: Any) -> None:
    assert is_plain(value)
    with pytest.raises(BadCall) as caught:
        encode(value)
    assert caught.value.path in ("$.a", "$[0]")


def test_the_deepest_value_allowed_passes() -> None:
    check(_nested(MAX_DEPTH))
    assert is_plain(_nested(MAX_DEPTH))


def test_not_a_number_passes_where_the_contract_allows_it() -> None:
    check([math.nan, -math.inf], non_finite=True)


def test_encode_names_the_culprit_without_being_asked() -> None:
    with pytest.raises(BadCall, match="object") as caught:
        encode({"x": [object()]})
    assert caught.value.path == "$.x[0]"


def test_shared_references_cannot_unfold_without_end() -> None:
    value: list[Any] = []
    for _ in range(40):
        value = [value, value]
    assert not is_plain(value)
    with pytest.raises(BadCall, match="at most"):
        check(value)


@pytest.mark.parametrize(
    "value",
    [
        {"k" * 20_000: [[[0] * 100] * 100, math.nan]},
        [[0] * 1000] * 1000 + [[0] * (MAX_VALUES + 1)],
    ],
    ids=["a long key above many values", "one level too many values wide"],
)
def test_a_close_look_takes_little_more_memory_than_the_value(value: Any) -> None:
    tracemalloc.start()
    try:
        with pytest.raises(BadCall) as caught:
            check(value)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 8 * 1024 * 1024
    assert len(caught.value.path or "") < 1000


@pytest.mark.parametrize(
    ("data", "path"),
    [
        ({"a": "x"}, "$.a"),
        ({}, "$.a"),
        ({"a": 1, "b": 2}, "$.b"),
    ],
)
def test_a_wrong_value_is_refused_with_its_path(data: Any, path: str) -> None:
    class Sample(msgspec.Struct, forbid_unknown_fields=True):
        a: int

    with pytest.raises(BadCall) as caught:
        decode(decoder(Sample), encode(data))
    assert (caught.value.code, caught.value.path) == (ErrorCode.INVALID_PAYLOAD, path)


@given(st.binary(max_size=200))
def test_garbage_is_a_value_or_one_classified_error(data: bytes) -> None:
    try:
        decode(_open, data)
    except BadCall as error:
        assert error.code is ErrorCode.INVALID_PAYLOAD


def test_deep_garbage_does_not_crash() -> None:
    with pytest.raises(BadCall):
        decode(_open, b"\x91" * 1_000_000 + b"\x01")


def test_unknown_extensions_and_lies_about_lengths_are_refused() -> None:
    with pytest.raises(BadCall):
        decode(_open, msgspec.msgpack.encode(Ext(9, b"x")))
    with pytest.raises(BadCall):
        decode(_open, b"\xc6\xff\xff\xff\xff")


def test_open_types_are_found_at_any_depth() -> None:
    class Closed(msgspec.Struct):
        a: list[dict[str, int]]

    class Open(msgspec.Struct):
        a: list[dict[str, Any]]

    assert is_open(Open)
    assert not is_open(Closed)
    assert not is_open(None)
