"""The web host: the process that holds every web tab of one profile.

One control link, on which main opens tabs; one link and one surface for each tab. When main closes the control link
the host writes what it keeps (cookies above all) and ends.
"""

import logging
import os
import resource
import signal
import socket
import time
from collections.abc import Callable
from typing import Final

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject, QTimer
from PySide6.QtWebEngineCore import QWebEngineDownloadRequest, QWebEngineNewWindowRequest, QWebEngineProfile

from renderer.link import Link
from renderer.web import chromium, policy, profile
from renderer.web.page import WebPage
from renderer.web.popups import Popups
from renderer.web.tab import WebTab
from shared.channels.process import HostOpenTab
from shared.contract import Empty, Party
from shared.errors import BadCall, ErrorCode
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side

_log = logging.getLogger(__name__)

LEAVE_DEADLINE: Final = 5
"""Seconds from the end of the control link until the kernel ends this process, whatever holds it up."""
_EXPIRE_MS: Final = 1000

_BACKGROUND: Final = QWebEngineNewWindowRequest.DestinationType.InNewBackgroundTab

_hosts: list["WebHost"] = []
"""The one host of this process; it has no other owner."""


def before_application() -> None:
    """What QtWebEngine reads when it is first used, and never again."""
    chromium.prepare(os.environ)
    # A tab takes some nine descriptors; the usual 1024 would end it all near the hundredth.
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    if QLocale().name() == "C":
        # Chromium would name its language "en-POSIX", and pages would read it.
        QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))


def main(link: Link, storage: str | None) -> None:
    """Be the web host of ``link``, keeping what it keeps under ``storage`` (None: nothing)."""
    _hosts.append(WebHost(link, storage))


def after_application() -> None:
    """End QtWebEngine in order: its threads are joined here, and cookies and storage are in their files after."""
    application = QCoreApplication.instance()
    if application is not None:
        application.shutdown()


class WebHost(QObject):
    """Owner of the profile and of all tabs."""

    def __init__(self, link: Link, storage: str | None, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._link = link
        self._clock = clock
        self._is_leaving = False
        self._tabs: list[WebTab] = []
        self._popups: Popups[WebTab] = Popups(WebTab.close, clock)
        self._profile: QWebEngineProfile = profile.create(storage)
        self._profile.downloadRequested.connect(self._on_profile_download_requested)
        self._expiry = QTimer(self, interval=_EXPIRE_MS)
        self._expiry.timeout.connect(self._on_expiry_timeout)
        link.on_main_gone = self.leave
        link.session.handle(IPCChannel.HOST_OPEN_TAB, self._on_host_open_tab)

    # Tabs

    def _on_host_open_tab(self, request: HostOpenTab) -> Empty:
        """The descriptor is taken first and in every case: the next message's must not be mistaken for it."""
        endpoint = socket.socket(fileno=self._link.take_descriptor())
        try:
            tab = self._tab_for(request)
        except BaseException:
            endpoint.close()
            raise
        tab.attach(Link(Session(side=Side.PEER, party=Party.WEB_TAB), endpoint), request.url)
        return Empty()

    def _tab_for(self, request: HostOpenTab) -> WebTab:
        if request.popup is None:
            if request.url is not None:
                policy.parse(request.url)
            return self._new_tab()
        if request.url is not None:
            raise BadCall(
                ErrorCode.INVALID_PAYLOAD, "expected an address or a popup, got both", path="$.popup"
            )
        tab = self._popups.adopt(request.popup)
        if tab is None:
            raise BadCall(
                ErrorCode.NOT_FOUND, f"no page waits under {request.popup} (any more)", path="$.popup"
            )
        return tab

    def _new_tab(self) -> WebTab:
        tab = WebTab(self._profile, self._clock)
        self._tabs.append(tab)
        tab.new_window_requested.connect(self._on_tab_new_window_requested)
        tab.closed.connect(self._on_tab_closed)
        return tab

    def _on_tab_closed(self, tab: WebTab) -> None:
        self._popups.forget(tab)
        if tab in self._tabs:
            self._tabs.remove(tab)
            tab.deleteLater()

    def _on_tab_new_window_requested(self, opener: WebTab, request: QWebEngineNewWindowRequest) -> None:
        """Not answered, a request opens nothing."""
        if not opener.is_attached or self._popups.is_full:
            opener.notice("The page asked for more new tabs than can be opened at once.")
            return
        tab = self._new_tab()
        request.openIn(tab.page)
        number = self._popups.keep(tab)
        opener.announce(
            number,
            policy.text_of(request.requestedUrl()),
            background=request.destination() == _BACKGROUND,
        )
        if not self._expiry.isActive():
            self._expiry.start()

    def _on_expiry_timeout(self) -> None:
        self._popups.expire()
        if not self._popups:
            self._expiry.stop()

    def _on_profile_download_requested(self, download: QWebEngineDownloadRequest) -> None:
        page, name = download.page(), download.suggestedFileName()
        download.cancel()
        if isinstance(page, WebPage):
            page.noticed.emit(f"“{name[:200]}” was not downloaded: Browser OS has no downloads yet.")

    # The end

    def leave(self) -> None:
        """Close all tabs, then the profile, which begins to write its cookies; then end the event loop."""
        if self._is_leaving:
            return
        self._is_leaving = True
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(LEAVE_DEADLINE)
        self._expiry.stop()
        self._popups.clear()
        for tab in list(self._tabs):
            tab.close()
        # Pages first: a profile must outlive every page on it.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        shiboken6.delete(self._profile)
        QCoreApplication.quit()
