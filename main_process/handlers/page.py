"""``page:*`` and ``pages:*``: icons, failures, new tabs that web pages ask for, and the list of pages."""

from main_process.handlers.caller import Caller
from shared.channels.page import PageIcon, PageLoadFailed, PagePopup, PageRendererGone, PagesListing
from shared.contract import Empty
from shared.ipc_channel import IPCChannel


def icon(caller: Caller, payload: PageIcon) -> None:
    """Raises BadMessage if the pixels are not as many as the side says."""
    caller.tab.set_icon(payload)


def load_failed(caller: Caller, payload: PageLoadFailed) -> None:
    """Main draws the error page."""
    caller.tab.fail_load(payload)


def renderer_gone(caller: Caller, payload: PageRendererGone) -> None:
    """Chromium's process of the page ended: the tab crashed, though its host lives."""
    caller.tab.lose_renderer(payload)


def popup(caller: Caller, payload: PagePopup) -> None:
    """Adopt the page that the caller's web host holds ready."""
    caller.shell.adopt_popup(caller.tab, payload)


def listing(caller: Caller, payload: Empty) -> PagesListing:
    """What can be opened by name."""
    return caller.shell.plugins.listing()


HANDLERS = {
    IPCChannel.PAGE_ICON: icon,
    IPCChannel.PAGE_LOAD_FAILED: load_failed,
    IPCChannel.PAGE_RENDERER_GONE: renderer_gone,
    IPCChannel.PAGE_POPUP: popup,
    IPCChannel.PAGES_LIST: listing,
}
