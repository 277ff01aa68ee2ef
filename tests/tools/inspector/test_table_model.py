import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from shared.channels.inspector import InspectorRecords, Record
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.appearance import DARK, LIGHT
from tools.inspector.filter import parse
from tools.inspector.store import Store
from tools.inspector.table_model import TITLES, Column, RecordTable


@pytest.fixture
def table(qtbot: QtBot) -> RecordTable:
    table = RecordTable(Store(max_records=100), LIGHT)
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal, table)
    return table


def add(table: RecordTable, *records: Record, lost: int = 0) -> None:
    table.add(InspectorRecords(records=records, lost=lost))


def rows(table: RecordTable) -> list[Record]:
    return [table.entry(row).record for row in range(table.rowCount())]


def text(table: RecordTable, row: int, column: Column) -> str:
    return str(table.index(row, column).data())


def test_every_column_has_a_title() -> None:
    assert set(TITLES) == set(Column)


def test_rows_say_what_passed(table: RecordTable) -> None:
    add(table, request("7", size=84), reply("7"), refused(), record(secret=True, payload=None))
    assert [text(table, 0, column) for column in (Column.ROUTE, Column.CHANNEL, Column.SIZE, Column.ID)] == [
        "page 3 #3 → main",
        "settings:get",
        "84 B",
        "7",
    ]
    assert text(table, 0, Column.LATENCY) == "12.30 ms"
    assert text(table, 1, Column.ID) == "↩ 7"
    assert text(table, 2, Column.VERDICT) == "refused"
    assert text(table, 2, Column.SUMMARY) == "invalid-payload: Expected `str`, got `int` (at $.title)"
    assert text(table, 3, Column.SUMMARY) == "(secret)"


def test_refused_rows_are_coloured_and_follow_the_scheme(table: RecordTable) -> None:
    add(table, record(), refused())
    plain, red = table.index(0, 0), table.index(1, 0)
    assert plain.data(Qt.ItemDataRole.BackgroundRole) is None
    assert red.data(Qt.ItemDataRole.BackgroundRole) == QColor(LIGHT.danger_soft)
    table.set_colors(DARK)
    assert red.data(Qt.ItemDataRole.ForegroundRole) == QColor(DARK.danger)


def test_a_pause_holds_the_rows_and_loses_nothing(table: RecordTable) -> None:
    before, during, after = record(), record(), record()
    add(table, before)
    table.set_paused(True)
    add(table, during, refused())
    assert rows(table) == [before]
    assert table.hidden == 2
    table.set_filter(parse("channel:tab not verdict:refused"))
    assert rows(table) == [before]
    assert table.hidden == 1
    table.set_paused(False)
    add(table, after)
    assert rows(table) == [before, during, after]
    assert table.hidden == 0


def test_a_reply_that_passes_the_filter_brings_its_request_to_its_place(table: RecordTable) -> None:
    table.set_filter(parse("latency>400 or channel:tab"))
    asked, event, answered = request("1"), record(), reply("1", latency=0.5)
    add(table, asked)
    add(table, event)
    assert rows(table) == [event]
    add(table, answered)
    assert rows(table) == [asked, event, answered]


def test_rows_are_bounded_and_the_oldest_go(table: RecordTable) -> None:
    records = [record() for _ in range(260)]
    for start in range(0, 260, 13):
        add(table, *records[start : start + 13])
    kept = rows(table)
    assert 90 <= len(kept) <= 100
    assert kept == records[-len(kept) :]
    assert table.row_of(records[0].sequence) is None
    assert table.row_of(records[-1].sequence) == len(kept) - 1


def test_clearing_leaves_nothing(table: RecordTable, qtbot: QtBot) -> None:
    add(table, record())
    with qtbot.waitSignal(table.counts_changed):
        table.clear()
    assert rows(table) == []
