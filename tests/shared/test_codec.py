"""Payloads and results of one contract on their way to bytes and back, and what both ends must agree on."""

from typing import Annotated, Any

import msgspec
import pytest

from shared.channels.settings import SettingsGet, SettingsValues
from shared.codec import Codec, codec_of, digest
from shared.contract import Contract, Direction, Empty, Party, Pattern, Phase, Struct
from shared.errors import BadCall, ErrorCode, Full
from shared.limits import COUNTED_BYTES, MAX_COUNTED_VALUES, MAX_FRAME_BYTES
from shared.values import encode


class Order(Struct):
    """A payload with a field that has no default."""

    dish: Annotated[str, msgspec.Meta(max_length=10)]
    count: int = 1


class Anything(Struct):
    """A payload with a place that takes any value."""

    value: Any = None


def _contract(payload: Any = Order, result: Any = SettingsValues, **fields: Any) -> Contract:
    return Contract(
        channel="kitchen:order",
        summary="For tests.",
        pattern=Pattern.REQUEST,
        direction=fields.pop("direction", Direction.TO_MAIN),
        parties=frozenset({Party.PAGE}),
        payload=payload,
        result=result,
        **fields,
    )


def test_what_goes_in_comes_out_typed() -> None:
    codec = Codec(_contract())
    order = Order(dish="soup", count=2)
    assert codec.decode_payload(codec.encode_payload(order)) == order
    values = SettingsValues(values={"a": 1})
    assert codec.decode_result(codec.encode_result(values)) == values


def test_without_a_result_type_a_reply_is_empty() -> None:
    codec = Codec(_contract(result=None))
    assert codec.decode_result(codec.encode_result(Empty())) == Empty()
    with pytest.raises(BadCall):
        codec.decode_result(msgspec.Raw(encode({"more": 1})))


def test_a_payload_of_defaults_alone() -> None:
    assert Codec(_contract(SettingsGet)).default_payload() == SettingsGet()
    with pytest.raises(BadCall, match="kitchen:order: Missing required argument 'dish'") as caught:
        Codec(_contract()).default_payload()
    assert (caught.value.code, caught.value.path) == (ErrorCode.INVALID_PAYLOAD, "$")


@pytest.mark.parametrize(
    ("sent", "path"),
    [
        ({"dish": "soup", "count": "two"}, "$.count"),
        ({"dish": "x" * 11}, "$.dish"),
        ({"count": 1}, "$.dish"),
        ({"dish": "soup", "wine": True}, "$.wine"),
        ([], "$"),
    ],
)
def test_what_does_not_fit_is_named_by_its_place(sent: object, path: str) -> None:
    with pytest.raises(BadCall) as caught:
        Codec(_contract()).decode_payload(msgspec.Raw(encode(sent)))
    assert (caught.value.code, caught.value.path) == (ErrorCode.INVALID_PAYLOAD, path)


def test_bytes_that_are_no_value_at_all() -> None:
    with pytest.raises(BadCall) as caught:
        Codec(_contract()).decode_payload(msgspec.Raw(b"\xc1"))
    assert caught.value.code is ErrorCode.INVALID_PAYLOAD


def test_what_must_not_travel_is_refused_at_both_ends() -> None:
    codec = Codec(_contract(Anything))
    smuggled = msgspec.Raw(encode({"value": [1.5, float("nan")]}))
    with pytest.raises(BadCall, match="finite") as sending:
        codec.encode_payload(Anything(value=[1.5, float("nan")]))
    with pytest.raises(BadCall, match="finite") as receiving:
        codec.decode_payload(smuggled)
    assert (sending.value.code, sending.value.path) == (ErrorCode.UNENCODABLE, "$.value[1]")
    assert (receiving.value.code, receiving.value.path) == (ErrorCode.INVALID_PAYLOAD, "$.value[1]")


def test_an_open_result_is_looked_through_too() -> None:
    codec = Codec(_contract(result=Anything))
    with pytest.raises(BadCall) as caught:
        codec.encode_result(Anything(value={"deep": [object()]}))
    assert (caught.value.code, caught.value.path) == (ErrorCode.UNENCODABLE, "$.value.deep[0]")


def test_many_values_do_not_travel_in_large_open_payloads() -> None:
    """Decoded, they would take fifty times their bytes, and main's GUI thread for seconds."""
    codec = Codec(_contract(Anything, Anything, max_bytes=MAX_FRAME_BYTES))
    assert len(codec.decode_payload(codec.encode_payload(Anything(value=["x" * 10_000] * 400))).value) == 400
    few = Anything(value=[[]] * (COUNTED_BYTES - 100))
    assert codec.decode_payload(codec.encode_payload(few)) == few
    many = Anything(value=[[]] * 1_000_000)
    with pytest.raises(Full, match=f"at most {MAX_COUNTED_VALUES} values") as caught:
        codec.decode_payload(msgspec.Raw(encode(many)))
    assert caught.value.code is ErrorCode.TOO_MANY
    with pytest.raises(Full):
        codec.encode_payload(many)
    with pytest.raises(Full):
        codec.decode_result(msgspec.Raw(encode(many)))
    downwards = Codec(_contract(Anything, max_bytes=MAX_FRAME_BYTES, direction=Direction.FROM_MAIN))
    assert downwards.encode_payload(Anything(value=[0] * 1_000_000))


def test_the_size_limit_is_exact_and_comes_before_the_decoding() -> None:
    exact = encode({"value": b"x" * 100})
    fits = Codec(_contract(Anything, Anything, max_bytes=len(exact)))
    assert fits.decode_payload(fits.encode_payload(Anything(value=b"x" * 100))).value == b"x" * 100
    tight = Codec(_contract(Anything, Anything, max_bytes=len(exact) - 1))
    with pytest.raises(
        Full, match=rf"kitchen:order: expected at most {len(exact) - 1} bytes, got {len(exact)}"
    ):
        tight.encode_payload(Anything(value=b"x" * 100))
    with pytest.raises(Full):
        tight.encode_result(Anything(value=b"x" * 100))
    rubbish = msgspec.Raw(b"\xc1" * len(exact))
    with pytest.raises(Full) as caught:
        tight.decode_payload(rubbish)
    assert caught.value.code is ErrorCode.TOO_LARGE
    with pytest.raises(Full):
        tight.decode_result(rubbish)


def test_one_contract_has_one_codec_and_an_equal_one_its_own() -> None:
    first, second = _contract(), _contract()
    assert codec_of(first) is codec_of(first)
    assert codec_of(first) is not codec_of(second)
    assert codec_of(second).contract is second


class OtherOrder(Struct):
    """As ``Order``, with another bound."""

    dish: Annotated[str, msgspec.Meta(max_length=11)]
    count: int = 1


@pytest.mark.parametrize(
    "change",
    [
        {"pattern": Pattern.EVENT},
        {"direction": Direction.BOTH},
        {"parties": frozenset({Party.PAGE, Party.WEB_TAB})},
        {"payload": OtherOrder},
        {"result": Empty},
        {"result": None},
    ],
    ids=str,
)
def test_the_digest_tells_what_both_ends_must_agree_on(change: dict[str, Any]) -> None:
    contract = _contract()
    changed = msgspec.structs.replace(contract, **change)
    assert digest({"kitchen:order": changed}) != digest({"kitchen:order": contract})


def test_the_digest_tells_names_and_absent_channels() -> None:
    contract = _contract()
    assert len({digest({}), digest({"a": contract}), digest({"b": contract})}) == 3


def test_the_digest_leaves_out_what_each_end_keeps_for_itself() -> None:
    contract = _contract()
    changed = msgspec.structs.replace(
        contract,
        summary="Other words.",
        deadline=1.0,
        phases=frozenset(Phase),
        secret=True,
        permission="kitchen",
    )
    assert digest({"kitchen:order": changed}) == digest({"kitchen:order": contract})
