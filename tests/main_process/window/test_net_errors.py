import re

import pytest

from main_process.window.net_errors import GENERIC, NET_ERRORS, PAGE_NOT_FOUND, net_error

COMMON = {
    "ERR_ACCESS_DENIED",
    "ERR_ADDRESS_UNREACHABLE",
    "ERR_CERT_AUTHORITY_INVALID",
    "ERR_CERT_COMMON_NAME_INVALID",
    "ERR_CERT_DATE_INVALID",
    "ERR_CONNECTION_CLOSED",
    "ERR_CONNECTION_REFUSED",
    "ERR_CONNECTION_RESET",
    "ERR_CONNECTION_TIMED_OUT",
    "ERR_EMPTY_RESPONSE",
    "ERR_FILE_NOT_FOUND",
    "ERR_INTERNET_DISCONNECTED",
    "ERR_NAME_NOT_RESOLVED",
    "ERR_NETWORK_CHANGED",
    "ERR_SSL_PROTOCOL_ERROR",
    "ERR_TIMED_OUT",
    "ERR_TOO_MANY_REDIRECTS",
    "ERR_UNSAFE_PORT",
}


def test_the_common_errors_are_there() -> None:
    assert {error.name for error in NET_ERRORS.values()} >= COMMON


@pytest.mark.parametrize("code", NET_ERRORS)
def test_every_entry_is_whole(code: int) -> None:
    error = NET_ERRORS[code]
    assert code < 0
    assert re.fullmatch(r"ERR_[A-Z_]+", error.name)
    assert error.title and not error.title.endswith(".")
    for sentence in (error.text, *error.steps):
        assert sentence[0].isupper() or sentence.startswith("{host}")
        assert sentence.endswith(".")
        assert not re.search(r"\{(?!host\})", sentence)


def test_names_are_used_once() -> None:
    names = [error.name for error in NET_ERRORS.values()]
    assert len(names) == len(set(names))


def test_an_unknown_number_gets_something_general() -> None:
    assert net_error(-9999) is GENERIC
    assert net_error(-105) is NET_ERRORS[-105]
    assert PAGE_NOT_FOUND.steps
