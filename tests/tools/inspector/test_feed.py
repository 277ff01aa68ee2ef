import subprocess
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from shared.channels.inspector import InspectorRecords
from tools.inspector.client import NotListening
from tools.inspector.feed import Feed


def test_batches_arrive_and_the_end_is_told_once(
    profile: Path, shell_process: subprocess.Popen[str], qtbot: QtBot
) -> None:
    feed = Feed()
    batches: list[InspectorRecords] = []
    ends: list[str] = []
    feed.arrived.connect(batches.append)
    feed.ended.connect(ends.append)
    feed.connect_to(profile)
    qtbot.waitUntil(lambda: sum(len(batch.records) for batch in batches) == 7, timeout=10_000)
    assert feed.is_connected
    assert shell_process.stdin is not None
    shell_process.stdin.close()
    qtbot.waitUntil(lambda: bool(ends), timeout=10_000)
    assert ends == ["The shell ended."]
    assert not feed.is_connected


def test_a_disconnected_feed_says_nothing(
    profile: Path, shell_process: subprocess.Popen[str], qtbot: QtBot
) -> None:
    feed = Feed()
    feed.connect_to(profile)
    feed.disconnect_from_shell()
    with qtbot.assertNotEmitted(feed.arrived, wait=200):
        assert not feed.is_connected


def test_without_a_shell_it_raises(profile: Path) -> None:
    feed = Feed()
    with pytest.raises(NotListening):
        feed.connect_to(profile)
    assert not feed.is_connected
