import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from shared.channels.inspector import InspectorRecords, Record
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.appearance import LIGHT
from tools.inspector.feed import Feed
from tools.inspector.store import Store
from tools.inspector.table_model import Column
from tools.inspector.window import InspectorWindow, main


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[InspectorWindow]:
    window = InspectorWindow(Feed(), LIGHT, store=Store(max_records=1000))
    qtbot.addWidget(window)
    window.resize(1000, 600)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


def feed(window: InspectorWindow, *records: Record, lost: int = 0) -> None:
    window._feed.arrived.emit(InspectorRecords(records=records, lost=lost))


def test_the_follow_button_says_what_the_view_does(window: InspectorWindow) -> None:
    feed(window, *(record() for _ in range(200)))
    window.view.verticalScrollBar().setValue(400)
    assert not window.toolbar.follow.isChecked()
    window.toolbar.follow.click()
    assert window.view.is_following


def test_a_filter_narrows_and_a_wrong_one_says_why_and_changes_nothing(window: InspectorWindow) -> None:
    feed(window, record(), refused(), record(channel="page:icon"))
    window.toolbar.filter.setText("verdict:refused")
    assert window.table.rowCount() == 1
    assert window.footer.counts.text() == "1 of 3 messages"
    window.toolbar.filter.setText("verdict:refused (")
    assert window.toolbar.error.isVisible()
    assert "expected a term" in window.toolbar.error.text()
    assert window.table.rowCount() == 1
    window.toolbar.filter.clear()
    assert not window.toolbar.error.isVisible()
    assert window.table.rowCount() == 3


def test_a_pause_counts_what_it_hides_and_gives_it_back(window: InspectorWindow) -> None:
    feed(window, record())
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert window.toolbar.pause.isChecked()
    feed(window, record(), record())
    assert window.table.rowCount() == 1
    assert window.footer.hidden.text() == "Paused: 2 new hidden"
    window.toolbar.pause.click()
    assert window.table.rowCount() == 3
    assert not window.footer.hidden.isVisible()


def test_a_selected_row_fills_the_details_and_the_pair_is_one_click_away(window: InspectorWindow) -> None:
    asked, wrong, answered = request("7"), refused(), reply("7")
    feed(window, asked, wrong, answered)
    window.view.select(answered.sequence)
    assert window.details.field("Request") == "7, answered"
    window.details.pair_button.click()
    assert window.view.selected_sequence() == asked.sequence
    window.toolbar.filter.setText("settings")
    assert window.view.selected_sequence() == asked.sequence


def test_the_reply_of_the_selected_request_shows_when_it_comes(window: InspectorWindow) -> None:
    asked = request("7")
    feed(window, asked)
    window.view.select(asked.sequence)
    feed(window, reply("7"))
    assert window.details.field("Request") == "7, answered"


def test_losses_are_said(window: InspectorWindow) -> None:
    feed(window, record(), lost=1234)
    assert window.footer.missing.text() == "1,234 lost"
    window.toolbar.clear.click()
    assert window.table.rowCount() == 0
    assert not window.footer.missing.isVisible()


def test_without_a_shell_the_command_says_what_to_do_and_fails(
    profile: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tools.inspector.window.QApplication", lambda arguments: qapp)
    result = CliRunner().invoke(main, ["--profile", str(profile)])
    assert result.exit_code == 1
    assert "start the shell with --inspect" in result.stderr


def test_records_of_a_shell_appear_and_its_end_leaves_them(
    profile: Path, shell_process: subprocess.Popen[str], qtbot: QtBot
) -> None:
    window = InspectorWindow(Feed(), LIGHT, profile=profile)
    qtbot.addWidget(window)
    window.show()
    window._feed.connect_to(profile)
    qtbot.waitUntil(lambda: window.table.rowCount() == 7, timeout=10_000)
    channels = [window.table.index(row, Column.CHANNEL).data() for row in range(7)]
    assert channels[:3] == ["link:hello", "link:welcome", "tab:update"]
    assert shell_process.stdin is not None
    shell_process.stdin.close()
    qtbot.waitUntil(window.notice.isVisible, timeout=10_000)
    assert window.notice.text == "The shell ended. What was captured stays."
    assert window.table.rowCount() == 7
    window.notice.action_wanted.emit()
    assert "no shell listens" in window.notice.text.lower()
    window.close()
