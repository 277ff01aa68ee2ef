"""Requests joined with their replies."""

from collections import OrderedDict
from enum import StrEnum
from typing import Final

from shared.channels.inspector import Record, Verdict
from shared.contract import Direction
from shared.envelope import MessageType
from shared.ipc_channel import IPCChannel

MAX_WAITING: Final = 10_000
"""Requests remembered while their replies are outstanding; the oldest is forgotten beyond it."""

_OPPOSITE: Final = {Direction.TO_MAIN: Direction.FROM_MAIN, Direction.FROM_MAIN: Direction.TO_MAIN}


class FlowState(StrEnum):
    """What became of a request."""

    WAITING = "waiting"
    ANSWERED = "answered"
    FAILED = "failed"
    """Its handler, or a limit, answered with an error."""
    REFUSED = "refused"
    """It did not pass the gate."""
    CANCELLED = "cancelled"
    """Its sender no longer waits: it gave up, or the deadline passed."""


class Flow:
    """A request and, once it has come, its reply."""

    __slots__ = ("is_cancelled", "is_shown", "reply", "request")

    def __init__(self, request: Record) -> None:
        self.request = request
        self.reply: Record | None = None
        self.is_cancelled = False
        self.is_shown = False
        """Whether a face shows its request, and so its reply too."""

    @property
    def state(self) -> FlowState:
        """What became of it so far."""
        if self.request.verdict is Verdict.REFUSED:
            return FlowState.REFUSED
        if self.is_cancelled:
            return FlowState.CANCELLED
        if self.reply is None:
            return FlowState.WAITING
        return FlowState.FAILED if self.reply.type == MessageType.ERROR else FlowState.ANSWERED

    @property
    def latency(self) -> float | None:
        """Seconds from request to reply as main measured them, None while there is no reply."""
        return self.reply.latency if self.reply is not None else None

    def other(self, record: Record) -> Record | None:
        """The half that ``record`` is not."""
        return self.request if record is self.reply else self.reply


class Pairing:
    """Finds the flow of each record as they pass, in order. A reply whose request was not seen has none."""

    def __init__(self, max_waiting: int = MAX_WAITING) -> None:
        self._waiting: OrderedDict[tuple[int, Direction, str], Flow] = OrderedDict()
        self._max_waiting = max_waiting

    def add(self, record: Record) -> Flow | None:
        """The flow ``record`` belongs to: a new one for a request, its request's for a reply, else None."""
        if record.in_reply_to is not None:
            flow = self._waiting.pop((record.link, _OPPOSITE[record.direction], record.in_reply_to), None)
            if flow is not None:
                flow.reply = record
            return flow
        if record.channel == IPCChannel.LINK_CANCEL:
            self._cancel(record)
        if record.id is None or record.type != MessageType.COMMAND:
            return None
        flow = Flow(record)
        self._waiting[record.link, record.direction, record.id] = flow
        if len(self._waiting) > self._max_waiting:
            self._waiting.popitem(last=False)
        return flow

    def _cancel(self, record: Record) -> None:
        id_ = record.payload.get("id") if isinstance(record.payload, dict) else None
        flow = self._waiting.get((record.link, record.direction, id_)) if isinstance(id_, str) else None
        if flow is not None:
            flow.is_cancelled = True
