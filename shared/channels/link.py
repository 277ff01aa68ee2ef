"""The protocol's own messages: handshake, cancellation, heart beat, echo and note, generations."""

from typing import Annotated, Any

from msgspec import Meta

from shared.contract import (
    BOTH_PHASES,
    EVERYONE,
    FAST,
    Contract,
    Count,
    Direction,
    Empty,
    Party,
    Pattern,
    Phase,
    Struct,
    Text,
)
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_FRAME_BYTES, MAX_ID_LENGTH


class Hello(Struct):
    """First message of the peer: its protocol version and the digest of its contracts."""

    version: Count
    digest: Text


class Welcome(Struct):
    """Main's answer: it speaks the same version and holds the same contracts."""

    version: Count
    digest: Text


class Cancel(Struct):
    """The request ``id`` of the sender need not be answered any more."""

    id: Annotated[str, Meta(min_length=1, max_length=MAX_ID_LENGTH)]


class Generation(Struct):
    """From now on messages belong to page ``generation`` of this link; older ones are dropped and counted."""

    generation: Count


class Echo(Struct):
    """Any value: a measure of the way."""

    value: Any


CONTRACTS = (
    Contract(
        channel=IPCChannel.LINK_HELLO,
        summary="Handshake: version and contract digest of the peer.",
        pattern=Pattern.SYSTEM,
        direction=Direction.TO_MAIN,
        parties=EVERYONE,
        payload=Hello,
        phases=frozenset({Phase.NEW}),
        max_bytes=4096,
    ),
    Contract(
        channel=IPCChannel.LINK_WELCOME,
        summary="Handshake: main accepts.",
        pattern=Pattern.SYSTEM,
        direction=Direction.FROM_MAIN,
        parties=EVERYONE,
        payload=Welcome,
        phases=frozenset({Phase.NEW}),
        max_bytes=4096,
    ),
    Contract(
        channel=IPCChannel.LINK_CANCEL,
        summary="The caller no longer waits for a reply.",
        pattern=Pattern.SYSTEM,
        direction=Direction.BOTH,
        parties=EVERYONE,
        payload=Cancel,
        phases=BOTH_PHASES,
        max_bytes=4096,
        rate=FAST,
    ),
    Contract(
        channel=IPCChannel.LINK_GENERATION,
        summary="A new page begins on this link.",
        pattern=Pattern.SYSTEM,
        direction=Direction.FROM_MAIN,
        parties=frozenset({Party.PAGE, Party.WEB_TAB}),
        payload=Generation,
        phases=BOTH_PHASES,
        max_bytes=4096,
    ),
    Contract(
        channel=IPCChannel.LINK_PING,
        summary="Heart beat: answered on the peer's GUI thread.",
        pattern=Pattern.REQUEST,
        direction=Direction.FROM_MAIN,
        parties=frozenset({Party.PAGE, Party.WEB_TAB, Party.WEB_HOST}),
        result=Empty,
        phases=BOTH_PHASES,
        deadline=3600.0,
        idempotent=True,
    ),
    Contract(
        channel=IPCChannel.LINK_ECHO,
        summary="Send a value back as it came; for measuring and for tests.",
        pattern=Pattern.REQUEST,
        direction=Direction.BOTH,
        parties=frozenset({Party.PAGE, Party.WEB_TAB, Party.INSPECTOR}),
        payload=Echo,
        result=Echo,
        phases=BOTH_PHASES,
        max_bytes=MAX_FRAME_BYTES,
        rate=FAST,
        in_flight=256,
        idempotent=True,
    ),
    Contract(
        channel=IPCChannel.LINK_NOTE,
        summary="A value that goes one way and does nothing; for measuring and for tests.",
        pattern=Pattern.EVENT,
        direction=Direction.BOTH,
        parties=frozenset({Party.PAGE}),
        payload=Echo,
        rate=FAST,
    ),
)
