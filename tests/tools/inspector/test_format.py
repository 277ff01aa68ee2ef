import datetime
import json
import uuid

import pytest

from shared.contract import Direction
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.format import (
    Tone,
    latency_text,
    line,
    payload_text,
    printable,
    route_text,
    size_text,
    to_json,
    tone,
)


def test_a_line_holds_every_column() -> None:
    text = line(request("7", size=12_345))
    for part in ("page 3 #3 → main", "settings:get", "command", "12 KiB", "allowed", "7"):
        assert part in text
    assert datetime.datetime.fromtimestamp(1_700_000_000.25).strftime("%H:%M:%S.250") in text


def test_a_reply_points_at_its_request_and_tells_the_latency() -> None:
    text = line(reply("7"))
    assert "main → page 3 #3" in text
    assert "↩ 7" in text
    assert "12.30 ms" in text
    assert '{"value": 7}' in text


def test_a_refused_line_says_code_reason_and_place() -> None:
    assert line(refused()).endswith("invalid-payload: Expected `str`, got `int` (at $.title)")
    assert tone(refused()) is Tone.REFUSED


def test_tones() -> None:
    assert tone(record()) is Tone.PLAIN
    assert tone(record(type="system")) is Tone.QUIET
    assert tone(reply(type="error", code="not-found")) is Tone.FAILED


def test_secrets_are_named_not_shown() -> None:
    assert line(record(payload=None, secret=True)).endswith("(secret)")


def test_long_payloads_are_cut() -> None:
    assert len(payload_text({"text": "a" * 1000}, 50)) == 50
    assert payload_text({"text": "a" * 1000}, 50).endswith("…")
    assert payload_text({}) == ""


def test_nothing_in_a_record_can_steer_the_terminal() -> None:
    hostile = "\x1b[2J\x9b\r\nx\u202e"
    text = line(refused(peer=hostile, channel=hostile, code=hostile, reason=hostile, path=hostile)) + line(
        record(payload={"title": hostile})
    )
    assert text.isprintable()
    assert printable(hostile) == "\\x1b[2J\\x9b\\r\\nx\\u202e"


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "0 B"),
        (9_999, "9999 B"),
        (10_000, "10 KiB"),
        (4_194_304, "4096 KiB"),
        (16 * 1024 * 1024, "16 MiB"),
    ],
)
def test_sizes(size: int, text: str) -> None:
    assert size_text(size) == text


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(None, ""), (0.0, "0.00 ms"), (0.000_123, "0.12 ms"), (0.25, "250 ms"), (12.34, "12.3 s")],
)
def test_latencies(seconds: float | None, text: str) -> None:
    assert latency_text(seconds) == text


def test_the_arrow_goes_the_way_of_the_message() -> None:
    assert route_text(record(direction=Direction.FROM_MAIN)) == "main → page 3 #3"


def test_json_is_one_object_on_one_line_with_every_field() -> None:
    told = refused(raw=b"\x00\xff")
    text = to_json(told)
    assert "\n" not in text
    fields = json.loads(text)
    assert set(fields) == set(told.__struct_fields__)
    assert fields["raw"] == "AP8="
    assert (fields["verdict"], fields["path"]) == ("refused", "$.title")


def test_json_takes_every_value_that_can_be_sent() -> None:
    moment = datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC)
    payload = {
        "big": 2**200,
        "bytes": b"ab",
        "moment": moment,
        "id": uuid.UUID(int=1),
        "list": (1, 2),
        5: None,
    }
    assert json.loads(to_json(record(payload=payload)))["payload"] == {
        "big": 2**200,
        "bytes": "YWI=",
        "moment": "2026-01-02T00:00:00Z",
        "id": "00000000-0000-0000-0000-000000000001",
        "list": [1, 2],
        "5": None,
    }
