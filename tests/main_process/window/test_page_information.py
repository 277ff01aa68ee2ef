import pytest

from main_process.window.page_information import (
    AddressParts,
    Security,
    describe,
    host_of,
    parts_of,
    shown_link,
)


@pytest.mark.parametrize(
    ("url", "security"),
    [
        ("https://example.com/", Security.SECURE),
        ("http://example.com/", Security.NOT_SECURE),
        ("http://localhost:8000/", Security.NOT_SECURE),
        ("file:///etc/hostname", Security.FILE),
        ("os://settings", Security.BUILT_IN),
        ("os://newtab", Security.BUILT_IN),
        ("os://notes/today", Security.PLUGIN),
        ("about:blank", Security.NONE),
        ("", Security.NONE),
        ("https://good.com\\@evil.com/", Security.NONE),
    ],
)
def test_every_kind_of_address_says_how_it_came(url: str, security: Security) -> None:
    information = describe(url)
    assert information.security is security
    assert information.title and information.text


def test_an_unencrypted_site_is_labelled_but_not_one_on_this_computer() -> None:
    assert describe("http://example.com/").label == "Not secure"
    assert describe("http://127.0.0.1:8000/").label == ""


@pytest.mark.parametrize(
    ("url", "parts"),
    [
        ("https://example.com/", AddressParts("", "example.com", "")),
        ("https://example.com:8443/a?b#c", AddressParts("", "example.com", ":8443/a?b#c")),
        ("http://[::1]:80/x", AddressParts("", "[::1]", ":80/x")),
        ("os://notes/today", AddressParts("os://", "notes", "/today")),
        ("file:///tmp/a%20b", AddressParts("", "", "/tmp/a b")),
        ("not an address", AddressParts("", "", "not an address")),
    ],
)
def test_the_host_is_told_from_the_rest(url: str, parts: AddressParts) -> None:
    assert parts_of(url) == parts
    assert parts.text == parts.before + parts.host + parts.after


def test_a_user_name_never_stands_where_a_host_does() -> None:
    assert parts_of("https://good.com@evil.com/").text == "evil.com"
    assert shown_link("https://good.com:x@evil.com/") == "https://evil.com/"


def test_hosts_are_shown_in_ascii() -> None:
    assert host_of("https://\u0430\u0440\u0440\u04cf\u0435.com/") == "xn--80ak6aa92e.com"
    assert parts_of("https://xn--80ak6aa92e.com/").host == "xn--80ak6aa92e.com"
    assert shown_link("https://\u0430\u0440\u0440\u04cf\u0435.com/") == "https://xn--80ak6aa92e.com/"


def test_a_status_that_is_no_address_is_one_line() -> None:
    assert shown_link("two\nlines \u202eback") == "two lines back"
