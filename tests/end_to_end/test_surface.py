"""A renderer process on one side of a socket, a view on the other: what a person sees is whole, current and alive."""

import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from main_process.link import Link
from main_process.surface.view import SurfaceView
from shared.contract import Party
from shared.session import Session, Side

RED, GREEN, BLUE, YELLOW = (QColor(*rgb) for rgb in ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0)))
FRAMES = 300
SIZES = 100
WAIT_MS = 30_000


class Tab:
    """A view and the process whose page it shows."""

    def __init__(self, kind: str, width: int, height: int) -> None:
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.end_to_end.programs.surface_page", kind, str(theirs.fileno())],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
            )
        self.view = SurfaceView()
        self.view.resize(width, height)
        self.session = Session(side=Side.MAIN, party=Party.WEB_TAB)
        self.link = Link(self.session, ours, self.view)
        self.link.opened.connect(lambda: self.view.attach(self.session))
        self.link.closed.connect(lambda error: self.view.detach())
        self.view.show()

    def screen(self) -> QImage:
        """What stands in main's window."""
        store = self.view.backingStore().paintDevice()
        assert isinstance(store, QImage)
        return store

    def colour(self, x: int = 5, y: int = 5) -> QColor:
        return self.screen().pixelColor(x, y)

    def colours(self) -> set[int]:
        """Of a grid of points over the window."""
        screen = self.screen()
        width, height = screen.width(), screen.height()
        return {
            screen.pixel(column * (width - 1) // 7, row * (height - 1) // 19)
            for column in range(8)
            for row in range(20)
        }

    def close(self) -> None:
        self.link.close()
        self.process.wait(20)
        self.view.close()
        self.view.deleteLater()


@pytest.fixture
def open_tab(qtbot: QtBot) -> Iterator[Callable[..., Tab]]:
    tabs: list[Tab] = []

    def open_(kind: str, width: int = 400, height: int = 300) -> Tab:
        tab = Tab(kind, width, height)
        tabs.append(tab)
        with qtbot.waitSignal(tab.view.first_frame_shown, timeout=WAIT_MS):
            pass
        return tab

    yield open_
    for tab in tabs:
        tab.close()
    tabs.clear()


OpenTab = Callable[..., Tab]


def double_click(view: SurfaceView, at: QPointF) -> None:
    """As a window system tells of it: soon after one another, which QTest's clicks are not."""
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for number, (kind, buttons) in enumerate(
        (
            (QEvent.Type.MouseButtonPress, left),
            (QEvent.Type.MouseButtonRelease, none),
            (QEvent.Type.MouseButtonDblClick, left),
            (QEvent.Type.MouseButtonRelease, none),
        )
    ):
        event = QMouseEvent(kind, at, view.mapToGlobal(at), left, buttons, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(1_000_000 + 30 * number)
        QApplication.sendEvent(view, event)


def test_no_frame_is_torn(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("changing", 1920, 1080)
    torn: list[int] = []
    seen: list[int] = []

    def on_frame_shown(sequence: int) -> None:
        colours = tab.colours()
        seen.append(next(iter(colours)))
        if len(colours) != 1:
            torn.append(sequence)

    tab.view.frame_shown.connect(on_frame_shown)
    qtbot.waitUntil(lambda: len(seen) >= FRAMES, timeout=WAIT_MS)
    assert torn == []
    assert len(set(seen)) > FRAMES // 2


def test_a_storm_of_sizes_ends_at_the_last_and_nothing_is_ever_empty(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("plain")
    wrong: list[set[int]] = []

    def check() -> None:
        if tab.colours() != {RED.rgb()}:
            wrong.append(tab.colours())

    tab.view.frame_shown.connect(check)
    for step in range(SIZES):
        tab.view.resize(300 + step * 7, 200 + step * 37 % 300)
        QApplication.processEvents()
        check()
    last = tab.view.size()

    def is_settled() -> bool:
        frame = tab.view.last_frame()
        return frame is not None and frame.size() == last

    qtbot.waitUntil(is_settled, timeout=WAIT_MS)
    assert wrong == []


@pytest.mark.parametrize("kind", ["plain", "web"])
def test_a_click_is_seen(qtbot: QtBot, open_tab: OpenTab, kind: str) -> None:
    tab = open_tab(kind)
    qtbot.waitUntil(lambda: tab.colour() == RED, timeout=WAIT_MS)
    QTest.mouseClick(tab.view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.waitUntil(lambda: tab.colour() == BLUE, timeout=WAIT_MS)


def test_a_web_page_gets_keys_wheel_and_double_clicks(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("web")
    qtbot.waitUntil(lambda: tab.colour() == RED, timeout=WAIT_MS)
    tab.view.activateWindow()
    tab.view.setFocus()
    qtbot.waitUntil(tab.view.hasFocus)
    QTest.keyClick(tab.view, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: tab.colour() == GREEN, timeout=WAIT_MS)
    QTest.mouseClick(tab.view, Qt.MouseButton.LeftButton, pos=QPoint(200, 150))
    qtbot.waitUntil(lambda: tab.colour() == BLUE, timeout=WAIT_MS)
    at = QPointF(200, 150)
    wheel = QWheelEvent(
        at, tab.view.mapToGlobal(at), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(tab.view, wheel)
    qtbot.waitUntil(lambda: tab.colour() == YELLOW, timeout=WAIT_MS)
    double_click(tab.view, at)
    qtbot.waitUntil(lambda: tab.colour(50, 70) == QColor(Qt.GlobalColor.white), timeout=WAIT_MS)


def test_a_web_page_that_does_nothing_sends_nothing(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("web")
    qtbot.waitUntil(lambda: tab.colour() == RED, timeout=WAIT_MS)
    # What is due comes; from then on, silence.
    qtbot.wait(1500)
    before = tab.view.counters["frames_received"]
    qtbot.wait(1500)
    assert tab.view.counters["frames_received"] == before


def test_a_web_page_is_shown_whole_at_every_size(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("web")
    qtbot.waitUntil(lambda: tab.colour() == RED, timeout=WAIT_MS)
    wrong: list[str] = []

    def check() -> None:
        # The black mark is the page's own; everything else is red.
        if not tab.colours() <= {RED.rgb(), QColor(Qt.GlobalColor.black).rgb()}:
            wrong.append(str(sorted(hex(colour) for colour in tab.colours())))

    tab.view.frame_shown.connect(check)
    for step in range(20):
        tab.view.resize(400 + step * 20, 300 + step * 37 % 200)
        qtbot.wait(15)
        check()

    def is_settled() -> bool:
        frame = tab.view.last_frame()
        return frame is not None and frame.size() == tab.view.size()

    qtbot.waitUntil(is_settled, timeout=WAIT_MS)
    assert wrong == []


def test_a_killed_renderer_leaves_its_last_frame(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("changing", 800, 600)
    with qtbot.waitSignal(tab.link.closed, timeout=WAIT_MS):
        tab.process.send_signal(signal.SIGKILL)
    tab.view.update()
    QApplication.processEvents()
    frame = tab.view.last_frame()
    assert frame is not None
    assert len(tab.colours()) == 1
    assert frame.pixel(0, 0) == tab.screen().pixel(0, 0)


def test_a_hidden_view_gets_no_frames(qtbot: QtBot, open_tab: OpenTab) -> None:
    tab = open_tab("changing")
    tab.view.hide()
    qtbot.wait(300)
    before = tab.view.counters["frames_received"]
    qtbot.wait(300)
    assert tab.view.counters["frames_received"] == before
    with qtbot.waitSignal(tab.view.frame_shown, timeout=WAIT_MS):
        tab.view.show()
