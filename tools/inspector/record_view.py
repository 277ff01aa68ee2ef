"""The table on the screen: it follows the newest row until the user looks elsewhere."""

from typing import Final

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Signal
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from tools.inspector.appearance import ROW_HEIGHT
from tools.inspector.table_model import Column, RecordTable

_WIDTHS: Final = {
    Column.TIME: 118,
    Column.ROUTE: 170,
    Column.CHANNEL: 170,
    Column.TYPE: 84,
    Column.SIZE: 88,
    Column.VERDICT: 84,
    Column.LATENCY: 96,
    Column.ID: 76,
}


class RecordView(QTableView):
    """Rows of records.

    Signals:
        following_changed: it follows the newest row, or no longer does.
    """

    following_changed = Signal(bool)

    def __init__(self, table: RecordTable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._following = True
        self._moving = False
        self.setModel(table)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        for column, width in _WIDTHS.items():
            self.setColumnWidth(column, width)
        table.rowsInserted.connect(self._on_table_rows_changed)
        table.rowsRemoved.connect(self._on_table_rows_removed)
        table.modelReset.connect(self._on_table_rows_changed)
        self.verticalScrollBar().valueChanged.connect(self._on_scroll_bar_value_changed)

    @property
    def is_following(self) -> bool:
        """Whether the newest row is kept in sight."""
        return self._following

    def set_following(self, following: bool) -> None:
        """Keep the newest row in sight, or leave the view where it is."""
        if following != self._following:
            self._following = following
            self.following_changed.emit(following)
        if following:
            self._to_end()

    def selected_row(self) -> int | None:
        """The row selected, if any."""
        rows = self.selectionModel().selectedRows()
        return rows[0].row() if rows else None

    def selected_sequence(self) -> int | None:
        """The sequence number of the record selected, if any."""
        row = self.selected_row()
        return None if row is None else self._table.entry(row).record.sequence

    def select(self, sequence: int | None) -> None:
        """Select a record if it is shown, and bring it into sight; None selects nothing."""
        row = self._table.row_of(sequence) if sequence is not None else None
        if row is None:
            self.clearSelection()
            return
        index = self._table.index(row, 0)
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
        self.selectionModel().setCurrentIndex(index, flags)
        if not self._following:
            self.scrollTo(index)

    def _to_end(self) -> None:
        self._moving = True
        try:
            self.scrollToBottom()
        finally:
            self._moving = False

    def _on_table_rows_changed(self) -> None:
        if self._following:
            self._to_end()

    def _on_table_rows_removed(self, parent: QModelIndex, first: int, last: int) -> None:
        # Rows that made room above must not move those in sight.
        if not self._following and first == 0 and not parent.isValid():
            bar = self.verticalScrollBar()
            bar.setValue(bar.value() - (last + 1) * ROW_HEIGHT)

    def _on_scroll_bar_value_changed(self, value: int) -> None:
        # New rows make the range grow and leave the value alone: a change that is not ours is the user's.
        if not self._moving:
            self.set_following(value >= self.verticalScrollBar().maximum())
