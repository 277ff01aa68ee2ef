"""What main is told of a load that failed."""

from typing import cast

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

from renderer.web.load_failure import failure_of
from shared.channels.page import PageLoadFailed
from shared.limits import MAX_URL

Domain = QWebEngineLoadingInfo.ErrorDomain


class Info:
    """What QtWebEngine tells of a load; its own class cannot be made from outside."""

    def __init__(
        self,
        domain: Domain,
        code: int,
        text: str = "",
        *,
        error_page: bool = True,
        url: str = "http://example.org/",
    ) -> None:
        self.errorDomain = lambda: domain
        self.errorCode = lambda: code
        self.errorString = lambda: text
        self.isErrorPage = lambda: error_page
        self.url = lambda: QUrl(url)


def told(info: Info) -> PageLoadFailed | None:
    return failure_of(cast(QWebEngineLoadingInfo, info))


def test_a_network_error_has_chromiums_number_and_name() -> None:
    failure = told(Info(Domain.ConnectionErrorDomain, -105, "net::ERR_NAME_NOT_RESOLVED"))
    assert failure == PageLoadFailed(
        url="http://example.org/", code=-105, description="ERR_NAME_NOT_RESOLVED"
    )


def test_an_error_status_is_a_failure_only_without_a_page_to_show() -> None:
    assert told(Info(Domain.HttpStatusCodeDomain, 404, error_page=False)) is None
    failure = told(Info(Domain.HttpStatusCodeDomain, 404))
    assert failure is not None
    assert (failure.code, failure.description) == (-379, "ERR_HTTP_RESPONSE_CODE_FAILURE (HTTP 404)")


@pytest.mark.parametrize("code", [0, -3])
def test_what_was_stopped_has_not_failed(code: int) -> None:
    assert told(Info(Domain.InternalErrorDomain, code)) is None


def test_the_address_is_within_the_limit_and_never_empty() -> None:
    failure = told(Info(Domain.HttpErrorDomain, -300, url="http://example.org/" + "x" * MAX_URL))
    assert failure is not None
    assert len(failure.url) == MAX_URL
    failure = told(Info(Domain.HttpErrorDomain, -300, url=""))
    assert failure is not None
    assert failure.url == "about:blank"
