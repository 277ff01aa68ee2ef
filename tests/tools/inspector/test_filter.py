import pytest

from shared.ipc_channel import IPCChannel
from tests.tools.inspector.records import record, refused, reply
from tools.inspector.filter import FilterError, parse

TITLE = record(peer="web tab 7", payload={"title": "Grüße", "n": 12}, size=5000)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "title",
        "TAB:TITLE",
        "tab:title",
        "grüße",
        "web tab",
        '"web tab"',
        "channel:tab",
        "channel:tab:title",
        "channel=tab:title",
        "channel~^tab:.*e$",
        'channel~"^(tab|link):"',
        "payload:12",
        "size>4999",
        "size < 5001",
        "link=3",
        "link:3",
        "not link:ping",
        "not verdict:refused",
        "channel:tab peer:web",
        "channel:tab and peer:web",
        "nonsense or title",
        "nonsense nonsense or title",
        "(nonsense or tab) not (refused or error)",
        "https://no.where or title",
    ],
)
def test_matching(text: str) -> None:
    assert parse(text)(TITLE)


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "peer:page",
        "channel=tab",
        "not title",
        "title nonsense",
        "latency>0",
        "size>5000",
        "verdict:refused",
    ],
)
def test_not_matching(text: str) -> None:
    assert not parse(text)(TITLE)


def test_refusals_are_found_by_what_is_wrong_with_them() -> None:
    for text in ("verdict:refused", "code:invalid", "path:title", "reason:expected", "invalid-payload"):
        assert parse(text)(refused()), text


def test_latency_is_in_milliseconds() -> None:
    assert parse("latency>12")(reply())
    assert not parse("latency>13")(reply())


@pytest.mark.parametrize("channel", IPCChannel)
def test_every_channel_is_found_by_its_name(channel: IPCChannel) -> None:
    matches = parse(channel)
    assert matches(record(channel=channel))
    assert not matches(record(channel="other:one"))


def test_a_malformed_frame_is_found_although_it_has_no_channel() -> None:
    assert parse("code:malformed")(refused(channel="", type="", code="malformed-frame", raw=b"\xff"))


@pytest.mark.parametrize(
    ("text", "message", "position"),
    [
        ('channel:"tab', "a double quote is not closed", 8),
        ("(tab", r"expected '\)'", 4),
        ("tab)", r"expected a term, got '\)'", 3),
        ("tab or", "expected a term, got the end", 6),
        ("and tab", "expected a term, got 'and'", 0),
        ("verdict:", "expected a value after 'verdict:'", 8),
        ("size>big", "expected a number for 'size', got 'big'", 5),
        ("channel>3", "'channel' is text", 7),
        ("size~3", "'size' is a number", 4),
        ('channel~"("', "not a regular expression", 8),
        ("shape=round", "there is no field 'shape'; fields are channel", 0),
        ("tab verdit:refused", "did you mean 'verdict'", 4),
        ("(" * 60, "at most 50 levels", 50),
    ],
)
def test_an_error_says_what_and_where(text: str, message: str, position: int) -> None:
    with pytest.raises(FilterError, match=message) as raised:
        parse(text)
    assert raised.value.position == position
