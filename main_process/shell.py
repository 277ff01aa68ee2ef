"""The shell: everything of main, put together, and what concerns more than one tab."""

import itertools
import logging
import os
import shlex

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.gate import Gate
from main_process.handlers import Caller
from main_process.link import Link
from main_process.options import Options
from main_process.plugins import PluginPage, Plugins
from main_process.power import Power
from main_process.profile import Profile
from main_process.recorder import Recorder
from main_process.relay import relay
from main_process.sandbox_check import SandboxLevel, SandboxReport
from main_process.sandbox_watch import SandboxWatch
from main_process.session_store import SavedTab, SavedWindow, SessionStore
from main_process.settings_store import SettingsStore
from main_process.storage.storage import Storage
from main_process.supervisor.renderer_process import RendererProcess
from main_process.supervisor.supervisor import Supervisor
from main_process.tab import Tab, is_web
from main_process.web_hosts import WebHosts, WebTab
from main_process.window.address import AddressRefused, resolve
from main_process.window.infobar import InfobarKind, InfobarMessage
from main_process.window.theme import theme
from main_process.window.window import BrowserWindow
from shared.channels.page import PagePopup
from shared.channels.system import SystemEvent, SystemEventKind
from shared.contract import Party, Phase, Struct
from shared.errors import BadCall, ErrorCode, Full, Refused
from shared.ipc_channel import IPCChannel
from shared.permissions import Principal
from shared.tasks import Future

NEW_TAB = "os://newtab"

_log = logging.getLogger(__name__)


class Shell(QObject):
    """Owns windows, tabs, processes, settings and storage; made once by ``main_process.run``.

    Signals:
        finished: the last window is closed, or the user asked to quit.
    """

    finished = Signal()

    def __init__(self, options: Options, profile: Profile) -> None:
        """Raises CannotOpen if the profile's file cannot be used."""
        super().__init__()
        self.options = options
        self.profile = profile
        self.windows: list[BrowserWindow] = []
        self._tab_ids = itertools.count(1)
        self._is_quitting = False
        self._inspectors = 0
        self._settings_readers: set[Link] = set()
        self.storage = Storage(profile.database, self)
        self.settings = SettingsStore(self.storage, self)
        if options.theme is not None:
            self.settings.override("appearance.theme", options.theme)
        self.session = SessionStore(self.storage, self._saved_windows, self)
        self.plugins = Plugins()
        self.recorder = Recorder() if options.inspect else None
        self.gate = Gate(self.recorder)
        self.power = Power(self)
        self.supervisor = Supervisor(
            self,
            forks=hasattr(os, "fork") and not options.spawn,
            hang_threshold=float(self.settings.get("processes.hang_seconds")),
        )
        self.web_hosts = WebHosts(self.supervisor, self.gate, profile.web_storage, self)
        self.sandbox = SandboxWatch(self)
        theme().set_choice(self.settings.text("appearance.theme"))
        self._connect()

    def _connect(self) -> None:
        monitor = self.supervisor.hang_monitor
        monitor.hung.connect(self._on_monitor_hung)
        monitor.responsive.connect(self._on_monitor_responsive)
        monitor.resumed.connect(self._on_monitor_resumed)
        self.supervisor.zygote_started.connect(
            lambda zygote: self._admit(zygote.link, Principal(name="zygote", party=Party.ZYGOTE))
        )
        self.supervisor.born.connect(self._on_supervisor_born)
        self.sandbox.weak.connect(self._on_sandbox_weak)
        # The theme outlives the shell: only a method of a QObject is disconnected with it.
        theme().changed.connect(self._on_theme_changed)
        self.power.changed.connect(self._on_power_changed)
        self.settings.changed.connect(self._on_settings_changed)

    # Windows and tabs

    @property
    def tabs(self) -> list[Tab]:
        """Every tab of every window."""
        return [tab for window in self.windows for tab in window.tabs() if isinstance(tab, Tab)]

    def window_of(self, tab: Tab) -> BrowserWindow:
        """The window that shows ``tab``. Raises BadCall if it is closed."""
        for window in self.windows:
            if tab in window.tabs():
                return window
        raise BadCall(ErrorCode.NOT_FOUND, "the tab is closed")

    def open_window(self) -> BrowserWindow:
        """A new empty window; give it a tab."""
        window = BrowserWindow(
            private=self.profile.private, search_template=self.settings.text("search.template")
        )
        window.resize(*self.options.size)
        window.new_tab_requested.connect(lambda url: self.open_tab(url, window=window))
        window.tab_close_requested.connect(self.close_tab)
        window.closed_tab_requested.connect(lambda: self.reopen_tab(window))
        window.tab_activated.connect(lambda tab: self.session.touch())
        window.tab_moved.connect(lambda tab, index: self.session.touch())
        window.new_window_requested.connect(
            lambda: self.open_tab(self.settings.text("startup.page"), window=self.open_window())
        )
        window.inspector_requested.connect(lambda: self._tell_of_inspector(window))
        window.quit_requested.connect(self.quit)
        window.closed.connect(lambda: self._on_window_closed(window))
        window.toolbar.set_inspected(self._inspectors)
        self.windows.append(window)
        window.show()
        return window

    def open_tab(
        self, url: str | None, *, window: BrowserWindow | None = None, background: bool = False
    ) -> Tab:
        """A new tab on ``url`` (None: the new tab page), by default in the newest window."""
        tab = self._new_tab(window, background=background)
        tab.navigate(url or NEW_TAB)
        return tab

    def adopt_popup(self, opener: Tab, popup: PagePopup) -> None:
        """A web page asked for a new tab; its host holds the page ready, and throws it away if nobody takes it.

        Raises Refused if the user did nothing in the page that this could come of: the host is not believed.
        """
        if not opener.view.take_activation():
            raise Refused(
                ErrorCode.PERMISSION_DENIED, "a new tab takes a click or a key in the page that asks for it"
            )
        tab = self._new_tab(self.window_of(opener), background=popup.background)
        tab.adopt_popup(popup.popup, popup.url or "")

    def close_tab(self, tab: Tab) -> None:
        """Close it; a window without tabs closes too."""
        window = self.window_of(tab)
        if not self.profile.private and tab.url not in ("", NEW_TAB):
            self.session.remember_closed(SavedTab(url=tab.url, title=tab.title))
        window.remove_tab(tab)
        self._end_tab(tab)
        self.session.touch()
        if not window.tabs():
            window.close()

    def close_tab_soon(self, tab: Tab) -> None:
        """Close it once the message that asked is answered."""
        QTimer.singleShot(0, tab, lambda: self.close_tab(tab) if tab in self.tabs else None)

    def navigate_soon(self, tab: Tab, url: str) -> None:
        """Navigate once the message that asked is answered: the page may go with it."""
        QTimer.singleShot(0, tab, lambda: tab.navigate(url) if tab in self.tabs else None)

    def reopen_tab(self, window: BrowserWindow) -> None:
        """Open the tab closed last again."""
        saved = self.session.take_closed()
        if saved is not None:
            self.open_tab(saved.url, window=window)

    def address_for_page(self, text: str, page: Tab) -> str:
        """The address that ``text`` from ``page`` stands for. Raises BadCall: pages open no files, web pages no
        pages of the shell.

        Words are searched for, as in the address bar.
        """
        try:
            url = resolve(text, self.settings.text("search.template"))
        except AddressRefused as error:
            raise BadCall(ErrorCode.INVALID_PAYLOAD, str(error), path="$.url") from error
        if url.startswith("file:"):
            raise BadCall(
                ErrorCode.INVALID_PAYLOAD, "only the user opens files, from the address bar", path="$.url"
            )
        if page.is_web and not is_web(url):
            raise BadCall(
                ErrorCode.INVALID_PAYLOAD,
                "only the user opens pages of the shell from a web page",
                path="$.url",
            )
        return url

    def _new_tab(self, window: BrowserWindow | None, *, background: bool) -> Tab:
        window = window or (self.windows[-1] if self.windows else self.open_window())
        tab = Tab(next(self._tab_ids), self, self)
        tab.changed.connect(self.session.touch)
        tab.settled.connect(self._on_tab_settled)
        window.add_tab(tab, background=background)
        return tab

    def _end_tab(self, tab: Tab) -> None:
        tab.close()
        tab.view.deleteLater()
        tab.deleteLater()

    # Servers for tabs (main_process.tab.Births)

    def find_page(self, url: str) -> PluginPage:
        """Raises BadCall(NOT_FOUND) that names what there is."""
        return self.plugins.resolve(url)

    async def serve_page(self, tab: Tab, page: PluginPage) -> RendererProcess:
        """A renderer that may speak for ``page``, told what every page is told. Raises LaunchFailed."""
        reach = () if page.plugin.built_in else (page.plugin.folder,)
        process = await self.supervisor.page_process(reach)
        process.call_it(page.plugin.manifest.id)
        session = process.link.session
        self._admit(process.link, page.principal, tab)
        session.extend(page.plugin.contracts)
        relay(session, page.plugin.contracts)
        session.open()
        self._greet(process.link, page.principal)
        return process

    async def serve_web(self, tab: Tab, url: str | None, popup: int | None) -> WebTab:
        """A page of the web host. Raises LaunchFailed, or what the host answers."""
        web_tab = await self.web_hosts.open_tab(url=url, popup=popup)
        principal = Principal(name=f"web tab {tab.tab_id}", party=Party.WEB_TAB)
        self._admit(web_tab.link, principal, tab)
        self._greet(web_tab.link, principal)
        return web_tab

    def _admit(self, link: Link, principal: Principal, tab: Tab | None = None) -> None:
        self.gate.admit(link.session, principal, Caller(tab, self) if tab is not None else None)
        link.closed.connect(lambda: self.gate.dismiss(link.session))

    def _greet(self, link: Link, principal: Principal) -> None:
        """The states that a page starts with."""
        link.session.send(IPCChannel.APPEARANCE_STATE, theme().appearance())
        link.session.send(IPCChannel.POWER_STATE, self.power.state)
        if "settings.read" in principal.granted:
            link.session.send(IPCChannel.SETTINGS_STATE, self.settings.snapshot())
            self._settings_readers.add(link)
            link.closed.connect(lambda: self._settings_readers.discard(link))

    # What happens

    def _on_supervisor_born(self, process: RendererProcess) -> None:
        party = process.link.session.party
        self._admit(process.link, Principal(name=f"{process.kind} {process.pid}", party=party))
        if party is Party.PAGE:
            # The spare is dressed before anybody needs it.
            process.link.opened.connect(
                lambda: _send(process.link, IPCChannel.APPEARANCE_STATE, theme().appearance())
            )

    def _on_tab_settled(self) -> None:
        self.sandbox.look(self.web_hosts.pids)

    def _on_sandbox_weak(self, report: SandboxReport) -> None:
        if report.level is not SandboxLevel.NONE:
            return  # system calls are filtered: what is amiss is on standard error, and inspectors see the level
        text = "Web pages run without Chromium's sandbox: browser-os doctor says what is missing."
        for window in self.windows:
            window.show_infobar(InfobarMessage(key="sandbox", text=text, kind=InfobarKind.WARNING))

    def _on_monitor_hung(self, link: Link) -> None:
        self._set_hung(link, True)

    def _on_monitor_responsive(self, link: Link) -> None:
        self._set_hung(link, False)

    def _on_monitor_resumed(self) -> None:
        self._broadcast(IPCChannel.SYSTEM_EVENT, SystemEvent(kind=SystemEventKind.RESUMED))

    def _on_theme_changed(self) -> None:
        self._broadcast(IPCChannel.APPEARANCE_STATE, theme().appearance())

    def _on_power_changed(self) -> None:
        self._broadcast(IPCChannel.POWER_STATE, self.power.state)

    def _set_hung(self, link: Link, hung: bool) -> None:
        for tab in self.tabs:
            if tab.server is not None and tab.server.link is link:
                tab.set_hung(hung)

    def _on_settings_changed(self, key: str) -> None:
        if key == "appearance.theme":
            theme().set_choice(self.settings.text(key))
        elif key == "processes.hang_seconds":
            self.supervisor.hang_monitor.threshold = float(self.settings.get(key))
        elif key == "search.template":
            for window in self.windows:
                window.set_search_template(self.settings.text(key))
        for link in tuple(self._settings_readers):
            _send(link, IPCChannel.SETTINGS_STATE, self.settings.snapshot())

    def _broadcast(self, channel: IPCChannel, payload: Struct) -> None:
        for tab in self.tabs:
            if tab.server is not None:
                _send(tab.server.link, channel, payload)

    def _tell_of_inspector(self, window: BrowserWindow) -> None:
        is_default = self.options.profile is None and not self.profile.private
        profile = "" if is_default else f" --profile {shlex.quote(str(self.profile.directory))}"
        command = f"browser-os inspect{profile}"
        text = (
            f"Inspectors may attach: run {command}"
            if self.options.inspect
            else f"Nothing listens for inspectors: start the shell with --inspect, then run {command}"
        )
        window.show_infobar(InfobarMessage(key="inspector", text=text, kind=InfobarKind.INFORMATION))

    def show_inspectors(self, count: int) -> None:
        """So many inspectors are attached: every window says so."""
        self._inspectors = count
        for window in self.windows:
            window.toolbar.set_inspected(count)

    # The end

    def _on_window_closed(self, window: BrowserWindow) -> None:
        if window not in self.windows:
            return
        if len(self.windows) == 1:
            self.quit()
            return
        self.windows.remove(window)
        for tab in window.tabs():
            window.remove_tab(tab)
            if isinstance(tab, Tab):
                self._end_tab(tab)
        window.deleteLater()
        self.session.touch()

    def quit(self) -> None:
        """Store what is open, then end. Asking again does nothing."""
        if not self._is_quitting:
            self._is_quitting = True
            self._broadcast(IPCChannel.SYSTEM_EVENT, SystemEvent(kind=SystemEventKind.QUITTING))
            saved = self.session.save(ended=True)
            saved.add_done_callback(self._on_session_saved)

    def _on_session_saved(self, saved: Future[None]) -> None:
        if saved.exception() is not None:
            _log.error("the open tabs could not be stored: %s", saved.exception())
        self.finished.emit()

    def shut_down(self) -> None:
        """End every process and close the profile. Qt's loop has ended."""
        for tab in self.tabs:
            tab.close()
        self.supervisor.shutdown()
        self.storage.close()

    def _saved_windows(self) -> tuple[SavedWindow, ...]:
        if self.profile.private:
            return ()
        if self.options.screenshot is not None:
            return self.session.previous.windows  # a picture's tab takes no one else's place
        return tuple(
            SavedWindow(
                tabs=tuple(SavedTab(url=tab.url, title=tab.title) for tab in window.tabs()),
                active=max(
                    0, next((i for i, tab in enumerate(window.tabs()) if tab is window.current_tab), 0)
                ),
            )
            for window in self.windows
            if window.tabs()
        )


def _send(link: Link, channel: IPCChannel, payload: Struct) -> None:
    if link.session.phase not in (Phase.IDLE, Phase.OPEN):
        return
    try:
        link.session.send(channel, payload)
    except Full as error:
        _log.warning("%s was not sent: %s", channel, error)
