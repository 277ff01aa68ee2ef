"""A caller that keeps what a client says."""

from collections.abc import Callable
from typing import Any

from shared.channels import CONTRACTS
from shared.contract import Pattern
from shared.ipc_channel import IPCChannel
from shared.tasks import Future


class Recorder:
    """As ``browser_os.Page``; refuses what the contracts would refuse."""

    def __init__(self) -> None:
        self.said: list[tuple[str, IPCChannel, Any]] = []
        self.replies: list[Future[Any]] = []
        self.listeners: dict[IPCChannel, Callable[[Any], Any]] = {}

    def invoke(self, channel: IPCChannel, payload: Any = None) -> Future[Any]:
        """Kept; the reply never comes by itself."""
        contract = CONTRACTS[channel]
        assert contract.pattern is Pattern.REQUEST
        assert payload is None or isinstance(payload, contract.payload)
        self.said.append(("invoke", channel, payload))
        self.replies.append(Future())
        return self.replies[-1]

    def send(self, channel: IPCChannel, payload: Any = None) -> None:
        """Kept."""
        contract = CONTRACTS[channel]
        assert contract.pattern is Pattern.EVENT
        assert isinstance(payload, contract.payload)
        self.said.append(("send", channel, payload))

    def on(self, channel: IPCChannel, listener: Callable[[Any], Any]) -> Callable[[], None]:
        """Kept, and forgotten by the function that is given."""
        self.listeners[channel] = listener

        def end() -> None:
            del self.listeners[channel]

        return end
