"""The table of records: the store's matching entries as rows, appended live, held still while paused."""

import bisect
from enum import IntEnum
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from shared.channels.inspector import InspectorRecords
from tools.inspector.appearance import Colors, monospace
from tools.inspector.filter import Predicate
from tools.inspector.format import (
    Tone,
    clock_text,
    latency_text,
    pair_text,
    payload_text,
    printable,
    problem_text,
    route_text,
    size_text,
    tone,
)
from tools.inspector.store import Entry, Store

Index = QModelIndex | QPersistentModelIndex

_SUMMARY_COLUMNS: Final = 200


class Column(IntEnum):
    """The table's columns, from the left."""

    TIME = 0
    ROUTE = 1
    CHANNEL = 2
    TYPE = 3
    SIZE = 4
    VERDICT = 5
    LATENCY = 6
    ID = 7
    SUMMARY = 8


TITLES: Final = {
    Column.TIME: "Time",
    Column.ROUTE: "From → to",
    Column.CHANNEL: "Channel",
    Column.TYPE: "Type",
    Column.SIZE: "Size",
    Column.VERDICT: "Verdict",
    Column.LATENCY: "Latency",
    Column.ID: "Id",
    Column.SUMMARY: "Payload or problem",
}
_RIGHT: Final = frozenset({Column.SIZE, Column.LATENCY})
_MONOSPACE: Final = frozenset({Column.TIME, Column.ID, Column.SUMMARY})


class RecordTable(QAbstractTableModel):
    """Rows over a store.

    Signals:
        counts_changed: shown, captured, hidden or lost differ from before.
    """

    counts_changed = Signal()

    def __init__(self, store: Store, colors: Colors, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self.hidden = 0
        """Records that came and passed the filter since the view was paused."""
        self._rows: list[Entry] = []
        self._paused_at: int | None = None
        self._newest = 0
        self._font = monospace()
        self.set_colors(colors)

    # What there is

    @property
    def is_paused(self) -> bool:
        """Whether the rows stand still. Capture goes on."""
        return self._paused_at is not None

    def entry(self, row: int) -> Entry:
        """The entry of a row."""
        return self._rows[row]

    def row_of(self, sequence: int) -> int | None:
        """The row of a record, None if it is not shown."""
        row = bisect.bisect_left(self._rows, sequence, key=_sequence)
        return row if row < len(self._rows) and _sequence(self._rows[row]) == sequence else None

    # Changes

    def add(self, batch: InspectorRecords) -> None:
        """Take a batch: capture it all, show what passes unless paused."""
        added = self.store.add(batch)
        if added:
            self._newest = added[-1].record.sequence
        passing = [entry for entry in added if self.store.shows(entry)]
        if self.is_paused:
            self.hidden += len(passing)
        else:
            self._bring_requests(added)
            self._append(passing)
            self._drop_forgotten()
        self.counts_changed.emit()

    def set_paused(self, paused: bool) -> None:
        """Hold the rows still, or catch up with all that was captured meanwhile."""
        if paused == self.is_paused:
            return
        self._paused_at = self._newest if paused else None
        self.hidden = 0
        if not paused:
            self._rebuild()
        self.counts_changed.emit()

    def set_filter(self, matches: Predicate) -> None:
        """Show what passes ``matches``, of what the view held if it is paused."""
        self.store.set_filter(matches)
        self._rebuild()
        if self._paused_at is not None:
            self.hidden = sum(1 for _ in self.store.shown()) - len(self._rows)
        self.counts_changed.emit()

    def clear(self) -> None:
        """Forget everything captured."""
        self.store.clear()
        self.hidden = 0
        self._rebuild()
        self.counts_changed.emit()

    def set_colors(self, colors: Colors) -> None:
        """Use ``colors`` from now on."""
        self._foregrounds = {
            Tone.QUIET: QColor(colors.text_secondary),
            Tone.FAILED: QColor(colors.warning),
            Tone.REFUSED: QColor(colors.danger),
        }
        self._backgrounds = {
            Tone.FAILED: QColor(colors.warning_soft),
            Tone.REFUSED: QColor(colors.danger_soft),
        }
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(Column) - 1))

    def _append(self, entries: list[Entry]) -> None:
        if entries:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(entries) - 1)
            self._rows.extend(entries)
            self.endInsertRows()

    def _bring_requests(self, added: list[Entry]) -> None:
        """A reply may make its request's row change, or appear: it passes because its reply does."""
        for entry in added:
            flow = entry.flow
            if flow is None or flow.reply is not entry.record:
                continue
            sequence = flow.request.sequence
            row = self.row_of(sequence)
            if row is not None:
                self.dataChanged.emit(self.index(row, Column.LATENCY), self.index(row, Column.LATENCY))
            elif self.store.first <= sequence < added[0].record.sequence and self.store.shows(entry):
                row = bisect.bisect_left(self._rows, sequence, key=_sequence)
                self.beginInsertRows(QModelIndex(), row, row)
                self._rows.insert(row, Entry(flow.request, flow))
                self.endInsertRows()

    def _drop_forgotten(self) -> None:
        gone = bisect.bisect_left(self._rows, self.store.first, key=_sequence)
        if gone:
            self.beginRemoveRows(QModelIndex(), 0, gone - 1)
            del self._rows[:gone]
            self.endRemoveRows()

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = list(self.store.shown(self._paused_at))
        self.endResetModel()

    # Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Rows shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008  Qt's own default
        """Always the same."""
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles of the columns."""
        if orientation is not Qt.Orientation.Horizontal:
            return None
        column = Column(section)
        if role == Qt.ItemDataRole.DisplayRole:
            return TITLES[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Text, colours, alignment and font of a cell."""
        entry = self._rows[index.row()]
        column = Column(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return _cell(entry, column)
        if role == Qt.ItemDataRole.ForegroundRole:
            return self._foregrounds.get(tone(entry.record))
        if role == Qt.ItemDataRole.BackgroundRole:
            return self._backgrounds.get(tone(entry.record))
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.FontRole:
            return self._font if column in _MONOSPACE else None
        return None


def _sequence(entry: Entry) -> int:
    return entry.record.sequence


def _alignment(column: Column) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


def _cell(entry: Entry, column: Column) -> str:
    record = entry.record
    match column:
        case Column.TIME:
            return clock_text(record.time)
        case Column.ROUTE:
            return route_text(record)
        case Column.CHANNEL:
            return printable(record.channel) or "(unreadable)"
        case Column.TYPE:
            return printable(record.type)
        case Column.SIZE:
            return size_text(record.size)
        case Column.VERDICT:
            return record.verdict
        case Column.LATENCY:
            return latency_text(entry.flow.latency if entry.flow is not None else record.latency)
        case Column.ID:
            return pair_text(record)
        case Column.SUMMARY:
            return _summary(entry)


def _summary(entry: Entry) -> str:
    record = entry.record
    if problem := problem_text(record):
        return problem
    if record.secret:
        return "(secret)"
    return payload_text(record.payload, _SUMMARY_COLUMNS) if record.payload is not None else ""
