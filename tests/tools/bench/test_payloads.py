"""The sizes that the figures are named after."""

import msgspec
import pytest

from tools.bench.payloads import BYTES, payload_of


@pytest.mark.parametrize("kind", BYTES)
def test_payloads_are_about_as_large_as_their_names_say(kind: str) -> None:
    assert len(msgspec.msgpack.encode(payload_of(kind))) == pytest.approx(BYTES[kind], rel=0.1)
