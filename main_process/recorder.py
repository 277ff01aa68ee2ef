"""The flight recorder: a tap on every link, and a bounded ring of what it saw, from the first message on.

It exists only while the shell runs with ``--inspect``; otherwise no session has a tap and nothing here runs.
"""

import logging
import time
from collections.abc import Callable
from typing import Any, Final

import msgspec

from shared.channels.inspector import Record, Verdict
from shared.contract import Party
from shared.envelope import MessageType
from shared.errors import ErrorCode, IPCError
from shared.limits import MAX_TEXT
from shared.session import Observation, Session
from shared.values import encode

RING_RECORDS: Final = 20_000
RING_BYTES: Final = 32 * 1024 * 1024
PAYLOAD_BYTES: Final = 16 * 1024
"""A larger payload is kept as a summary."""
_FIELD_BYTES: Final = 256
"""In a summary, texts and bytes up to this length stand as they are."""

_log = logging.getLogger(__name__)


class Ring:
    """The newest records, encoded, by sequence number: bounded by count and by bytes."""

    def __init__(self, max_records: int = RING_RECORDS, max_bytes: int = RING_BYTES) -> None:
        self._slots: list[bytes] = [b""] * max_records
        self._max_bytes = max_bytes
        self.first = 1
        """Sequence number of the oldest record kept."""
        self.next = 1
        """Sequence number of the next one."""
        self.bytes = 0

    def append(self, record: bytes) -> None:
        """Keep ``record`` as number ``next``, forgetting the oldest where there is no room."""
        self.bytes += len(record)
        while self.first < self.next and (
            self.next - self.first >= len(self._slots) or self.bytes > self._max_bytes
        ):
            slot = self.first % len(self._slots)
            self.bytes -= len(self._slots[slot])
            self._slots[slot] = b""
            self.first += 1
        self._slots[self.next % len(self._slots)] = record
        self.next += 1

    def read(self, start: int, max_records: int, max_bytes: int) -> list[bytes]:
        """Records from number ``start`` (at least ``first``) on; at least one if there is any."""
        found: list[bytes] = []
        size = 0
        for number in range(start, min(self.next, start + max_records)):
            record = self._slots[number % len(self._slots)]
            size += len(record)
            if found and size > max_bytes:
                break
            found.append(record)
        return found


class Tap:
    """The recorder's ear on one link. ``peer`` is main's name for what stands at its end, and may change."""

    __slots__ = ("_recorder", "link", "peer")

    def __init__(self, recorder: "Recorder", link: int, peer: str) -> None:
        self._recorder = recorder
        self.link = link
        self.peer = peer

    def __call__(self, observation: Observation) -> None:
        self._recorder.record(self.link, self.peer, observation)


class Recorder:
    """Turns what sessions observe into numbered records. Main is the authority: nothing in a record is a hint."""

    def __init__(self, ring: Ring | None = None, *, clock: Callable[[], float] = time.time) -> None:
        self.ring = ring if ring is not None else Ring()
        self._clock = clock
        self.failures = 0
        """Observations that could not be recorded; each stands as a record that says so."""

    def watch(self, session: Session, *, link: int, peer: str) -> Tap | None:
        """Record everything on ``session`` from now on. Inspectors' own links are not recorded (None)."""
        if session.party is Party.INSPECTOR:
            return None
        tap = Tap(self, link, peer)
        session.tap = tap
        return tap

    def record(self, link: int, peer: str, observation: Observation) -> None:
        """Keep one observation."""
        try:
            encoded = encode(self._record(link, peer, observation))
        except (IPCError, TypeError, ValueError):
            # A tap must never harm what it listens to; the gap is filled with a record that admits it.
            if not self.failures:
                _log.exception("a message could not be recorded")
            self.failures += 1
            encoded = encode(
                Record(
                    sequence=self.ring.next,
                    time=self._clock(),
                    link=link,
                    peer=peer[:MAX_TEXT],
                    direction=observation.direction,
                    channel=observation.channel,
                    type=observation.type,
                    size=observation.size,
                    verdict=Verdict.REFUSED if observation.error else Verdict.ALLOWED,
                    payload={"…": "could not be recorded"},
                )
            )
        self.ring.append(encoded)

    def _record(self, link: int, peer: str, seen: Observation) -> Record:
        contract, error = seen.contract, seen.error
        secret = contract is not None and contract.secret
        return Record(
            sequence=self.ring.next,
            time=self._clock(),
            link=link,
            peer=peer[:MAX_TEXT],
            direction=seen.direction,
            channel=seen.channel,
            type=seen.type,
            size=seen.size,
            verdict=_verdict(seen),
            id=seen.id,
            in_reply_to=seen.in_reply_to,
            latency=seen.latency,
            code=error.code if error is not None else None,
            reason=_reason(error, secret) if error is not None else None,
            path=error.path if error is not None else None,
            payload=None if secret or seen.type == MessageType.ERROR else _payload(seen),
            secret=secret,
            raw=seen.raw,
        )


def _verdict(seen: Observation) -> Verdict:
    """An error that answers a request passed the gate like any reply; what it says is in its code."""
    is_error_reply = seen.type == MessageType.ERROR and seen.contract is not None
    return Verdict.ALLOWED if seen.error is None or is_error_reply else Verdict.REFUSED


def _reason(error: IPCError, secret: bool) -> str:
    # Validation can quote the value it refuses.
    if secret and error.code is ErrorCode.INVALID_PAYLOAD:
        return "the payload does not fit its contract"
    return error.report().message


def _payload(seen: Observation) -> Any:
    if seen.payload is None:
        return None
    if seen.size <= PAYLOAD_BYTES:
        return msgspec.Raw(encode(seen.payload))
    summary = encode(_summary(seen.payload))
    return msgspec.Raw(summary) if len(summary) <= PAYLOAD_BYTES else _elided(f"{seen.size} bytes")


def _summary(value: Any) -> Any:
    """The fields of a large payload, the long ones by their size alone."""
    if isinstance(value, msgspec.Struct):
        return {name: _field_summary(getattr(value, name)) for name in value.__struct_fields__}
    if isinstance(value, dict) and len(value) <= _FIELD_BYTES:
        return {key: _field_summary(item) for key, item in value.items()}
    return _field_summary(value)


def _field_summary(value: Any) -> Any:
    if isinstance(value, bytes | bytearray | memoryview | str):
        unit = "characters" if isinstance(value, str) else "bytes"
        return value if len(value) <= _FIELD_BYTES else _elided(f"{len(value)} {unit}")
    if isinstance(value, list | tuple | set | frozenset | dict):
        return _elided(f"{len(value)} items") if value else value
    if isinstance(value, msgspec.Struct):
        return _elided(type(value).__name__)
    return value


def _elided(what: str) -> dict[str, str]:
    return {"…": what}
