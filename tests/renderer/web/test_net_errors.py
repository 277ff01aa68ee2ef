"""Names of Chromium's network errors."""

import pytest

from renderer.web.net_errors import ABORTED, is_failure, name_of


@pytest.mark.parametrize(
    ("code", "told", "name"),
    [
        (-102, "net::ERR_CONNECTION_REFUSED", "ERR_CONNECTION_REFUSED"),
        (-102, "", "ERR_CONNECTION_REFUSED"),
        (-999, "net::ERR_BRAND_NEW", "ERR_BRAND_NEW"),
        (-999, "", "ERR_999"),
        (-105, "<b>No such host</b>", "ERR_NAME_NOT_RESOLVED"),
        (-105, "net::ERR_<script>", "ERR_NAME_NOT_RESOLVED"),
    ],
)
def test_the_name_is_chromiums(code: int, told: str, name: str) -> None:
    assert name_of(code, told) == name


def test_what_was_stopped_has_not_failed() -> None:
    assert not is_failure(ABORTED)
    assert not is_failure(0)
    assert is_failure(-2)
