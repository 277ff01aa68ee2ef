"""Where web tabs may go, and who may send them there."""

import pytest
from PySide6.QtCore import QUrl

from renderer.web.policy import Initiator, parse, refusal, text_of
from shared.errors import BadCall, IPCError, Refused


@pytest.mark.parametrize("scheme", ["http", "https", "about"])
@pytest.mark.parametrize("initiator", Initiator)
def test_everybody_may_open_the_web(scheme: str, initiator: Initiator) -> None:
    assert refusal(scheme, initiator) is None


@pytest.mark.parametrize(
    "scheme", ["javascript", "os", "qrc", "chrome", "devtools", "view-source", "mailto", "", "ftp"]
)
@pytest.mark.parametrize("initiator", Initiator)
def test_nobody_may_open_the_rest(scheme: str, initiator: Initiator) -> None:
    assert refusal(scheme, initiator)


def test_files_open_from_main_and_from_history_alone() -> None:
    assert refusal("file", Initiator.MAIN) is None
    assert refusal("file", Initiator.HISTORY) is None
    assert "may not open files" in (refusal("file", Initiator.PAGE) or "")


@pytest.mark.parametrize("scheme", ["blob", "data"])
def test_a_pages_own_data_is_the_pages_alone(scheme: str) -> None:
    assert refusal(scheme, Initiator.PAGE) is None
    assert refusal(scheme, Initiator.MAIN)


def test_a_long_scheme_is_cut_in_the_words() -> None:
    assert len(refusal("x" * 10_000, Initiator.PAGE) or "") < 200


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        ("HTTP://Example.ORG/", "http://example.org/"),
        ("about:blank", "about:blank"),
        ("file:///tmp/a/../b.html?q#f", "file:///tmp/b.html?q#f"),
        ("file://localhost/tmp/x", "file:///tmp/x"),
        ("file:///tmp/%2e%2e/etc", "file:///etc"),
        ("file:///tmp/folder/", "file:///tmp/folder/"),
        ("file:///", "file:///"),
        ("file:///tmp/a%20b%23c", "file:///tmp/a%20b%23c"),
    ],
)
def test_what_main_may_ask_for(address: str, expected: str) -> None:
    assert text_of(parse(address)) == expected


@pytest.mark.parametrize(
    "address",
    [
        "",
        "example.org",
        "/etc/passwd",
        "http://",
        "https:///path",
        "http://a b/",
        "\tjavascript:alert(1)",
        "http://[::1",
    ],
)
def test_what_is_no_address(address: str) -> None:
    with pytest.raises(BadCall) as caught:
        parse(address)
    assert caught.value.path == "$.url"


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "qrc:/x",
        "chrome://gpu",
        "os://settings",
        "about:config",
        "file://server/share",
        "data:,x",
    ],
)
def test_what_web_tabs_do_not_open(address: str) -> None:
    with pytest.raises(Refused):
        parse(address)


def test_backslashes_change_no_host() -> None:
    with pytest.raises(IPCError):
        parse("https://good.example\\@evil.example")


def test_addresses_are_shown_encoded_and_without_secrets() -> None:
    assert (
        text_of(QUrl("https://ada:secret@xn--80ak6aa92e.com/ü?ü"))
        == "https://xn--80ak6aa92e.com/%C3%BC?%C3%BC"
    )
    assert text_of(QUrl("https://ada@example.org/")) == "https://example.org/"
    assert text_of(QUrl()) == ""
