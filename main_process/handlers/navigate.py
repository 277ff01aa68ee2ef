"""``navigate*``: a page asks for its own tab."""

from main_process.handlers.caller import Caller
from shared.channels.navigate import Navigate
from shared.contract import Empty
from shared.ipc_channel import IPCChannel


def navigate(caller: Caller, payload: Navigate) -> Empty:
    """Go where the caller asks; what is no address is searched for. Never to a file."""
    caller.shell.navigate_soon(caller.tab, caller.shell.address_for_page(payload.url, caller.tab))
    return Empty()


def back(caller: Caller, payload: Empty) -> Empty:
    """One step back."""
    caller.tab.back()
    return Empty()


def forward(caller: Caller, payload: Empty) -> Empty:
    """One step forward."""
    caller.tab.forward()
    return Empty()


HANDLERS = {
    IPCChannel.NAVIGATE: navigate,
    IPCChannel.NAVIGATE_BACK: back,
    IPCChannel.NAVIGATE_FORWARD: forward,
}
