"""The envelope: what is written around every payload.

Its fields are those of the Browser OS document (channel, type, payload, timestamp, id), and two of ours:
``in_reply_to`` (the name is RFC 5322's) pairs a reply with its request, ``generation`` tells apart the pages
that one link served one after the other.
"""

from enum import StrEnum
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from shared.limits import MAX_CHANNEL_LENGTH, MAX_ID_LENGTH


class MessageType(StrEnum):
    """The five message types of the Browser OS document."""

    COMMAND = "command"
    """A request, or the successful reply to one (then ``in_reply_to`` is set)."""
    EVENT = "event"
    STATE = "state"
    ERROR = "error"
    """The failed reply to a request; or, without ``in_reply_to``, the refusal of an event."""
    SYSTEM = "system"


class Envelope(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One message as it arrives: typed but for its payload, which the channel's own decoder reads.

    ``timestamp`` is the sender's monotonic clock in microseconds: a hint, never trusted.
    """

    channel: Annotated[str, Meta(min_length=1, max_length=MAX_CHANNEL_LENGTH)]
    type: MessageType
    payload: msgspec.Raw
    timestamp: Annotated[int, Meta(ge=0, le=2**63 - 1)]
    id: Annotated[str, Meta(min_length=1, max_length=MAX_ID_LENGTH)] | None = None
    in_reply_to: Annotated[str, Meta(min_length=1, max_length=MAX_ID_LENGTH)] | None = None
    generation: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 0


class Outgoing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The same as it is sent, with the payload still a value."""

    channel: str
    type: MessageType
    payload: Any
    timestamp: int
    id: str | None = None
    in_reply_to: str | None = None
    generation: int = 0
