import pytest
from pytestqt.qtbot import QtBot

from shared.channels.inspector import InspectorRecords
from tests.tools.inspector.records import record
from tools.inspector.appearance import LIGHT, ROW_HEIGHT
from tools.inspector.record_view import RecordView
from tools.inspector.store import Store
from tools.inspector.table_model import RecordTable


@pytest.fixture
def view(qtbot: QtBot) -> RecordView:
    table = RecordTable(Store(max_records=1000), LIGHT)
    view = RecordView(table)
    table.setParent(view)
    qtbot.addWidget(view)
    view.resize(900, 400)
    view.show()
    qtbot.waitExposed(view)
    return view


def add(view: RecordView, count: int) -> None:
    table = view.model()
    assert isinstance(table, RecordTable)
    table.add(InspectorRecords(records=tuple(record() for _ in range(count))))


def sequence_at_top(view: RecordView) -> int:
    table = view.model()
    assert isinstance(table, RecordTable)
    return table.entry(view.rowAt(1)).record.sequence


def bottom_row(view: RecordView) -> int:
    return view.rowAt(view.viewport().height() - 2)


def test_it_follows_the_newest_row_until_the_user_scrolls_away(view: RecordView, qtbot: QtBot) -> None:
    add(view, 200)
    assert bottom_row(view) == 199
    bar = view.verticalScrollBar()
    with qtbot.waitSignal(view.following_changed) as changed:
        bar.setValue(400)
    assert changed.args == [False]
    add(view, 50)
    assert bar.value() == 400
    view.set_following(True)
    assert bottom_row(view) == 249


def test_scrolling_back_to_the_end_follows_again(view: RecordView) -> None:
    add(view, 200)
    bar = view.verticalScrollBar()
    bar.setValue(bar.value() - 100)
    assert not view.is_following
    bar.setValue(bar.maximum())
    assert view.is_following


def test_rows_in_sight_stay_when_older_ones_make_room(view: RecordView) -> None:
    add(view, 1000)
    view.verticalScrollBar().setValue(600 * ROW_HEIGHT)
    top = sequence_at_top(view)
    add(view, 100)
    assert view.model().rowCount() < 1000
    assert sequence_at_top(view) == top


def test_selecting_what_is_not_shown_selects_nothing(view: RecordView) -> None:
    add(view, 3)
    view.select(sequence_at_top(view))
    assert view.selected_row() == 0
    view.select(10**9)
    assert (view.selected_row(), view.selected_sequence()) == (None, None)
