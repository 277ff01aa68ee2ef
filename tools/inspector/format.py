"""Records as text: one line for a terminal, one JSON object for a script.

Texts in a record come from renderers: what reaches a terminal is made printable first.
"""

import base64
import datetime
import json
from enum import StrEnum
from typing import Any, Final

import msgspec

from shared.channels.inspector import Record, Verdict
from shared.contract import Direction
from shared.envelope import MessageType

PAYLOAD_COLUMNS: Final = 160
"""Characters of payload on one line."""


class Tone(StrEnum):
    """How a line should stand out."""

    PLAIN = "plain"
    QUIET = "quiet"
    """The protocol's own messages."""
    FAILED = "failed"
    """An error that answers a request."""
    REFUSED = "refused"
    """A message that did not pass the gate."""


def tone(record: Record) -> Tone:
    """The tone of a record's row, in every face."""
    if record.verdict is Verdict.REFUSED:
        return Tone.REFUSED
    if record.type == MessageType.ERROR:
        return Tone.FAILED
    return Tone.QUIET if record.type == MessageType.SYSTEM else Tone.PLAIN


def printable(text: str) -> str:
    """``text`` with control and other unprintable characters escaped, so that it cannot steer a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def clock_text(time: float) -> str:
    """Time of day of an epoch time, local, to the millisecond."""
    return datetime.datetime.fromtimestamp(time).strftime("%H:%M:%S.%f")[:-3]


def size_text(size: int) -> str:
    """Bytes in at most seven characters."""
    if size < 10_000:
        return f"{size} B"
    if size < 10_000 * 1024:
        return f"{size / 1024:.0f} KiB"
    return f"{size / 1024 / 1024:.0f} MiB"


def latency_text(seconds: float | None) -> str:
    """A duration in the unit that suits it; empty for None."""
    if seconds is None:
        return ""
    if seconds < 0.0995:
        return f"{seconds * 1000:.2f} ms"
    return f"{seconds * 1000:.0f} ms" if seconds < 9.95 else f"{seconds:.1f} s"


def route_text(record: Record) -> str:
    """From whom to whom, with the arrow in the direction of travel; ``#`` and the number of the link."""
    peer = f"{printable(record.peer)} #{record.link}"
    return f"{peer} → main" if record.direction is Direction.TO_MAIN else f"main → {peer}"


def pair_text(record: Record) -> str:
    """The id of a request, or ``↩`` and the id of the request a reply answers."""
    if record.in_reply_to is not None:
        return f"↩ {printable(record.in_reply_to)}"
    return printable(record.id) if record.id is not None else ""


def problem_text(record: Record) -> str:
    """Code, reason and path of what is wrong with a record; empty if nothing is."""
    if record.code is None:
        return ""
    place = f" (at {printable(record.path)})" if record.path else ""
    return f"{printable(record.code)}: {printable(record.reason or '')}{place}"


def payload_text(value: Any, limit: int | None = None) -> str:
    """A payload as compact JSON-like text on one line, cut to ``limit`` characters."""
    if isinstance(value, dict) and not value:
        return ""
    text = printable(json.dumps(_jsonable(value), ensure_ascii=False, separators=(", ", ": ")))
    return text if limit is None or len(text) <= limit else text[: limit - 1] + "…"


def line(record: Record, *, payload_columns: int = PAYLOAD_COLUMNS) -> str:
    """One line: time, route, channel, type, size, verdict, latency, id or ``↩`` id, then problem or payload."""
    columns = (
        clock_text(record.time),
        f"{route_text(record):<25}",
        f"{printable(record.channel):<22}",
        f"{record.type:<7}",
        f"{size_text(record.size):>8}",
        f"{record.verdict:<7}",
        f"{latency_text(record.latency):>9}",
        f"{pair_text(record):<7}",
        _remark(record, payload_columns),
    )
    return "  ".join(columns).rstrip()


def _remark(record: Record, columns: int) -> str:
    if problem := problem_text(record):
        return problem
    if record.secret:
        return "(secret)"
    return payload_text(record.payload, columns) if record.payload is not None else ""


def to_json(record: Record) -> str:
    """One JSON object without line breaks. Bytes stand as base64; a value JSON has no word for, as its text."""
    fields = {name: getattr(record, name) for name in record.__struct_fields__}
    return json.dumps(_jsonable(fields), ensure_ascii=False, separators=(",", ":"))


def _jsonable(value: Any) -> Any:
    """``value`` in JSON's own types. Integers keep all their digits, which msgspec's encoder would refuse."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, dict):
        return {str(key): _jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_jsonable(item) for item in value]
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(value).decode()
    return msgspec.to_builtins(value, str_keys=True)
