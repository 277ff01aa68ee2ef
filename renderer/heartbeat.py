"""Answers main's heart beats on the GUI thread, and leaves a stack dump behind when it cannot.

The dump is written by ``faulthandler``'s own thread, which needs neither the GUI thread nor the GIL: C code that
holds both is shown too. Every answered beat puts it off again.
"""

import faulthandler
from typing import Final

from renderer.link import Link
from shared.ipc_channel import IPCChannel

DUMP_AFTER: Final = 3.0
"""Seconds without a beat before the stacks are written: less than main's patience, so that they are there by then."""

_stacks: int | None = None


def use_descriptor(stacks: int) -> None:
    """Write dumps to this descriptor. It must not block: the next beat waits for a dump that is being written."""
    global _stacks
    _stacks = stacks


def attach(link: Link) -> None:
    """Answer the beats of ``link``. For every link of this process that main watches."""
    link.session.remove_handler(IPCChannel.LINK_PING)
    link.session.handle(IPCChannel.LINK_PING, _on_link_ping)


def _on_link_ping(_: object) -> None:
    if _stacks is not None:
        faulthandler.dump_traceback_later(DUMP_AFTER, file=_stacks)
