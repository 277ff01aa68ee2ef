from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from main_process.window.address import SCHEMES, AddressRefused, check, resolve

SEARCH = "https://search.example/?q={query}"
HOME = Path("/home/ada")


def _resolved(text: str) -> str:
    return resolve(text, SEARCH, home=HOME)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("example.com", "https://example.com/"),
        ("  example.com  ", "https://example.com/"),
        ("EXAMPLE.com/Path", "https://example.com/Path"),
        ("example.com/a?b#c", "https://example.com/a?b#c"),
        ("https://example.com", "https://example.com/"),
        ("HTTP://example.com/", "http://example.com/"),
        ("example.com:8080/x", "http://example.com:8080/x"),
        ("example.com:443", "https://example.com:443/"),
        ("example.com.", "https://example.com./"),
        ("localhost", "http://localhost/"),
        ("localhost:8000", "http://localhost:8000/"),
        ("localhost:8000/a b", "https://search.example/?q=localhost%3A8000%2Fa%20b"),
        ("intranet:8080", "http://intranet:8080/"),
        ("intranet/", "https://intranet/"),
        ("192.168.0.1", "http://192.168.0.1/"),
        ("[::1]:8080/x", "http://[::1]:8080/x"),
        ("münchen.de/ä", "https://xn--mnchen-3ya.de/%C3%A4"),
        ("/usr/share/doc", "file:///usr/share/doc"),
        ("/tmp/../etc", "file:///etc"),
        ("/tmp/100% ä?#", "file:///tmp/100%25%20%C3%A4%3F%23"),
        ("~", "file:///home/ada"),
        ("~/a b", "file:///home/ada/a%20b"),
        ("file:///etc/hostname", "file:///etc/hostname"),
        ("file:/etc/hostname", "file:///etc/hostname"),
        ("file://localhost/etc", "file:///etc"),
        ("os://settings", "os://settings"),
        ("OS://Settings", "os://settings"),
        ("os://notes/today?x=1", "os://notes/today?x=1"),
        ("https://example.com/100%", "https://example.com/100%25"),
        ("https://example.com/a b|c", "https://example.com/a%20b%7Cc"),
        ("https://example.com/?q=a\\b", "https://example.com/?q=a%5Cb"),
    ],
)
def test_addresses(text: str, url: str) -> None:
    assert _resolved(text) == url
    assert check(url) == url


@pytest.mark.parametrize(
    ("text", "query"),
    [
        ("hello world", "hello%20world"),
        ("hello", "hello"),
        ("what?", "what%3F"),
        ("c++ & d", "c%2B%2B%20%26%20d"),
        ("3.14", "3.14"),
        ("1.2", "1.2"),
        ("e.g.", "e.g."),
        ("-a.com", "-a.com"),
        ("define:word", "define%3Aword"),
        ("site:example.com cats", "site%3Aexample.com%20cats"),
        ("ada@example.com", "ada%40example.com"),
        ("a\tb\x01c", "a%20b%20c"),
    ],
)
def test_words_are_looked_up(text: str, query: str) -> None:
    assert _resolved(text) == f"https://search.example/?q={query}"


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        " jAvAsCrIpT:alert( 1 )",
        "\tjavascript:alert(1)",
        "\x01\njavascript:alert(1)",
        "data:text/html,<h1>x",
        "vbscript:x",
        "blob:https://example.com/1",
        "view-source:https://example.com",
        "about:blank",
        "mailto:ada@example.com",
        "chrome://settings",
        "shell://p/%2e%2e/q",
        "ftp://example.com/",
        "ada:secret@example.com",
    ],
)
def test_other_schemes_are_refused_and_never_looked_up(text: str) -> None:
    try:
        url = _resolved(text)
    except AddressRefused:
        return
    # Control characters at the beginning make it words; words are all that may come of it.
    assert text.startswith("\x01") and url.startswith("https://search.example/?q=")


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("https://good.com\\@evil.com", "backslash"),
        ("https:\\\\evil.com", "backslash"),
        ("https://exam\tple.com/", "control"),
        ("http:example.com", "two slashes"),
        ("https:///evil.com", "two slashes"),
        ("https://", "well-formed"),
        ("https://exa mple.com", "well-formed"),
        ("https://ex%61mple.com/", "well-formed"),
        ("https://example.com:99999", "well-formed"),
        ("http://[::1", "well-formed"),
        ("os:settings", "two slashes"),
        ("os://p/%2e%2e/q", "percent"),
        ("os://p/a%2Fb", "percent"),
        ("os://p/a%5cb", "percent"),
        ("os://p/../q", "upwards"),
        ("os://ada@p/", "user name"),
        ("os://p:80/", "port"),
        ("file:///etc/%2e%2e/x", "percent"),
        ("file:///etc/x%00", "percent"),
        ("file://server/share", "this computer"),
        ("file:etc", "whole path"),
        ("", "Type"),
        ("   ", "Type"),
        ("https://example.com/" + "x" * 40_000, "longer"),
    ],
)
def test_parser_traps_are_refused_with_a_reason(text: str, word: str) -> None:
    with pytest.raises(AddressRefused, match=word):
        _resolved(text)


def test_look_alike_letters_are_shown_for_what_they_are() -> None:
    assert _resolved("\u0430\u0440\u0440\u04cf\u0435.com") == "https://xn--80ak6aa92e.com/"
    assert _resolved("xn--80ak6aa92e.com") == "https://xn--80ak6aa92e.com/"


def test_a_scheme_written_in_wide_letters_is_only_words() -> None:
    assert _resolved("\uff4aavascript:alert(1)").startswith("https://search.example/?q=")
    assert _resolved("\u200bjavascript:alert(1)").startswith("https://search.example/?q=")


def test_searching_can_be_switched_off() -> None:
    with pytest.raises(AddressRefused, match="switched off"):
        resolve("hello world", "")
    assert resolve("example.com", "") == "https://example.com/"


def test_a_search_template_is_checked_like_any_address() -> None:
    with pytest.raises(AddressRefused):
        resolve("hello", "javascript:{query}")


def test_a_home_folder_that_is_unknown_is_no_root() -> None:
    with pytest.raises(AddressRefused, match="home"):
        resolve("~/x", SEARCH, home=None)


@pytest.mark.parametrize(
    "url", ["javascript:1", "example.com", "", "/etc/passwd", "https://a\nb.com", "qrc:/x"]
)
def test_check_takes_whole_addresses_alone(url: str) -> None:
    with pytest.raises(AddressRefused):
        check(url)


@given(st.text(max_size=60))
def test_whatever_is_typed_ends_in_an_address_of_a_known_scheme_or_a_reason(text: str) -> None:
    try:
        url = _resolved(text)
    except AddressRefused as refusal:
        assert str(refusal)
        return
    assert url.partition(":")[0] in SCHEMES
    assert url.isascii() and not any(character.isspace() or character == "\\" for character in url)
    assert check(url) == url
