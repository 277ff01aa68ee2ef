"""What the messages of a measurement hold: the same for the shell, the floor and the unchecked ping-pong."""

from typing import Any, Final

SMALL: Final = 256
MIDDLE: Final = 64 * 1024
LARGE: Final = 4 * 1024 * 1024

_RECORD_BYTES: Final = 257
"""What one record takes as msgpack, on average."""


def record(number: int = 1) -> dict[str, Any]:
    """What a shell says of a tab, in twelve fields: about 256 bytes."""
    return {
        "id": number,
        "title": "The quick brown fox jumps over the lazy dog",
        "url": "https://example.org/articles/2024/05/the-quick-brown-fox",
        "loading": False,
        "progress": 0.75,
        "pinned": True,
        "icon": "https://example.org/favicon.ico",
        "opener": None,
        "window": 3,
        "created": 1_715_000_000_000,
        "visited": 1_715_000_123_456,
        "tags": ["news", "later"],
    }


def text(size: int) -> dict[str, Any]:
    """One text of ``size`` characters."""
    return {"text": "x" * size}


def records(size: int) -> list[dict[str, Any]]:
    """A list of about ``size`` bytes of records."""
    return [record(number) for number in range(size // _RECORD_BYTES)]


def payload_of(kind: str) -> Any:
    """``256``, ``64K`` and ``4M`` are named after their size, ``64K records`` is the one of many values."""
    if kind == "64K records":
        return records(MIDDLE)
    return record() if kind == "256" else text(BYTES[kind])


BYTES: Final = {"256": SMALL, "64K": MIDDLE, "4M": LARGE, "64K records": MIDDLE}
"""What the floor sends instead: as many bytes, without meaning."""
