"""One web page's answers to Chromium: what it may open, and what is refused until a later issue brings a prompt.

Dialogs of scripts (alert, confirm, prompt) are dismissed at once, as with *Cancel*, and their text goes to the status
line: Qt offers them as calls that block, and a loop of events inside one would run in the process of all tabs.
"""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject, QUrl, Signal
from PySide6.QtNetwork import QAuthenticator
from PySide6.QtWebEngineCore import (
    QWebEngineCertificateError,
    QWebEngineClientCertificateSelection,
    QWebEngineDesktopMediaRequest,
    QWebEngineFileSystemAccessRequest,
    QWebEngineFullScreenRequest,
    QWebEnginePage,
    QWebEnginePermission,
    QWebEngineProfile,
    QWebEngineRegisterProtocolHandlerRequest,
    QWebEngineWebAuthUxRequest,
)

from renderer.web.authentication import decline
from renderer.web.policy import Initiator, refusal

_Type = QWebEnginePage.NavigationType
_HISTORY: Final = (_Type.NavigationTypeBackForward, _Type.NavigationTypeReload)

_LEAVE_QUESTION: Final = "Are you sure you want to leave this page? Changes that you made may not be saved."
"""QtWebEngine asks a page's ``beforeunload`` question as a confirm of this text. Nobody can answer it yet, and a
page must not be able to hold the tab: the answer is yes."""


class WebPage(QWebEnginePage):
    """A page with the shell's policies.

    Signals:
        noticed: something a person may want to read in the status line.
    """

    noticed = Signal(str)

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self._expected: QUrl | None = None
        self.certificateError.connect(self._on_certificate_error)
        self.permissionRequested.connect(self._on_permission_requested)
        self.fullScreenRequested.connect(self._on_full_screen_requested)
        self.authenticationRequired.connect(self._on_authentication_required)
        self.proxyAuthenticationRequired.connect(self._on_proxy_authentication_required)
        self.selectClientCertificate.connect(self._on_select_client_certificate)
        self.registerProtocolHandlerRequested.connect(self._on_protocol_handler_requested)
        self.fileSystemAccessRequested.connect(self._on_file_system_access_requested)
        self.desktopMediaRequested.connect(self._on_desktop_media_requested)
        self.webAuthUxRequested.connect(self._on_web_auth_requested)

    def open(self, url: QUrl) -> None:
        """Go to ``url``, which main wants opened and ``policy.parse`` has passed."""
        self._expected = url
        self.load(url)

    # Overrides

    def acceptNavigationRequest(
        self, url: QUrl | str, type: QWebEnginePage.NavigationType, isMainFrame: bool
    ) -> bool:
        """Chromium asks before every navigation of the page and its frames, redirects included."""
        url = QUrl(url)
        initiator = Initiator.PAGE
        if isMainFrame and self._is_expected(url, type):
            initiator = Initiator.MAIN
        elif type in _HISTORY:
            initiator = Initiator.HISTORY
        refused = refusal(url.scheme(), initiator)
        if refused is not None:
            self.noticed.emit(refused)
        return refused is None

    def _is_expected(self, url: QUrl, type: QWebEnginePage.NavigationType) -> bool:
        """Whether this is the navigation that ``open`` began, or its way from a folder to the folder's list."""
        if type == _Type.NavigationTypeTyped:
            return url == self._expected
        if type == _Type.NavigationTypeRedirect and self._expected is not None:
            return url.isLocalFile() and url.toLocalFile() == self._expected.toLocalFile() + "/"
        return False

    def chooseFiles(
        self,
        mode: QWebEnginePage.FileSelectionMode,
        oldFiles: Sequence[str],
        acceptedMimeTypes: Sequence[str],
    ) -> list[str]:
        """Files are chosen in main, which this issue does not yet do."""
        self.noticed.emit("Web pages cannot be given files yet.")
        return []

    def javaScriptAlert(self, securityOrigin: QUrl | str, msg: str) -> None:
        """Shown in the status line."""
        self._notice_dialog(securityOrigin, msg)

    def javaScriptConfirm(self, securityOrigin: QUrl | str, msg: str) -> bool:
        """As cancelled; but a page is always left."""
        if msg == QCoreApplication.translate("QWebEnginePage", _LEAVE_QUESTION):
            return True
        self._notice_dialog(securityOrigin, msg)
        return False

    def javaScriptPrompt(self, securityOrigin: QUrl | str, msg: str, defaultValue: str) -> tuple[bool, str]:
        """As cancelled."""
        self._notice_dialog(securityOrigin, msg)
        return False, ""

    def javaScriptConsoleMessage(
        self,
        level: QWebEnginePage.JavaScriptConsoleMessageLevel,
        message: str,
        lineNumber: int,
        sourceID: str,
    ) -> None:
        """Kept from standard error, whose last lines tell of crashes; developer tools will show it."""

    def _notice_dialog(self, origin: QUrl | str, message: str) -> None:
        self.noticed.emit(f"{QUrl(origin).host() or 'The page'} says: {message}")

    # Refusals

    def _on_certificate_error(self, error: QWebEngineCertificateError) -> None:
        error.rejectCertificate()

    def _on_permission_requested(self, permission: QWebEnginePermission) -> None:
        permission.deny()

    def _on_full_screen_requested(self, request: QWebEngineFullScreenRequest) -> None:
        request.reject()

    def _on_authentication_required(self, url: QUrl, authenticator: QAuthenticator) -> None:
        decline(authenticator)

    def _on_proxy_authentication_required(self, url: QUrl, authenticator: QAuthenticator, host: str) -> None:
        decline(authenticator)

    def _on_select_client_certificate(self, selection: QWebEngineClientCertificateSelection) -> None:
        selection.selectNone()

    def _on_protocol_handler_requested(self, request: QWebEngineRegisterProtocolHandlerRequest) -> None:
        request.reject()

    def _on_file_system_access_requested(self, request: QWebEngineFileSystemAccessRequest) -> None:
        request.reject()

    def _on_desktop_media_requested(self, request: QWebEngineDesktopMediaRequest) -> None:
        request.cancel()

    def _on_web_auth_requested(self, request: QWebEngineWebAuthUxRequest) -> None:
        request.cancel()
