"""What a client needs of the page it speaks for."""

from collections.abc import Callable
from typing import Any, Protocol

from shared.ipc_channel import IPCChannel
from shared.tasks import Future


class Caller(Protocol):
    """The verbs, as ``browser_os.Page`` has them."""

    def invoke(self, channel: IPCChannel, payload: Any = None) -> Future[Any]:
        """Send a request."""

    def send(self, channel: IPCChannel, payload: Any = None) -> None:
        """Send an event."""

    def on(self, channel: IPCChannel, listener: Callable[[Any], Any]) -> Callable[[], None]:
        """Hear events or states."""
