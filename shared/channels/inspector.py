"""Inspection: attach with the token, ask what runs, receive a record of every message."""

from enum import StrEnum
from typing import Annotated, Any

from msgspec import Meta

from shared.contract import FAST, Contract, Count, Direction, Empty, Finite, Party, Pattern, Struct, Text
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_FRAME_BYTES


class InspectorAttach(Struct):
    """``token`` is the one-time secret of the runtime directory; records flow if ``records``."""

    token: Annotated[str, Meta(max_length=256)]
    records: bool = True


class Verdict(StrEnum):
    """What became of a message."""

    ALLOWED = "allowed"
    REFUSED = "refused"


class Record(Struct):
    """One message as the gate saw it.

    ``sequence`` counts every record of the shell without gaps; ``time`` is seconds since the epoch;
    ``link`` and ``peer`` are main's own names for the link and what stands at its end; ``size`` is bytes on
    the wire, length included; ``latency`` (seconds) stands on replies; ``payload`` is the decoded value, or
    None where the contract is secret or the bytes could not be read: then ``raw`` holds their beginning. A large
    payload is a summary; what it leaves out stands as ``{"…": "4194304 bytes"}``.
    """

    sequence: Count
    time: float
    link: Count
    peer: Text
    direction: Direction
    channel: str
    type: str
    size: Count
    verdict: Verdict
    id: str | None = None
    in_reply_to: str | None = None
    latency: Finite | None = None
    code: str | None = None
    reason: str | None = None
    path: str | None = None
    payload: Any = None
    secret: bool = False
    raw: bytes | None = None


class InspectorRecords(Struct):
    """A batch, and how many are lost between the last and it: main keeps a bounded number for a slow inspector."""

    records: tuple[Record, ...]
    lost: Count = 0


class TabDescription(Struct):
    """A tab as main sees it. ``state`` is one of the shell's tab states (see ``main_process.tab``)."""

    title: str
    url: str
    state: str
    pid: int | None = None
    link: int | None = None
    active: bool = False
    loading: bool = False
    surface: tuple[int, int, int, int] = (0, 0, 0, 0)
    """x, y, width, height of its surface on the screen, in screen pixels."""
    generation: int = 0
    frames: int = 0
    """Frames shown so far."""


class WindowDescription(Struct):
    """A window of the shell; ``rectangle`` is x, y, width, height on the screen."""

    window_id: int
    rectangle: tuple[int, int, int, int]
    tabs: tuple[TabDescription, ...]
    widgets: dict[str, tuple[int, int, int, int]] = {}
    """Named parts of the chrome (object name → rectangle on the screen)."""


class ShellDescription(Struct):
    """What runs now. Process identifiers are None where a process does not exist at the moment."""

    pid: int
    zygote: int | None
    spare: int | None
    web_hosts: tuple[int, ...]
    windows: tuple[WindowDescription, ...]
    isolation: str
    links: Count
    sandbox: str = "unknown"
    """How well Chromium's page processes are confined, looked at from outside: full, partial, none or unknown."""
    counters: dict[str, int] = {}
    """What all links counted since the start: received, refused, stale, late_replies, unheard, strikes, queue_full..."""


CONTRACTS = (
    Contract(
        channel=IPCChannel.INSPECTOR_ATTACH,
        summary="Show the token; records begin to flow.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=frozenset({Party.INSPECTOR}),
        payload=InspectorAttach,
        result=Empty,
        secret=True,
    ),
    Contract(
        channel=IPCChannel.INSPECTOR_DESCRIBE,
        summary="Windows, tabs and processes as they are now.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=frozenset({Party.INSPECTOR}),
        result=ShellDescription,
        permission="inspect.observe",
        max_bytes=MAX_FRAME_BYTES,
        idempotent=True,
    ),
    Contract(
        channel=IPCChannel.INSPECTOR_RECORDS,
        summary="Messages that passed the gate.",
        pattern=Pattern.EVENT,
        direction=Direction.FROM_MAIN,
        parties=frozenset({Party.INSPECTOR}),
        payload=InspectorRecords,
        max_bytes=MAX_FRAME_BYTES,
        rate=FAST,
    ),
)
