"""One tab: what it shows, who serves it now, and what the user can do with it."""

import logging
from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QImage

from main_process.link import Link
from main_process.plugins import PluginPage
from main_process.supervisor.crash_loop import CrashLoop
from main_process.supervisor.death import Death, DeathReason, LaunchFailed, classify, never_launched
from main_process.surface.view import SurfaceView
from main_process.tab_history import TabHistory
from main_process.window.tab_interface import TabState
from shared.channels.navigate import Navigate
from shared.channels.page import PageIcon, PageLoadFailed, PageRendererGone, RendererGoneStatus
from shared.channels.tab import TabUpdate
from shared.errors import BadCall, BadMessage, Bug, ErrorCode, IPCError
from shared.ipc_channel import IPCChannel
from shared.manifest_types import InvalidManifest
from shared.tasks import Future, Task

_log = logging.getLogger(__name__)

FILE_NOT_FOUND = -6
"""Chromium's ERR_FILE_NOT_FOUND, for an os:// page that does not exist."""

INVALID_RESPONSE = -320
"""Chromium's ERR_INVALID_RESPONSE, for an os:// page whose plugin.toml is broken."""


class Server(Protocol):
    """What serves a tab: a page's own process, or one page of the web host."""

    link: Link

    @property
    def pid(self) -> int: ...

    @property
    def stderr(self) -> str: ...

    @property
    def stacks(self) -> str: ...

    @property
    def died(self) -> SignalInstance: ...

    def close(self) -> None: ...

    def kill(self, reason: DeathReason, error: IPCError | None = None) -> None: ...


class Births(Protocol):
    """Where servers come from; the shell is one."""

    async def serve_page(self, tab: "Tab", page: PluginPage) -> Server: ...

    async def serve_web(self, tab: "Tab", url: str | None, popup: int | None) -> Server: ...

    def find_page(self, url: str) -> PluginPage: ...


class Tab(QObject):
    """See ``main_process.window.tab_interface.Tab`` for what each property means.

    Signals:
        changed: something the window shows is different now.
        closed: the tab is over.
        settled: the page is there: loaded, failed or crashed.
    """

    changed = Signal()
    closed = Signal()
    settled = Signal()

    def __init__(self, tab_id: int, births: Births, parent: QObject) -> None:
        super().__init__(parent)
        self.tab_id = tab_id
        self.url = ""
        self.title = ""
        self.icon: QImage | None = None
        self.loading = False
        self.progress = 0.0
        self.status = ""
        self.state = TabState.STARTING
        self.hung = False
        self.death: Death | None = None
        self.load_failure: PageLoadFailed | None = None
        self.generation = 0
        """How many servers it has had."""
        self.view = SurfaceView()
        self.view.first_frame_shown.connect(self._on_view_first_frame_shown)
        self.server: Server | None = None
        self._births = births
        self._history = TabHistory()
        self._crash_loop = CrashLoop()
        self._server_can_go_back = False
        self._server_can_go_forward = False
        self._disconnect: Callable[[], object] | None = None

    @property
    def can_go_back(self) -> bool:
        return self._server_can_go_back or self._history.can_go_back

    @property
    def can_go_forward(self) -> bool:
        return self._server_can_go_forward or self._history.can_go_forward

    @property
    def crash_loop(self) -> bool:
        return self._crash_loop.is_looping

    @property
    def is_web(self) -> bool:
        """Whether its page is of the web host."""
        return is_web(self.url)

    @property
    def is_settled(self) -> bool:
        """Whether the page is loaded and shown, or will not be."""
        return self.state is not TabState.STARTING and not self.loading

    # What the user does

    def navigate(self, url: str) -> None:
        """Go to ``url``: in the same process where that can be, else in a new one."""
        if is_web(url) and self.is_web and self._is_served():
            self._expect_page()
            self._ask(IPCChannel.NAVIGATE, Navigate(url=url))
            return
        if self.url and self.url != url:
            self._history.leave(self.url)
        self._replace_server(url)

    def back(self) -> None:
        """One step back, to another process if this one has none."""
        if self._server_can_go_back and self._is_served():
            self._ask(IPCChannel.NAVIGATE_BACK)
        elif self._history.can_go_back:
            self._replace_server(self._history.back(self.url))

    def forward(self) -> None:
        """One step forward, to another process if this one has none."""
        if self._server_can_go_forward and self._is_served():
            self._ask(IPCChannel.NAVIGATE_FORWARD)
        elif self._history.can_go_forward:
            self._replace_server(self._history.forward(self.url))

    def reload(self) -> None:
        """Load again. A plugin page, or one that crashed or hangs, gets a new process."""
        if self.hung and self.server is not None:
            self.server.kill(DeathReason.HUNG)
        if self.is_web and self._is_served() and not self.hung:
            self._expect_page()
            self._ask(IPCChannel.NAVIGATE_RELOAD)
        else:
            self._replace_server(self.url)

    def stop(self) -> None:
        """Stop loading."""
        if self.is_web and self._is_served():
            self._ask(IPCChannel.NAVIGATE_STOP)

    def close(self) -> None:
        """The tab is over: its server goes, and ``closed`` is emitted."""
        if self.state is not TabState.CLOSED:
            self._drop_server(keep_frame=False)
            self.state = TabState.CLOSED
            self.closed.emit()

    def details(self) -> str:
        """For "Copy details": everything known of the tab's end, or of why it does not answer."""
        lines = [f"Address: {self.url}"]
        if self.death is not None:
            lines += [
                f"Reason: {self.death.reason} ({self.death.words})",
                f"Code: {self.death.code}",
                f"Exit status: {self.death.exit_status}",
                *_last_words(self.death.stderr, self.death.stacks),
            ]
        elif self.load_failure is not None:
            lines.append(f"Error: {self.load_failure.description} ({self.load_failure.code})")
        elif self.hung and self.server is not None:
            lines += ["Reason: it does not answer", *_last_words(self.server.stderr, self.server.stacks)]
        return "\n".join(lines)

    # What the page tells

    def apply(self, update: TabUpdate) -> None:
        """Take over what the page says of itself. A plugin page cannot change its address.

        Raises BadCall for an address that is none, and would be shown as whatever it says.
        """
        if update.url is not None and not (update.url.isascii() and update.url.isprintable()):
            raise BadCall(ErrorCode.INVALID_PAYLOAD, "expected an address encoded in full", path="$.url")
        was_settled = self.is_settled
        if update.title is not None:
            self.title = update.title
        if update.url is not None and self.is_web and is_web(update.url):
            self.url = update.url
        if update.loading is not None:
            self.loading = update.loading
            if update.loading:
                self.load_failure = None
                if self.state is TabState.LOAD_FAILED:
                    self.state = TabState.LIVE
        if update.progress is not None:
            self.progress = min(1.0, max(0.0, update.progress))
        if update.can_go_back is not None:
            self._server_can_go_back = update.can_go_back
        if update.can_go_forward is not None:
            self._server_can_go_forward = update.can_go_forward
        if update.status is not None:
            self.status = update.status
        self._tell(was_settled)

    def set_icon(self, icon: PageIcon) -> None:
        """Raises BadMessage if the pixels are not as many as the side says."""
        if len(icon.pixels) != icon.side * icon.side * 4:
            raise BadMessage(
                ErrorCode.INVALID_PAYLOAD,
                f"page:icon: expected {icon.side * icon.side * 4} bytes for a side of {icon.side}, got {len(icon.pixels)}",
                path="$.pixels",
            )
        if icon.side == 0:
            self.icon = None
        else:
            image = QImage(icon.pixels, icon.side, icon.side, QImage.Format.Format_ARGB32_Premultiplied)
            self.icon = image.copy()  # the bytes go, the image stays
        self.changed.emit()

    def fail_load(self, failure: PageLoadFailed) -> None:
        """The page could not be loaded: main draws why."""
        was_settled = self.is_settled
        self.load_failure = failure
        self.loading = False
        self.state = TabState.LOAD_FAILED
        self._tell(was_settled)

    def lose_renderer(self, gone: PageRendererGone) -> None:
        """Chromium's process of the page ended; the tab's place in the web host is kept for the reload."""
        by_signal = gone.status in (RendererGoneStatus.CRASHED, RendererGoneStatus.KILLED)
        self._die(classify(-gone.exit_code if by_signal else gone.exit_code, launched=True))

    def set_hung(self, hung: bool) -> None:
        """The hang monitor's word."""
        if self.hung is not hung:
            self.hung = hung
            self.changed.emit()

    # Servers

    def adopt_popup(self, popup: int, url: str) -> None:
        """Be the page that the web host holds ready under number ``popup``; no web page is one of ours."""
        self._replace_server(url if url and is_web(url) else "about:blank", popup=popup)

    def _replace_server(self, url: str, *, popup: int | None = None) -> None:
        self._drop_server()
        self.url = url
        self.title = ""
        self.icon = None
        self.status = ""
        self.death = None
        self.load_failure = None
        self.hung = False
        self.loading = True
        self.progress = 0.0
        self.state = TabState.STARTING
        self.generation += 1
        self.changed.emit()
        generation = self.generation
        task: Task[None] = Task(self._serve(url, popup, generation))
        task.add_done_callback(lambda done: self._on_serving_done(done, generation))

    async def _serve(self, url: str, popup: int | None, generation: int) -> None:
        page = None if is_web(url) else self._births.find_page(url)
        server: Server
        if page is None:
            server = await self._births.serve_web(self, url if popup is None else None, popup)
        else:
            self.title = page.title
            server = await self._births.serve_page(self, page)
        if generation != self.generation or self.state is TabState.CLOSED:
            server.close()  # the user went on meanwhile
            return
        self.server = server
        self._disconnect = lambda: server.died.disconnect(self._on_server_died)
        server.died.connect(self._on_server_died)
        self.view.attach(server.link.session)
        if page is not None:
            await server.link.session.invoke(IPCChannel.PAGE_OPEN, page.opening())
            if generation == self.generation:
                was_settled = self.is_settled
                self.loading = False
                self._tell(was_settled)

    def _on_serving_done(self, task: Future[None], generation: int) -> None:
        error = task.exception()
        if error is None or generation != self.generation or self.state is TabState.CLOSED:
            return
        if isinstance(error, InvalidManifest):
            self.fail_load(
                PageLoadFailed(url=self.url, code=INVALID_RESPONSE, description=error.message[:1000])
            )
        elif isinstance(error, BadCall) and error.code is ErrorCode.NOT_FOUND:
            self.fail_load(
                PageLoadFailed(url=self.url, code=FILE_NOT_FOUND, description=error.message[:1000])
            )
        elif isinstance(error, LaunchFailed):
            self._die(error.death)
        elif not isinstance(error, IPCError):
            _log.error("%s could not be opened", self.url, exc_info=error)
            self._drop_server()
            self._die(never_launched(Bug(ErrorCode.INTERNAL, f"{type(error).__name__}: {error}")))
        elif self.server is None:
            self._die(never_launched(error))
        else:
            # The page is there but would not open: its own error page, its crash page or the hang panel says why.
            was_settled = self.is_settled
            self.loading = False
            self._tell(was_settled)

    def _drop_server(self, *, keep_frame: bool = True) -> None:
        server, self.server = self.server, None
        if server is not None:
            if self._disconnect is not None:
                self._disconnect()
            server.close()
        self.view.detach(keep_frame=keep_frame)
        self._server_can_go_back = self._server_can_go_forward = False

    def _on_server_died(self, death: Death) -> None:
        self.server = None
        self._server_can_go_back = self._server_can_go_forward = False
        self.view.detach()
        self._die(death)

    def _die(self, death: Death) -> None:
        was_settled = self.is_settled
        self._crash_loop.record()
        self.death = death
        self.status = ""
        self.hung = False
        self.loading = False
        self.state = TabState.CRASHED
        self._tell(was_settled)

    def _on_view_first_frame_shown(self) -> None:
        if self.state is TabState.STARTING:
            was_settled = self.is_settled
            self.state = TabState.LIVE
            self._tell(was_settled)

    def _expect_page(self) -> None:
        """Whatever stood here gives way to the page that is asked for."""
        self.death = None
        self.load_failure = None
        self.loading = True
        self.state = TabState.LIVE
        self.changed.emit()

    def _ask(self, channel: IPCChannel, payload: Navigate | None = None) -> None:
        """Send a navigation request; what comes of it the page tells by itself."""
        assert self.server is not None  # every caller has looked
        asked = self.server.link.session.invoke(channel, payload)
        asked.add_done_callback(self._on_navigation_answered)

    def _on_navigation_answered(self, asked: Future[object]) -> None:
        error = asked.exception()
        if error is not None and self.loading and self._is_served():
            was_settled = self.is_settled
            self.loading = False
            self.status = str(error)
            self._tell(was_settled)

    def _tell(self, was_settled: bool) -> None:
        if self.state is TabState.STARTING and not self.loading and not self.view.isVisible():
            self.state = TabState.LIVE  # behind other tabs a page is loaded, and paints nothing
        self.changed.emit()
        if self.is_settled and not was_settled:
            self.settled.emit()

    def _is_served(self) -> bool:
        return self.server is not None and not self.server.link.is_closed


def is_web(url: str) -> bool:
    """Whether the web host serves ``url``: everything but the pages of the shell and its plugins."""
    return url.partition(":")[0].lower() != "os"


def _last_words(stderr: str, stacks: str) -> list[str]:
    return ["", "Last output:", stderr or "(none)", "", "Python stacks:", stacks or "(none)"]
