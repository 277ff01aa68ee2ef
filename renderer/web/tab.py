"""A web tab: one QtWebEngine view on one link to main."""

import logging
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWebEngineCore import (
    QWebEngineLoadingInfo,
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEngineProfile,
)
from PySide6.QtWebEngineWidgets import QWebEngineView

from renderer.link import Link
from renderer.surface.surface import Surface
from renderer.web import policy
from renderer.web.icon import NO_ICON, pixels_of
from renderer.web.load_failure import failure_of
from renderer.web.page import WebPage
from renderer.web.page_process import PageProcess
from renderer.web.updates import Updates
from shared.channels.navigate import Navigate
from shared.channels.page import PageIcon, PageLoadFailed, PagePopup, PageRendererGone
from shared.channels.tab import TabUpdate
from shared.contract import Empty, Phase
from shared.errors import Full, Gone
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_TEXT, MAX_URL
from shared.tasks import Future

_log = logging.getLogger(__name__)

_ICON_DELAY_MS: Final = 150
"""Icons that change more often than this are told less often."""

_Status = QWebEngineLoadingInfo.LoadStatus
_Action = QWebEnginePage.WebAction


def plain(text: str) -> str:
    """``text`` as it can cross: cut to the limit, lone surrogates (which pages can make) replaced."""
    return text[:MAX_TEXT].encode(errors="replace").decode()


class WebTab(QObject):
    """Begins without a link: a popup has none until main adopts it.

    Signals, with this tab as their first argument:
        new_window_requested: the page asked for a new tab (QWebEngineNewWindowRequest, valid during the call).
        closed: the tab is at its end; its view is destroyed soon after.
    """

    new_window_requested = Signal(object, object)
    closed = Signal(object)

    def __init__(self, profile: QWebEngineProfile, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._link: Link | None = None
        self._first_url: str | None = None
        self._surface: Surface | None = None
        self._is_closed = False
        self._failure: PageLoadFailed | None = None
        self._gone: PageRendererGone | None = None
        self._icon: PageIcon = NO_ICON
        self._timer = QTimer(self, singleShot=True)
        self._icon_timer = QTimer(self, singleShot=True, interval=_ICON_DELAY_MS)
        self._icon_timer.timeout.connect(self._on_icon_timer_timeout)
        self._updates = Updates(self._send_update, self._timer.start, clock)
        self._timer.timeout.connect(self._updates.flush)

        self.view = QWebEngineView()
        self.view.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        # Its own menu is a window of this process, which nobody would see; the page still hears of the click.
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.page = WebPage(profile, self.view)
        self.view.setPage(self.page)
        self._process = PageProcess(self.page, clock)
        self._process.gone.connect(self._on_process_gone)
        self._connect(self.page)

    def _connect(self, page: WebPage) -> None:
        page.titleChanged.connect(self._on_page_title_changed)
        page.urlChanged.connect(self._on_page_url_changed)
        page.loadingChanged.connect(self._on_page_loading_changed)
        page.loadProgress.connect(self._on_page_load_progress)
        page.linkHovered.connect(self.notice)
        page.noticed.connect(self.notice)
        page.iconChanged.connect(self._icon_timer.start)
        page.newWindowRequested.connect(self._on_page_new_window_requested)
        page.windowCloseRequested.connect(self._on_page_window_close_requested)

    # The link

    @property
    def is_attached(self) -> bool:
        """Whether main listens by now."""
        return self._link is not None and self._link.session.phase is Phase.OPEN

    def attach(self, link: Link, url: str | None = None) -> None:
        """Serve ``link`` from now on, and go to ``url`` (passed by ``policy.parse``) when main has greeted."""
        self._link = link
        self._first_url = url
        link.setParent(self)
        link.on_main_gone = self.close
        session = link.session
        session.handle(IPCChannel.NAVIGATE, self._on_navigate)
        session.handle(IPCChannel.NAVIGATE_BACK, lambda _: self._act(_Action.Back))
        session.handle(IPCChannel.NAVIGATE_FORWARD, lambda _: self._act(_Action.Forward))
        session.handle(IPCChannel.NAVIGATE_RELOAD, lambda _: self._act(_Action.Reload))
        session.handle(IPCChannel.NAVIGATE_STOP, self._on_navigate_stop)
        session.remove_handler(IPCChannel.LINK_PING)
        session.handle(IPCChannel.LINK_PING, lambda _: self._process.ping())
        self._surface = Surface(self.view, link, self)
        link.opened.connect(self._on_link_opened)
        # After the answer to host:open_tab is on its way, so that main hears it before it hears of the page.
        QTimer.singleShot(0, link, self._begin)

    def _begin(self) -> None:
        if self._link is not None and not self._link.is_closed:
            self._link.session.start()

    def _on_link_opened(self) -> None:
        if self._first_url is not None:
            self.page.open(policy.parse(self._first_url))
        self._updates.tell_all()
        if self._icon.side:
            self._send(IPCChannel.PAGE_ICON, self._icon)
        if self._failure is not None:
            self._send(IPCChannel.PAGE_LOAD_FAILED, self._failure)
        if self._gone is not None:
            self._send(IPCChannel.PAGE_RENDERER_GONE, self._gone)

    def _send(self, channel: IPCChannel, payload: Any) -> None:
        """Tell main, if it listens: what it missed is told when it begins to."""
        if self._link is None or not self.is_attached:
            return
        try:
            self._link.session.send(channel, payload)
        except Full as error:
            _log.warning("main does not read: %s is lost: %s", channel, error)

    def _send_update(self, fields: Mapping[str, Any]) -> None:
        self._send(IPCChannel.TAB_UPDATE, TabUpdate(**fields))

    def announce(self, popup: int, url: str, *, background: bool) -> None:
        """Tell main of a new tab that this one's page asked for."""
        self._send(
            IPCChannel.PAGE_POPUP, PagePopup(popup=popup, url=url[:MAX_URL] or None, background=background)
        )

    def notice(self, text: str) -> None:
        """Show ``text`` in the status line; empty takes it away."""
        self._updates.set(status=plain(text))

    # Asked by main

    def _on_navigate(self, navigate: Navigate) -> Empty:
        url = policy.parse(navigate.url)
        self._process.act_on_live(lambda: self.page.open(url))
        return Empty()

    def _act(self, action: QWebEnginePage.WebAction) -> Empty:
        self._process.act_on_live(lambda: self.page.triggerAction(action))
        return Empty()

    def _on_navigate_stop(self, _: Empty) -> Empty:
        self.page.triggerAction(_Action.Stop)
        return Empty()

    def close(self) -> None:
        """End the tab: its link, its page, and a Chromium process that hangs."""
        if self._is_closed:
            return
        self._is_closed = True
        self._process.end_if_hung()
        if self._surface is not None:
            self._surface.close()
        if self._link is not None:
            self._link.close()
        self._timer.stop()
        self._icon_timer.stop()
        self.view.deleteLater()
        self.closed.emit(self)

    # Told by the page

    def _on_page_title_changed(self, title: str) -> None:
        self._updates.set(title=plain(title))

    def _on_page_url_changed(self) -> None:
        self._updates.set(status="", **self._place())

    def _place(self) -> dict[str, Any]:
        history = self.page.history()
        return {
            "url": policy.text_of(self.page.url())[:MAX_URL] or "about:blank",
            "can_go_back": history.canGoBack(),
            "can_go_forward": history.canGoForward(),
        }

    def _on_page_load_progress(self, percent: int) -> None:
        self._updates.set(progress=percent / 100)

    def _on_page_loading_changed(self, info: QWebEngineLoadingInfo) -> None:
        status = info.status()
        if status == _Status.LoadStartedStatus:
            self._failure = None
            self._gone = None
            self._updates.set_now(loading=True, progress=0.0)
            return
        self._updates.set_now(loading=False, progress=1.0, **self._place())
        if status == _Status.LoadFailedStatus:
            self._failure = failure_of(info)
            if self._failure is not None:
                self._send(IPCChannel.PAGE_LOAD_FAILED, self._failure)

    def _on_icon_timer_timeout(self) -> None:
        icon = pixels_of(self.page.icon())
        if icon != self._icon:
            self._icon = icon
            self._send(IPCChannel.PAGE_ICON, icon)

    def _on_page_new_window_requested(self, request: QWebEngineNewWindowRequest) -> None:
        self.new_window_requested.emit(self, request)

    def _on_page_window_close_requested(self) -> None:
        if self._link is None or not self.is_attached:
            self.close()
            return
        answer = self._link.session.invoke(IPCChannel.TAB_DELETE)
        answer.add_done_callback(_log_failure)

    def _on_process_gone(self, gone: PageRendererGone) -> None:
        self._gone = gone
        self._updates.set_now(loading=False, progress=1.0)
        self._send(IPCChannel.PAGE_RENDERER_GONE, gone)


def _log_failure(answer: Future[msgspec.Struct]) -> None:
    exception = answer.exception()
    if exception is not None and not isinstance(exception, Gone):
        _log.warning("the page may not close its tab: %s", exception)
