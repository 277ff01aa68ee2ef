"""Frames on a byte stream: four bytes of length, little endian, then that many bytes.

The limit is checked on the four length bytes, before anything is allocated for the frame.
"""

import struct
from collections.abc import Callable, Iterator

from shared.errors import BadMessage, ErrorCode, Full
from shared.limits import FRAME_TIMEOUT, MAX_FRAME_BYTES

_LENGTH = struct.Struct("<I")
HEADER_BYTES = _LENGTH.size


def frame(body: bytes) -> bytes:
    """``body`` with its length in front. Raises Full if it is longer than ``MAX_FRAME_BYTES``."""
    if len(body) > MAX_FRAME_BYTES:
        raise Full(ErrorCode.TOO_LARGE, f"expected at most {MAX_FRAME_BYTES} bytes, got {len(body)}")
    return _LENGTH.pack(len(body)) + body


class FrameDecoder:
    """Cuts a stream into frames, however it was split on the way."""

    __slots__ = ("_begun", "_buffer", "_clock", "_position", "limit")

    def __init__(self, clock: Callable[[], float], limit: int = MAX_FRAME_BYTES) -> None:
        self._buffer = bytearray()
        self._position = 0
        self._clock = clock
        self._begun: float | None = None
        self.limit = limit
        """Longest frame accepted now, in bytes; the session lowers it until the handshake is done."""

    @property
    def pending(self) -> bool:
        """Whether a frame has begun that is not whole yet."""
        return len(self._buffer) > self._position

    @property
    def waiting(self) -> int:
        """Bytes that belong to no whole frame, length bytes included."""
        return len(self._buffer) - self._position

    def beginning(self, limit: int = 4096) -> bytes:
        """The first of those bytes, for a record of what could not be read."""
        return bytes(self._buffer[self._position : self._position + limit])

    def feed(self, data: bytes | bytearray | memoryview) -> Iterator[bytes]:
        """Take ``data``, give each frame that is whole by now.

        May be entered again while a frame is being handled (a handler that runs an event loop of its own): the
        inner call goes on where the outer one stands. Raises BadMessage for an empty frame or one that claims more
        than ``limit``.
        """
        self._buffer += data
        while (body := self._next()) is not None:
            yield body

    def _next(self) -> bytes | None:
        start = self._position + HEADER_BYTES
        if len(self._buffer) >= start:
            (length,) = _LENGTH.unpack_from(self._buffer, self._position)
            if not 0 < length <= self.limit:
                raise BadMessage(
                    ErrorCode.MALFORMED_FRAME,
                    f"expected a frame of 1 to {self.limit} bytes, got a claim of {length}",
                )
            if len(self._buffer) >= start + length:
                self._position = start + length
                with memoryview(self._buffer) as view:
                    return bytes(view[start : self._position])
        if self._position or self._begun is None:
            del self._buffer[: self._position]
            self._position = 0
            self._begun = self._clock() if self._buffer else None
        return None

    def check_time(self) -> None:
        """Raises BadMessage if the frame that has begun takes longer than ``FRAME_TIMEOUT``."""
        if self._begun is not None and self._clock() - self._begun > FRAME_TIMEOUT:
            raise BadMessage(
                ErrorCode.MALFORMED_FRAME,
                f"expected a frame to be whole within {FRAME_TIMEOUT} s, got {len(self._buffer)} bytes of it",
            )
