"""A second start of the shell on the same profile hands its addresses to the first."""

from typing import Annotated

from msgspec import Meta

from shared.contract import Contract, Direction, Empty, Party, Pattern, Struct, Url
from shared.ipc_channel import IPCChannel


class InstanceOpen(Struct):
    """Addresses or absolute plugin folders to open as tabs (none: a new tab), and a file to put a picture in.

    The picture is of the whole window, as PNG, once the opened page is loaded; ``screenshot`` is absolute.
    """

    urls: Annotated[tuple[Url, ...], Meta(max_length=256)] = ()
    screenshot: Annotated[str, Meta(min_length=1, max_length=4096)] | None = None


CONTRACTS = (
    Contract(
        channel=IPCChannel.INSTANCE_OPEN,
        summary="Open these in the running shell.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=frozenset({Party.INSTANCE}),
        payload=InstanceOpen,
        result=Empty,
        deadline=60.0,
    ),
)
