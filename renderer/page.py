"""A page process: waits as the warm spare, and becomes the plugin page that ``page:open`` names."""

import shlex
import sys
from pathlib import Path
from typing import Any

import msgspec
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication, QWidget

import browser_os
from browser_os._tasks import next_turn
from renderer import appearance
from renderer.error_page import ErrorPage
from renderer.guard import Guard
from renderer.hidden_windows import HiddenWindows
from renderer.icons import icon, warm
from renderer.link import Link
from renderer.plugin_module import EntryError, entry_point
from renderer.surface.surface import Surface
from shared.channels.page import PageOpen
from shared.channels.system import Appearance
from shared.contract import Empty, Phase
from shared.errors import Bug, ErrorCode
from shared.ipc_channel import IPCChannel
from shared.manifest_types import Manifest
from shared.plugin_channels import plugin_contracts


def main(link: Link) -> None:
    """Serve ``link``; the caller runs the event loop of the QApplication that exists already."""
    PageProcess(link)


class PageProcess(QObject):
    """The one page of this process, once it is opened. Lives as long as ``link``."""

    def __init__(self, link: Link) -> None:
        super().__init__(link)
        self._session = link.session
        # The spare learns size and memory before it has anything to show.
        self._surface = Surface(None, link, self)
        self._session.handle(IPCChannel.PAGE_OPEN, self._on_page_open)
        self._session.on(IPCChannel.APPEARANCE_STATE, self._on_appearance_state)
        QTimer.singleShot(0, warm)

    def _on_appearance_state(self, state: Appearance) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)  # birth built it
        appearance.apply(state, application)

    async def _on_page_open(self, opened: PageOpen) -> Empty:
        if self._session.phase is not Phase.IDLE:
            raise Bug(ErrorCode.INTERNAL, "this process has a page already")
        manifest = msgspec.json.decode(opened.manifest, type=Manifest)
        guard = Guard(manifest.id, Path(opened.folder))
        guard.install()
        contracts = plugin_contracts(manifest)
        self._session.extend(contracts)
        self._session.open()
        await next_turn()
        page = browser_os.Page(
            self._session, opened=opened, manifest=manifest, contracts=contracts, guard=guard
        )
        root = build(page, opened.entry, guard)
        TabFace(root, page, parent=self)
        HiddenWindows(manifest.id, root, parent=self)
        self._surface.set_root(root)
        return Empty()


def build(page: browser_os.Page, entry: str, guard: Guard) -> QWidget:
    """The widget that the plugin makes; in its place, if that fails, a page that says how."""
    try:
        made: Any = entry_point(page.folder, entry)(page)
        if isinstance(made, QWidget):
            return made
        raise EntryError(f"{entry} returned {made!r}; it must return the QWidget that the tab is to show.")
    except EntryError as error:
        what, details, advice = (
            str(error),
            f'plugin.toml: entry = "{entry}"',
            "Mend the entry or the module, then reload.",
        )
    except ImportError as error:
        guard.report(error, "importing the page")
        what, details = f"{type(error).__name__}: {error}", guard.trimmed(error)
        package = (error.name or "PACKAGE").partition(".")[0]
        advice = (
            f"If a package is missing:  {shlex.quote(sys.executable)} -m pip install {package}  and reload."
        )
    except Exception as error:  # noqa: BLE001  a guest may raise anything
        guard.report(error, "building the page")
        what, details = f"{type(error).__name__}: {error}", guard.trimmed(error)
        advice = "The last line names the error, the lines above it lead there. Mend it and reload."
    return ErrorPage(page.manifest.name, what, details, advice, lambda *_: page.navigate(page.url))


class TabFace(QObject):
    """Keeps title and icon of the tab as the page's widget has them."""

    def __init__(self, root: QWidget, page: browser_os.Page, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = root
        self._page = page
        # Several icons or titles set in one go are one message.
        self._icon_timer = QTimer(self)
        self._icon_timer.setSingleShot(True)
        self._icon_timer.timeout.connect(self._send_icon)
        root.windowTitleChanged.connect(self._on_root_title_changed)
        root.windowIconChanged.connect(lambda: self._icon_timer.start(0))
        page.on(IPCChannel.APPEARANCE_STATE, lambda: self._icon_timer.start(0))
        if root.windowTitle():
            self._on_root_title_changed(root.windowTitle())
        else:
            declared = page.manifest.page(page.path)
            page.set_title(page.manifest.title_of(declared) if declared is not None else page.manifest.name)
        self._send_icon()

    def _on_root_title_changed(self, title: str) -> None:
        self._page.set_title(title)

    def _send_icon(self) -> None:
        own = self._root.windowIcon()
        application_icon = QApplication.windowIcon()
        if own.isNull() or own.cacheKey() == application_icon.cacheKey():
            own = self._declared_icon()
        self._page.pages.set_icon(own)

    def _declared_icon(self) -> QIcon:
        return icon(self._page.manifest.icon, self._root.palette().color(QPalette.ColorRole.PlaceholderText))
