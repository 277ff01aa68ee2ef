"""What waits to be written on one link: bounded, counted, and coalescing where the contract says so."""

from collections import deque

from shared.errors import ErrorCode, Full
from shared.limits import QUEUE_BYTES, QUEUE_MESSAGES


class _Entry:
    __slots__ = ("channel", "data", "descriptors")

    def __init__(self, channel: str, data: bytes, descriptors: tuple[int, ...]) -> None:
        self.channel = channel
        self.data = data
        self.descriptors = descriptors


class Outbox:
    """First in, first out. At the bound, ``put`` raises Full; a latest-wins message replaces its elder."""

    __slots__ = (
        "_entries",
        "_latest",
        "_offset",
        "bytes",
        "coalesced",
        "max_bytes",
        "max_messages",
        "peak_bytes",
        "refused",
    )

    def __init__(self, max_bytes: int = QUEUE_BYTES, max_messages: int = QUEUE_MESSAGES) -> None:
        self._entries: deque[_Entry] = deque()
        self._latest: dict[str, _Entry] = {}
        self._offset = 0
        self.max_bytes = max_bytes
        self.max_messages = max_messages
        self.bytes = 0
        """Bytes that wait."""
        self.peak_bytes = 0
        self.coalesced = 0
        """Messages replaced by newer ones before they were written."""
        self.refused = 0
        """Messages refused at the bound."""

    def __len__(self) -> int:
        return len(self._entries)

    def put(
        self, channel: str, data: bytes, descriptors: tuple[int, ...] = (), *, latest_wins: bool = False
    ) -> None:
        """Queue one frame. ``descriptors`` are closed by the link once written. Raises Full at the bound.

        A frame with descriptors is a fence: what comes after it may speak of them.
        """
        if latest_wins and (elder := self._latest.get(channel)) is not None:
            self.bytes += len(data) - len(elder.data)
            elder.data = data
            self.coalesced += 1
            return
        if self.bytes + len(data) > self.max_bytes or len(self._entries) >= self.max_messages:
            self.refused += 1
            raise Full(
                ErrorCode.QUEUE_FULL,
                f"{len(self._entries)} messages and {self.bytes} bytes wait for a peer that does not read them "
                f"(at most {self.max_messages} and {self.max_bytes})",
            )
        entry = _Entry(channel, data, descriptors)
        self._entries.append(entry)
        self.bytes += len(data)
        self.peak_bytes = max(self.peak_bytes, self.bytes)
        if descriptors:
            self.fence()
        elif latest_wins:
            self._latest[channel] = entry

    def fence(self) -> None:
        """No message from now on takes the place of one that waits already."""
        self._latest.clear()

    def peek(self, limit: int = 256 * 1024) -> tuple[list[memoryview], tuple[int, ...]]:
        """What to write next: buffers of about ``limit`` bytes, and the descriptors that go with their first byte.

        Descriptors are given only while their frame's first byte is unwritten, and then that frame stands alone.
        What was given is no longer coalesced.
        """
        buffers: list[memoryview] = []
        size = 0
        for index, entry in enumerate(self._entries):
            offset = self._offset if index == 0 else 0
            if entry.descriptors and offset == 0:
                if index == 0:
                    return [memoryview(entry.data)], entry.descriptors
                break
            if self._latest.get(entry.channel) is entry:
                del self._latest[entry.channel]
            buffers.append(memoryview(entry.data)[offset:])
            size += len(entry.data) - offset
            if size >= limit or len(buffers) >= 256:
                break
        return buffers, ()

    def advance(self, written: int) -> None:
        """``written`` bytes of what ``peek`` gave have left."""
        self.bytes -= written
        while written:
            entry = self._entries[0]
            left = len(entry.data) - self._offset
            if written < left:
                self._offset += written
                return
            written -= left
            self._entries.popleft()
            self._offset = 0

    def clear(self) -> tuple[int, ...]:
        """Forget everything; gives the descriptors that must be closed."""
        descriptors = tuple(descriptor for entry in self._entries for descriptor in entry.descriptors)
        self._entries.clear()
        self._latest.clear()
        self.bytes = self._offset = 0
        return descriptors
