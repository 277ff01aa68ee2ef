"""Qt objects in cycles end on the GUI thread, whoever allocates."""

import gc
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from main_process import garbage
from main_process.garbage import GarbageCollection

ENOUGH = 200_000
"""Objects after which Python collects by itself, many times over."""


class Knot(QObject):
    """A Qt object that only the cyclic collection can end, with a timer that must end on its own thread."""

    ended_on: list[threading.Thread] = []

    def __init__(self) -> None:
        super().__init__()
        self.itself = self
        self.timer = QTimer(self)
        self.timer.start(100_000)

    def __del__(self) -> None:
        self.ended_on.append(threading.current_thread())


@pytest.fixture
def collection(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollection]:
    monkeypatch.setattr(garbage, "INTERVAL_MS", 5)
    monkeypatch.setattr(Knot, "ended_on", [])
    collection = GarbageCollection()
    yield collection
    collection.stop()
    gc.collect()


def allocate() -> None:
    """What a busy storage thread does."""
    kept = [[number] for number in range(ENOUGH)]
    assert len(kept) == ENOUGH


def test_knots_end_on_the_gui_thread(collection: GarbageCollection, qtbot: QtBot) -> None:
    for _ in range(20):
        Knot()
    thread = threading.Thread(target=allocate)
    thread.start()
    thread.join()
    assert Knot.ended_on == []
    # What the thread made young garbage of is long since counted: the next look finds enough.
    kept = [[number] for number in range(gc.get_threshold()[0] * 2)]
    qtbot.waitUntil(lambda: len(Knot.ended_on) == 20)
    assert set(Knot.ended_on) == {threading.main_thread()}
    assert kept


def test_older_generations_are_collected_too(collection: GarbageCollection, qtbot: QtBot) -> None:
    Knot()
    gc.collect(0)
    old = Knot()
    old.other = Knot()  # type: ignore[attr-defined]
    gc.collect(0)
    gc.collect(1)
    del old
    kept: list[list[int]] = []

    def is_over() -> bool:
        kept.extend([number] for number in range(gc.get_threshold()[0] * 2))
        return len(Knot.ended_on) == 3

    qtbot.waitUntil(is_over, timeout=20_000)


def test_it_is_left_to_python_afterwards(qtbot: QtBot) -> None:
    assert gc.isenabled()
    collection = GarbageCollection()
    assert not gc.isenabled()
    collection.stop()
    assert gc.isenabled()
