"""Windows: a page may ask for one, close its own, and name it."""

from shared.contract import PAGE, RARE, Contract, Direction, Empty, Pattern, Struct, Text, Url
from shared.ipc_channel import IPCChannel


class WindowCreate(Struct):
    """A new window with one tab on ``url`` (None: the new tab page)."""

    url: Url | None = None


class WindowUpdate(Struct):
    """What to change of the window that the page's tab is in; None leaves it."""

    full_screen: bool | None = None
    title: Text | None = None


CONTRACTS = (
    Contract(
        channel=IPCChannel.WINDOW_CREATE,
        summary="Open a new window.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        payload=WindowCreate,
        result=Empty,
        permission="windows",
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.WINDOW_CLOSE,
        summary="Close the window that the page's tab is in.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        result=Empty,
        permission="windows",
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.WINDOW_UPDATE,
        summary="Change full screen or the title of the window that the page's tab is in.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        payload=WindowUpdate,
        result=Empty,
        permission="windows",
        rate=RARE,
    ),
)
