"""The page's own tab, and new ones beside it."""

from renderer.clients.caller import Caller
from shared.channels.tab import TabCreate, TabUpdate
from shared.contract import Empty
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_TEXT
from shared.tasks import Future


class TabClient:
    """Tabs. No message names a tab: the page speaks of the one it is in."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def create(self, url: str, *, background: bool = False) -> Future[Empty]:
        """Open ``url`` in a new tab of the same window. Needs the permission ``tabs``."""
        return self._caller.invoke(IPCChannel.TAB_CREATE, TabCreate(url=url, background=background))

    def set_title(self, title: str) -> None:
        """What stands on the tab; cut to the limit of titles."""
        self._caller.send(IPCChannel.TAB_UPDATE, TabUpdate(title=title[:MAX_TEXT]))

    def set_status(self, status: str) -> None:
        """A line of text about what the page does; empty for none."""
        self._caller.send(IPCChannel.TAB_UPDATE, TabUpdate(status=status[:MAX_TEXT]))

    def set_progress(self, progress: float | None) -> None:
        """How far a long task is, from 0 to 1; None when it is over."""
        loading = progress is not None
        self._caller.send(
            IPCChannel.TAB_UPDATE, TabUpdate(loading=loading, progress=1.0 if progress is None else progress)
        )

    def close(self) -> Future[Empty]:
        """Close the page's own tab."""
        return self._caller.invoke(IPCChannel.TAB_DELETE)
