"""Tabs: a page asks for a new one, tells of itself, and closes itself. No message names a tab: the link does."""

from shared.contract import (
    PAGE,
    RARE,
    RENDERERS,
    Contract,
    Direction,
    Empty,
    Finite,
    Pattern,
    Struct,
    Text,
    Url,
)
from shared.ipc_channel import IPCChannel


class TabCreate(Struct):
    """Open ``url`` in a new tab of the same window, behind the current one if ``background``."""

    url: Url
    background: bool = False


class TabUpdate(Struct):
    """What the page tells of itself; None leaves a field as it was. ``progress`` runs from 0 to 1."""

    title: Text | None = None
    url: Url | None = None
    loading: bool | None = None
    progress: Finite | None = None
    can_go_back: bool | None = None
    can_go_forward: bool | None = None
    status: Text | None = None


CONTRACTS = (
    Contract(
        channel=IPCChannel.TAB_CREATE,
        summary="Open an address in a new tab.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        payload=TabCreate,
        result=Empty,
        permission="tabs",
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.TAB_UPDATE,
        summary="Title, address, progress and history of the sender's own tab.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=RENDERERS,
        payload=TabUpdate,
    ),
    Contract(
        channel=IPCChannel.TAB_DELETE,
        summary="Close the sender's own tab.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=RENDERERS,
        result=Empty,
        rate=RARE,
    ),
)
