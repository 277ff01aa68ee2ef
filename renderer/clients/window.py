"""The window around the page's tab, and new ones."""

from renderer.clients.caller import Caller
from shared.channels.window import WindowCreate, WindowUpdate
from shared.contract import Empty
from shared.ipc_channel import IPCChannel
from shared.tasks import Future


class WindowClient:
    """Windows. Every call needs the permission ``windows``."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, url: str | None = None) -> Future[Empty]:
        """A new window with ``url`` in its tab, by default the new tab page."""
        return self._caller.invoke(IPCChannel.WINDOW_CREATE, WindowCreate(url=url))

    def update(self, *, full_screen: bool | None = None, title: str | None = None) -> Future[Empty]:
        """Change the window that the page's tab is in; None leaves a thing as it is."""
        return self._caller.invoke(
            IPCChannel.WINDOW_UPDATE, WindowUpdate(full_screen=full_screen, title=title)
        )

    def close(self) -> Future[Empty]:
        """Close the window that the page's tab is in."""
        return self._caller.invoke(IPCChannel.WINDOW_CLOSE)
