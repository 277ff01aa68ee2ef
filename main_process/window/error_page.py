"""The page in the place of one that could not be loaded: what happened, what to try, Retry."""

from PySide6.QtCore import Signal

from main_process.window.buttons import push_button
from main_process.window.icons import Icon
from main_process.window.message_page import MessagePage
from main_process.window.net_errors import PAGE_NOT_FOUND, PLUGIN_BROKEN, NetError, net_error
from main_process.window.page_information import host_of
from main_process.window.plain_text import one_line
from main_process.window.tab_interface import LoadFailure

_CERTIFICATE_ERRORS = range(-219, -199)
_OFFLINE = (-106, -105, -137, -109, -21)


class ErrorPage(MessagePage):
    """Made from the failure that was reported. A renderer's description is only ever a code, main's are sentences.

    Signals:
        retry_requested.
    """

    retry_requested = Signal()

    def __init__(self, failure: LoadFailure) -> None:
        error = _error(failure)
        certificate = failure.code in _CERTIFICATE_ERRORS
        icon = Icon.NOT_SECURE if certificate else Icon.NETWORK if failure.code in _OFFLINE else Icon.WARNING
        super().__init__(icon, tone="danger" if certificate else "warning", name="error-page")
        host = one_line(host_of(failure.url), 80) or "The page"
        title = error.title.replace("{host}", host)
        self.setAccessibleName(title)
        self.add_text(title, "title")
        self.add_text(error.text.replace("{host}", host), "body")
        if failure.url.startswith("os:"):
            self.add_steps(tuple(filter(None, map(one_line, failure.description.splitlines()))))
        self.add_steps(error.steps)
        self.add_code(self._code(failure))
        retry = push_button("Retry", "error-retry", primary=True)
        retry.clicked.connect(self.retry_requested)
        self.add_buttons(retry)

    @staticmethod
    def _code(failure: LoadFailure) -> str:
        named = _error(failure).name
        name = named if named != "ERR_UNKNOWN" else one_line(failure.description, 60) or named
        return f"{name} ({failure.code})"


def _error(failure: LoadFailure) -> NetError:
    error = net_error(failure.code)
    if failure.url.startswith("os:"):
        # There is no file and no site: the name or the path is not a page's, or its manifest is broken.
        return {"ERR_FILE_NOT_FOUND": PAGE_NOT_FOUND, "ERR_INVALID_RESPONSE": PLUGIN_BROKEN}.get(
            error.name, error
        )
    return error
