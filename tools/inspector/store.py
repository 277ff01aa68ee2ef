"""What an inspector keeps: records with their flows, bounded by count and by bytes, and which of them match."""

from collections import deque
from collections.abc import Iterator
from typing import Final

from shared.channels.inspector import InspectorRecords, Record
from tools.inspector.filter import Predicate, parse
from tools.inspector.flow import Flow, Pairing

MAX_RECORDS: Final = 50_000
MAX_BYTES: Final = 256 * 1024 * 1024

_OVERHEAD: Final = 1024
"""Bytes of memory a record takes beside its payload, roughly."""
_MOST_PAYLOAD: Final = 64 * 1024
"""A larger message's payload came as a summary, so its size says nothing of what it takes here."""
_SLACK: Final = 0.95
"""What is kept when the bound is reached: forgetting in lots is cheaper for views than one by one."""


class Entry:
    """A record and the flow it belongs to, if any."""

    __slots__ = ("flow", "record")

    def __init__(self, record: Record, flow: Flow | None) -> None:
        self.record = record
        self.flow = flow

    @property
    def other(self) -> Record | None:
        """The other half of its pair, if it has come."""
        return self.flow.other(self.record) if self.flow is not None else None


class Store:
    """The newest entries in order."""

    def __init__(self, max_records: int = MAX_RECORDS, max_bytes: int = MAX_BYTES) -> None:
        self.entries: deque[Entry] = deque()
        self.lost = 0
        """Records that the shell did not keep for us."""
        self.forgotten = 0
        """Records that were here and had to make room."""
        self._max_records = max_records
        self._max_bytes = max_bytes
        self._bytes = 0
        self._pairing = Pairing()
        self._matches: Predicate = parse("")

    @property
    def first(self) -> int:
        """Sequence number of the oldest record kept; 0 without any."""
        return self.entries[0].record.sequence if self.entries else 0

    def add(self, batch: InspectorRecords) -> list[Entry]:
        """Take a batch; gives its entries."""
        self.lost += batch.lost
        added = [Entry(record, self._pairing.add(record)) for record in batch.records]
        self.entries.extend(added)
        self._bytes += sum(_weight(entry.record) for entry in added)
        if len(self.entries) > self._max_records or self._bytes > self._max_bytes:
            self._forget()
        return added

    def set_filter(self, matches: Predicate) -> None:
        """Use ``matches`` from now on."""
        self._matches = matches

    def shows(self, entry: Entry) -> bool:
        """Whether it, or the other half of its pair, passes the filter."""
        if self._matches(entry.record):
            return True
        other = entry.other
        return other is not None and self._matches(other)

    def shown(self, up_to: int | None = None) -> Iterator[Entry]:
        """The entries that pass the filter, in order, up to sequence number ``up_to``."""
        for entry in self.entries:
            if up_to is not None and entry.record.sequence > up_to:
                return
            if self.shows(entry):
                yield entry

    def clear(self) -> None:
        """Forget everything, but not which requests still wait for their replies."""
        self.entries.clear()
        self._bytes = 0
        self.lost = self.forgotten = 0

    def _forget(self) -> None:
        while len(self.entries) > self._max_records * _SLACK or self._bytes > self._max_bytes * _SLACK:
            self._bytes -= _weight(self.entries.popleft().record)
            self.forgotten += 1


def _weight(record: Record) -> int:
    return _OVERHEAD + (record.size if record.size <= _MOST_PAYLOAD else 0)
