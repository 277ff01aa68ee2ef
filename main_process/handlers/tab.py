"""``tab:*``: a page asks for a tab, tells of its own, and closes it."""

from main_process.handlers.caller import Caller
from shared.channels.tab import TabCreate, TabUpdate
from shared.contract import Empty
from shared.ipc_channel import IPCChannel


def create(caller: Caller, payload: TabCreate) -> Empty:
    """A new tab in the caller's window; never on a file, which only the user may open."""
    url = caller.shell.address_for_page(payload.url, caller.tab)
    caller.shell.open_tab(url, window=caller.shell.window_of(caller.tab), background=payload.background)
    return Empty()


def update(caller: Caller, payload: TabUpdate) -> None:
    """Title, address and progress as the page tells them; main decides what of it is shown."""
    caller.tab.apply(payload)


def delete(caller: Caller, payload: Empty) -> Empty:
    """Close the caller's tab, once its reply has left."""
    caller.shell.close_tab_soon(caller.tab)
    return Empty()


HANDLERS = {
    IPCChannel.TAB_CREATE: create,
    IPCChannel.TAB_UPDATE: update,
    IPCChannel.TAB_DELETE: delete,
}
