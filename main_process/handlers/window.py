"""``window:*``: pages that may, open, close and change windows."""

from main_process.handlers.caller import Caller
from shared.channels.window import WindowCreate, WindowUpdate
from shared.contract import Empty
from shared.ipc_channel import IPCChannel


def create(caller: Caller, payload: WindowCreate) -> Empty:
    """A new window with one tab; never on a file, which only the user may open."""
    url = None if payload.url is None else caller.shell.address_for_page(payload.url, caller.tab)
    caller.shell.open_tab(url, window=caller.shell.open_window())
    return Empty()


def close(caller: Caller, payload: Empty) -> Empty:
    """Close the window of the caller's tab, its other tabs with it."""
    caller.shell.window_of(caller.tab).close()
    return Empty()


def update(caller: Caller, payload: WindowUpdate) -> Empty:
    """Full screen and title of the caller's window."""
    window = caller.shell.window_of(caller.tab)
    if payload.full_screen is not None:
        window.set_full_screen(payload.full_screen)
    if payload.title is not None:
        window.set_title(payload.title)
    return Empty()


HANDLERS = {
    IPCChannel.WINDOW_CREATE: create,
    IPCChannel.WINDOW_CLOSE: close,
    IPCChannel.WINDOW_UPDATE: update,
}
