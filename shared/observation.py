"""What a tap sees: every message, with its verdict."""

from typing import Any

import msgspec

from shared.contract import Contract, Direction
from shared.errors import IPCError


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it passed, for a tap. ``payload`` is the value, not its bytes; ``size`` counts the length too.

    ``latency`` (seconds) stands on replies; ``error`` on refusals and failed replies; ``raw`` on what could not
    be read, cut to 4 KiB.
    """

    direction: Direction
    channel: str
    type: str
    size: int
    contract: Contract | None = None
    id: str | None = None
    in_reply_to: str | None = None
    payload: Any = None
    error: IPCError | None = None
    latency: float | None = None
    raw: bytes | None = None
