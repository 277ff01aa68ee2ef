"""Going elsewhere in the page's own tab."""

from renderer.clients.caller import Caller
from shared.channels.navigate import Navigate
from shared.contract import Empty
from shared.ipc_channel import IPCChannel
from shared.tasks import Future


class NavigationClient:
    """Navigation of the page's own tab."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def go(self, text: str) -> Future[Empty]:
        """Go to ``text``: an address, or words to search for. Main decides which; BadCall says why it is neither."""
        return self._caller.invoke(IPCChannel.NAVIGATE, Navigate(url=text))

    def back(self) -> Future[Empty]:
        """One step back in the tab's history."""
        return self._caller.invoke(IPCChannel.NAVIGATE_BACK)

    def forward(self) -> Future[Empty]:
        """One step forward in the tab's history."""
        return self._caller.invoke(IPCChannel.NAVIGATE_FORWARD)
