"""Navigation: main tells a page, and a page asks for its own tab."""

from shared.contract import (
    RARE,
    RENDERERS,
    Contract,
    Direction,
    Empty,
    Pattern,
    Struct,
    Url,
)
from shared.ipc_channel import IPCChannel


class Navigate(Struct):
    """Go to ``url`` (absolute, with a scheme) in the tab of the link."""

    url: Url


def _navigation(
    channel: IPCChannel, summary: str, direction: Direction, payload: type[Struct] = Empty
) -> Contract:
    return Contract(
        channel=channel,
        summary=summary,
        pattern=Pattern.REQUEST,
        direction=direction,
        parties=RENDERERS,
        payload=payload,
        result=Empty,
        rate=RARE,
        deadline=10.0,
    )


CONTRACTS = (
    _navigation(IPCChannel.NAVIGATE, "Go to an address.", Direction.BOTH, Navigate),
    _navigation(IPCChannel.NAVIGATE_BACK, "One step back in the tab's history.", Direction.BOTH),
    _navigation(IPCChannel.NAVIGATE_FORWARD, "One step forward in the tab's history.", Direction.BOTH),
    _navigation(IPCChannel.NAVIGATE_RELOAD, "Load the web page again.", Direction.FROM_MAIN),
    _navigation(IPCChannel.NAVIGATE_STOP, "Stop loading.", Direction.FROM_MAIN),
)
