"""What main is told of a load that failed."""

from PySide6.QtWebEngineCore import QWebEngineLoadingInfo

from renderer.web import net_errors, policy
from shared.channels.page import PageLoadFailed
from shared.limits import MAX_TEXT, MAX_URL

_HTTP = QWebEngineLoadingInfo.ErrorDomain.HttpStatusCodeDomain


def failure_of(info: QWebEngineLoadingInfo) -> PageLoadFailed | None:
    """None if there is a page to see (an error status with a body), or nothing failed."""
    code = info.errorCode()
    if info.errorDomain() == _HTTP:
        if not info.isErrorPage():
            return None
        name = net_errors.name_of(net_errors.HTTP_RESPONSE_CODE_FAILURE, "")
        code, description = net_errors.HTTP_RESPONSE_CODE_FAILURE, f"{name} (HTTP {code})"
    elif net_errors.is_failure(code):
        description = net_errors.name_of(code, info.errorString())
    else:
        return None
    url = policy.text_of(info.url())[:MAX_URL] or "about:blank"
    return PageLoadFailed(url=url, code=code, description=description[:MAX_TEXT])
