"""What main does with each message that comes up: one small function a channel, by domain.

A handler is called with its caller (whose tab, which shell: known from the link, never from the message) and the
decoded payload. It contains no permission check: the gate has been passed. A test fails when a channel that goes
to main has no handler here.
"""

from collections.abc import Callable
from typing import Any

from main_process.handlers import navigate, page, settings, tab, window
from main_process.handlers.caller import Caller
from shared.channels import CONTRACTS
from shared.contract import Pattern
from shared.ipc_channel import IPCChannel
from shared.session import Session

Handler = Callable[[Caller, Any], Any]

HANDLERS: dict[IPCChannel, Handler] = {
    channel: handler
    for domain in (window, tab, navigate, settings, page)
    for channel, handler in domain.HANDLERS.items()
}
"""Every handler for what pages and web tabs say, but for the surface's, which its view serves itself."""


def register(session: Session, caller: Caller) -> None:
    """Serve on ``session`` every channel that its party may use."""
    for channel, handler in HANDLERS.items():
        contract = CONTRACTS[channel]
        if session.party not in contract.parties:
            continue
        if contract.pattern is Pattern.REQUEST:
            session.handle(channel, _bound(handler, caller))
        else:
            session.on(channel, _bound(handler, caller))


def _bound(handler: Handler, caller: Caller) -> Callable[[Any], Any]:
    return lambda payload: handler(caller, payload)


__all__ = ["HANDLERS", "Caller", "Handler", "register"]
