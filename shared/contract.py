"""The declaration of a channel: one place that everything else is derived from."""

from enum import StrEnum
from typing import Annotated, Any, dataclass_transform

import msgspec
from msgspec import Meta

from shared.limits import DEFAULT_DEADLINE, DEFAULT_MESSAGE_BYTES, MAX_TEXT, MAX_URL


@dataclass_transform(frozen_default=True, field_specifiers=(msgspec.field,))
class Struct(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Base of every payload and result: immutable, named fields, unknown fields refused."""


class Empty(Struct):
    """A payload or result that says nothing beyond its arrival."""


class Pattern(StrEnum):
    """What a message on the channel is answered with."""

    REQUEST = "request"
    """One reply or one error, within the deadline."""
    EVENT = "event"
    """Nothing."""
    STATE = "state"
    """Nothing; the newest value replaces older ones, and a late joiner gets it at once."""
    SYSTEM = "system"
    """The protocol's own: handled by the session, never by a handler."""


class Direction(StrEnum):
    """Who may start a message. Replies go the other way."""

    TO_MAIN = "to-main"
    FROM_MAIN = "from-main"
    BOTH = "both"


class Delivery(StrEnum):
    """What a queue may do with messages that wait."""

    ORDERED = "ordered"
    """Every one, in order."""
    LATEST_WINS = "latest-wins"
    """A waiting message is replaced by a newer one on its channel."""


class Party(StrEnum):
    """What stands at the other end of one of main's links."""

    PAGE = "page"
    WEB_TAB = "web-tab"
    WEB_HOST = "web-host"
    ZYGOTE = "zygote"
    INSPECTOR = "inspector"
    INSTANCE = "instance"


class Phase(StrEnum):
    """State of a link."""

    NEW = "new"
    """Before the handshake is done."""
    IDLE = "idle"
    """Greeted, no page yet: the spare."""
    OPEN = "open"
    """Serving its page."""
    CLOSED = "closed"


class Rate(msgspec.Struct, frozen=True):
    """A token bucket: ``burst`` messages at once, ``per_second`` in the long run."""

    per_second: float
    burst: float


FAST = Rate(per_second=20_000, burst=20_000)
"""Frames, echoes, replies of benchmarks: bounded only against floods."""
NORMAL = Rate(per_second=500, burst=1_000)
RARE = Rate(per_second=10, burst=50)
"""What a person causes: windows, tabs, navigation."""


class Contract(msgspec.Struct, frozen=True, kw_only=True):
    """Everything there is to know of one channel.

    ``payload`` and ``result`` are types msgspec can decode; ``permission`` is what the sender must hold
    (None: every party listed may send); ``deadline`` is seconds from send to reply; ``in_flight`` bounds
    unanswered requests of one side; ``idempotent`` says that asking again does no harm; ``secret`` keeps payloads out of records; ``carries_descriptor`` says
    that file descriptors travel with the message (from main only).
    """

    channel: str
    summary: str
    pattern: Pattern
    direction: Direction
    parties: frozenset[Party]
    payload: Any = Empty
    result: Any = None
    permission: str | None = None
    phases: frozenset[Phase] = frozenset({Phase.OPEN})
    max_bytes: int = DEFAULT_MESSAGE_BYTES
    rate: Rate = NORMAL
    in_flight: int = 64
    deadline: float = DEFAULT_DEADLINE
    idempotent: bool = False
    delivery: Delivery = Delivery.ORDERED
    secret: bool = False
    carries_descriptor: bool = False


Text = Annotated[str, Meta(max_length=MAX_TEXT)]
"""A title, label or description."""
Url = Annotated[str, Meta(min_length=1, max_length=MAX_URL)]
"""An address, as text; parsed by the side that uses it."""
Finite = Annotated[float, Meta(ge=-1e15, le=1e15)]
"""A float that is neither infinite nor not-a-number (comparisons with nan are false, so both bounds refuse it)."""
Count = Annotated[int, Meta(ge=0, le=2**53)]
"""A non-negative counter or identifier."""

PAGE = frozenset({Party.PAGE})
WEB = frozenset({Party.WEB_TAB})
RENDERERS = frozenset({Party.PAGE, Party.WEB_TAB})
EVERYONE = frozenset(Party)
BOTH_PHASES = frozenset({Phase.IDLE, Phase.OPEN})
