"""A tab over servers that the test gives it, and what its tests have in common."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from main_process.tab import Tab
from shared.channels.page import PageLoadFailed
from shared.channels.tab import TabUpdate
from shared.contract import Empty
from shared.errors import ErrorCode, Gone
from shared.ipc_channel import IPCChannel
from shared.tasks import Future
from tests.main_process.fake_births import FakeBirths
from tests.main_process.fake_process import FakeProcess

SETTINGS = "os://settings"
NEW_TAB = "os://newtab"
A = "https://a.example/"
B = "https://b.example/"
FAILURE = PageLoadFailed(url=A, code=-105, description="ERR_NAME_NOT_RESOLVED")
GONE = Gone(ErrorCode.PEER_GONE, "gone")


class Bench:
    """A tab, its births, and how often it told what."""

    def __init__(self, qtbot: QtBot) -> None:
        self.parent = QObject()
        self.births = FakeBirths()
        self.tab = Tab(1, self.births, self.parent)
        qtbot.addWidget(self.tab.view)
        self.changes = self.settled = self.closed = 0
        self.tab.changed.connect(self._on_tab_changed)
        self.tab.settled.connect(self._on_tab_settled)
        self.tab.closed.connect(self._on_tab_closed)

    def _on_tab_changed(self) -> None:
        self.changes += 1

    def _on_tab_settled(self) -> None:
        self.settled += 1

    def _on_tab_closed(self) -> None:
        self.closed += 1

    def show_frame(self) -> None:
        """The attached server's first frame is painted."""
        self.tab.view.first_frame_shown.emit()

    def page(self, url: str = SETTINGS) -> FakeProcess:
        """A plugin page, open and painted."""
        self.tab.navigate(url)
        process = self.births.give()
        self.births.answer_opening()
        self.show_frame()
        return process

    def web(self, url: str = A) -> FakeProcess:
        """A web page, loaded and painted."""
        self.tab.navigate(url)
        process = self.births.give()
        self.show_frame()
        self.tab.apply(TabUpdate(loading=False))
        return process


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(qtbot)
    yield bench
    bench.tab.close()
    bench.births.clean_up()


def answering(process: FakeProcess, channel: IPCChannel) -> list[tuple[object, Future[Empty]]]:
    """What a web page is asked on ``channel``, each to be answered."""
    asked: list[tuple[object, Future[Empty]]] = []

    def note(payload: object) -> Future[Empty]:
        asked.append((payload, Future()))
        return asked[-1][1]

    process.peer.session.handle(channel, note)
    return asked
