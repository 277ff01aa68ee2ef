"""Each field of the envelope, missing or mistyped, is an error that names it."""

from typing import Any

import pytest

from shared.envelope import Envelope, MessageType
from shared.errors import BadCall
from shared.values import decode, decoder, encode

_decoder = decoder(Envelope)
GOOD: dict[str, Any] = {
    "channel": "tab:update",
    "type": "event",
    "payload": {},
    "timestamp": 1,
    "id": "1",
    "generation": 0,
}


def test_a_good_one_passes_and_its_payload_stays_bytes() -> None:
    envelope: Envelope = decode(_decoder, encode(GOOD))
    assert (envelope.channel, envelope.type, envelope.id) == ("tab:update", MessageType.EVENT, "1")
    assert bytes(envelope.payload) == encode({})


@pytest.mark.parametrize("field", ["channel", "type", "payload", "timestamp"])
def test_each_missing_field_is_named(field: str) -> None:
    with pytest.raises(BadCall) as caught:
        decode(_decoder, encode({key: value for key, value in GOOD.items() if key != field}))
    assert caught.value.path == f"$.{field}"
    assert field in caught.value.message


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("channel", 1),
        ("channel", ""),
        ("channel", "x" * 200),
        ("type", 1),
        ("type", "wish"),
        ("timestamp", "now"),
        ("timestamp", -1),
        ("timestamp", 1.5),
        ("id", 7),
        ("id", "x" * 100),
        ("in_reply_to", 7),
        ("generation", "a"),
        ("generation", -1),
    ],
)
def test_each_mistyped_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(BadCall) as caught:
        decode(_decoder, encode({**GOOD, field: value}))
    assert caught.value.path == f"$.{field}"


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(BadCall) as caught:
        decode(_decoder, encode({**GOOD, "sender": "me"}))
    assert caught.value.path == "$.sender"


def test_the_five_types_are_those_of_the_document() -> None:
    assert set(MessageType) == {"command", "event", "state", "error", "system"}
