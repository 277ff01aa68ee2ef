from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from main_process.surface.buffers import MAX_OUTSTANDING
from main_process.surface.view import SurfaceView
from shared.channels.input import InputFocus, InputKey, InputLeave, InputPointer, InputWheel, PointerAction
from shared.channels.surface import CursorShape, SurfaceCursor
from shared.contract import Struct
from shared.errors import Blame, ErrorCode, Gone, IPCError
from shared.ipc_channel import IPCChannel
from tests.main_process.surface.fake_renderer import FakeRenderer
from tests.memory_link import MemoryLink

RED, GREEN, BLUE = 0xFFFF0000, 0xFF00FF00, 0xFF0000FF
INPUTS = (
    IPCChannel.INPUT_POINTER,
    IPCChannel.INPUT_WHEEL,
    IPCChannel.INPUT_KEY,
    IPCChannel.INPUT_FOCUS,
    IPCChannel.INPUT_LEAVE,
)


class Stage:
    """A view of 100 × 50 attached to a fake renderer."""

    def __init__(self) -> None:
        self.link = MemoryLink()
        self.renderer = FakeRenderer(self.link)
        self.input: list[Struct] = []
        self.failures: list[IPCError] = []
        for channel in INPUTS:
            self.link.peer.session.on(channel, self.input.append)
        self.link.main.session.failed = self.failures.append
        self.view = SurfaceView()
        self.view.resize(100, 50)

    def attach(self) -> None:
        self.view.attach(self.link.main.session)
        self.link.pump()

    def show(self) -> None:
        """On the screen, and everything painted that is due."""
        self.view.show()
        self.settle()

    def settle(self) -> None:
        QApplication.processEvents()
        self.link.pump()

    def colours(self) -> list[int]:
        """What is on the screen at the top left and at the bottom right."""
        picture = self.screen()
        return [picture.pixel(0, 0), picture.pixel(picture.width() - 1, picture.height() - 1)]

    def screen(self) -> QImage:
        store = self.view.backingStore().paintDevice()
        assert isinstance(store, QImage)
        return store.copy()


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    stage = Stage()
    yield stage
    stage.view.detach()
    stage.view.setParent(None)
    stage.view.deleteLater()
    stage.renderer.close()
    stage.link.close()


@pytest.fixture
def window(qapp: QApplication) -> Iterator[QMainWindow]:
    """Name it before ``stage``, so that it outlives the view."""
    window = QMainWindow()
    yield window
    window.close()
    window.deleteLater()


@pytest.fixture
def shown(stage: Stage) -> Stage:
    """Attached, on the screen, one red frame shown."""
    stage.attach()
    stage.show()
    stage.renderer.paint(0, RED)
    stage.settle()
    return stage


class TestAttaching:
    def test_the_renderer_is_told_memory_size_and_visibility(self, stage: Stage) -> None:
        stage.attach()
        geometry = stage.renderer.geometry
        assert (geometry.width, geometry.height) == (100, 50)
        assert geometry.device_pixel_ratio == stage.view.devicePixelRatioF()
        assert geometry.buffer in stage.renderer.buffers
        assert stage.renderer.visible == [False]
        stage.show()
        assert stage.renderer.visible == [False, True]

    def test_a_frame_is_shown_and_told(self, qtbot: QtBot, stage: Stage) -> None:
        stage.attach()
        stage.show()
        assert stage.view.last_frame() is None
        shown: list[int] = []
        stage.view.frame_shown.connect(shown.append)
        with qtbot.waitSignal(stage.view.first_frame_shown):
            stage.renderer.paint(0, RED)
        stage.settle()
        assert stage.colours() == [RED, RED]
        assert shown == [1]
        stage.renderer.paint(1, GREEN)
        stage.settle()
        assert stage.colours() == [GREEN, GREEN]
        assert shown == [1, 2]
        assert stage.view.counters["frames_shown"] == 2

    def test_the_last_frame_stays_after_detaching_and_is_mains_alone(self, shown: Stage) -> None:
        shown.view.detach()
        memory = next(iter(shown.renderer.buffers.values()))
        memory[:] = b"\x7f" * len(memory)
        shown.view.update()
        shown.settle()
        assert shown.colours() == [RED, RED]
        frame = shown.view.last_frame()
        assert frame is not None
        assert frame.pixel(50, 25) == RED

    def test_nothing_is_heard_or_sent_after_detaching(self, shown: Stage) -> None:
        shown.view.detach()
        shown.input.clear()
        shown.renderer.paint(1, GREEN)
        shown.view.resize(120, 60)
        QTest.mouseClick(shown.view, Qt.MouseButton.LeftButton)
        shown.settle()
        assert shown.colours()[0] == RED
        assert shown.input == []
        assert len(shown.renderer.geometries) == 1

    def test_another_session_starts_afresh_over_the_old_picture(self, qtbot: QtBot, shown: Stage) -> None:
        second = MemoryLink()
        renderer = FakeRenderer(second)
        shown.view.attach(second.main.session)
        second.pump()
        shown.settle()
        assert shown.colours() == [RED, RED]
        with qtbot.waitSignal(shown.view.first_frame_shown):
            renderer.paint(0, BLUE, (0, 0, 1, 1))
        shown.settle()
        assert shown.colours() == [BLUE, BLUE]
        shown.view.detach()
        renderer.close()
        second.close()

    def test_a_new_generation_is_attached_again(self, shown: Stage) -> None:
        shown.link.main.session.new_generation()
        shown.link.pump()
        shown.attach()
        assert len(shown.renderer.geometries) == 2
        shown.renderer.paint(0, GREEN)
        shown.settle()
        assert shown.colours() == [GREEN, GREEN]

    def test_a_session_that_ended_is_not_sent_to(self, shown: Stage) -> None:
        shown.link.main.session.close(Gone(ErrorCode.PEER_GONE, "it died"))
        QTest.mouseClick(shown.view, Qt.MouseButton.LeftButton)
        shown.view.resize(300, 200)
        shown.settle()
        assert shown.colours()[0] == RED


class TestFlipping:
    def test_a_slot_goes_back_only_after_the_next_one_is_painted(self, shown: Stage) -> None:
        shown.renderer.paint(1, GREEN)
        assert shown.renderer.released == []
        shown.settle()
        assert [release.slot for release in shown.renderer.released] == [0]

    def test_only_the_damage_is_painted(self, shown: Stage) -> None:
        shown.renderer.paint(1, GREEN, (10, 10, 20, 5))
        shown.settle()
        picture = shown.screen()
        assert picture.pixel(10, 10) == GREEN
        assert picture.pixel(29, 14) == GREEN
        assert picture.pixel(30, 14) == RED
        assert picture.pixel(10, 15) == RED

    def test_a_frame_without_damage_is_flipped_in_all_the_same(self, shown: Stage) -> None:
        shown.renderer.say(shown.renderer.geometry.geometry, 1)
        shown.settle()
        assert [release.slot for release in shown.renderer.released] == [0]

    def test_the_last_frame_is_the_newest_even_before_it_is_painted(self, shown: Stage) -> None:
        shown.renderer.paint(1, GREEN)
        frame = shown.view.last_frame()
        assert frame is not None
        assert frame.pixel(0, 0) == GREEN

    def test_a_lie_ends_the_session_and_leaves_the_picture(self, shown: Stage) -> None:
        shown.renderer.say(12345, 1)
        assert [error.blame for error in shown.failures] == [Blame.THEIRS]
        assert shown.failures[0].path == "$.geometry"
        shown.view.detach()
        shown.settle()
        assert shown.colours() == [RED, RED]


class TestResizing:
    def test_the_old_frame_stays_at_the_top_left_over_its_own_colour(self, shown: Stage) -> None:
        shown.view.resize(150, 80)
        shown.settle()
        assert shown.colours() == [RED, RED]
        assert shown.renderer.geometry.width == 150
        shown.renderer.paint(0, GREEN)
        shown.settle()
        assert shown.colours() == [GREEN, GREEN]

    def test_a_frame_of_the_old_size_that_comes_late_is_shown_too(self, shown: Stage) -> None:
        old = shown.renderer.geometry
        shown.view.resize(150, 80)
        shown.settle()
        shown.renderer.paint(1, BLUE, geometry=old)
        shown.settle()
        assert shown.colours() == [BLUE, BLUE]

    def test_the_next_size_is_told_when_the_last_is_shown(self, shown: Stage) -> None:
        for width in range(101, 201):
            shown.view.resize(width, 50)
            shown.settle()
        assert [geometry.width for geometry in shown.renderer.geometries] == [100, 101]
        shown.renderer.paint(1, GREEN)
        shown.settle()
        assert shown.renderer.geometry.width == 200
        shown.renderer.paint(0, BLUE)
        shown.settle()
        assert shown.colours() == [BLUE, BLUE]
        assert len(shown.renderer.geometries) == 3

    def test_a_size_that_came_back_is_not_told_again(self, shown: Stage) -> None:
        for width in (120, 130, 120):
            shown.view.resize(width, 50)
            shown.settle()
        shown.renderer.paint(1, GREEN)
        shown.settle()
        assert [geometry.width for geometry in shown.renderer.geometries] == [100, 120]

    def test_hidden_it_tells_nothing_and_the_right_size_first_when_shown(self, shown: Stage) -> None:
        shown.view.hide()
        for width in range(80, 91):
            shown.view.resize(width, 50)
        shown.settle()
        assert len(shown.renderer.geometries) == 1
        order: list[str] = []
        shown.link.main.session.tap = lambda seen: order.append(seen.channel)
        shown.show()
        assert order[:2] == [IPCChannel.SURFACE_GEOMETRY, IPCChannel.SURFACE_VISIBILITY]
        assert shown.renderer.geometry.width == 90
        assert shown.renderer.visible[-2:] == [False, True]

    def test_a_renderer_that_never_answers_is_told_only_so_many_sizes(self, shown: Stage) -> None:
        for width in range(101, 101 + 3 * MAX_OUTSTANDING):
            shown.view.hide()
            shown.view.resize(width, 50)
            shown.show()
        assert len(shown.renderer.geometries) == MAX_OUTSTANDING
        shown.renderer.paint(1, GREEN)
        shown.settle()
        assert shown.renderer.geometry.width == 100 + 3 * MAX_OUTSTANDING


class TestInput:
    def test_pointer_and_wheel(self, shown: Stage) -> None:
        QTest.mousePress(shown.view, Qt.MouseButton.LeftButton, pos=QPoint(10, 20))
        QTest.mouseRelease(shown.view, Qt.MouseButton.LeftButton, pos=QPoint(11, 21))
        at = QPointF(5, 6)
        wheel = QWheelEvent(
            at, at, QPoint(0, 3), QPoint(0, 120), Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.ScrollUpdate, False,
        )  # fmt: skip
        QApplication.sendEvent(shown.view, wheel)
        shown.link.pump()
        pointers = [message for message in shown.input if isinstance(message, InputPointer)]
        assert [(each.action, each.x, each.y) for each in pointers] == [
            (PointerAction.PRESS, 10, 20),
            (PointerAction.RELEASE, 11, 21),
        ]
        wheels = [message for message in shown.input if isinstance(message, InputWheel)]
        assert [(each.angle_y, each.pixel_y, each.phase) for each in wheels] == [(120, 3, 2)]

    def test_movement_needs_no_button(self, shown: Stage) -> None:
        assert shown.view.hasMouseTracking()

    def test_the_pointer_leaves(self, shown: Stage) -> None:
        QApplication.sendEvent(shown.view, QEvent(QEvent.Type.Leave))
        shown.link.pump()
        assert InputLeave() in shown.input

    def test_shortcuts_of_the_window_come_first_and_other_keys_go_down(
        self, qtbot: QtBot, window: QMainWindow, stage: Stage
    ) -> None:
        claimed: list[str] = []
        shortcut = QShortcut(QKeySequence("Ctrl+T"), window)
        shortcut.activated.connect(lambda: claimed.append("Ctrl+T"))
        window.setCentralWidget(stage.view)
        window.show()
        window.activateWindow()
        stage.attach()
        stage.view.setFocus()
        qtbot.waitUntil(stage.view.hasFocus)
        QTest.keyClick(stage.view, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(stage.view, Qt.Key.Key_T)
        stage.link.pump()
        letter = Qt.Key.Key_T.value
        keys = [message for message in stage.input if isinstance(message, InputKey) and message.key == letter]
        assert claimed == ["Ctrl+T"]
        assert [(key.pressed, key.text) for key in keys] == [(True, "t"), (False, "t")]

    def test_tab_is_the_pages(self, qtbot: QtBot, window: QMainWindow, stage: Stage) -> None:
        content = QWidget()
        window.setCentralWidget(content)
        layout = QVBoxLayout(content)
        layout.addWidget(stage.view)
        layout.addWidget(QLineEdit())
        window.show()
        window.activateWindow()
        stage.attach()
        stage.view.setFocus()
        qtbot.waitUntil(stage.view.hasFocus)
        QTest.keyClick(stage.view, Qt.Key.Key_Tab)
        QTest.keyClick(stage.view, Qt.Key.Key_Backtab)
        stage.link.pump()
        pressed = [message.key for message in stage.input if isinstance(message, InputKey) and message.pressed]
        assert pressed == [Qt.Key.Key_Tab.value, Qt.Key.Key_Backtab.value]
        assert stage.view.hasFocus()

    def test_focus_comes_and_goes_with_its_reason(self, qtbot: QtBot, window: QMainWindow, stage: Stage) -> None:
        content = QWidget()
        window.setCentralWidget(content)
        layout = QVBoxLayout(content)
        line = QLineEdit()
        layout.addWidget(line)
        layout.addWidget(stage.view)
        window.show()
        window.activateWindow()
        line.setFocus()
        qtbot.waitUntil(line.hasFocus)
        stage.attach()
        stage.view.setFocus(Qt.FocusReason.TabFocusReason)
        line.setFocus(Qt.FocusReason.MouseFocusReason)
        stage.link.pump()
        told = [(each.focused, each.reason) for each in stage.input if isinstance(each, InputFocus)]
        assert told == [
            (True, Qt.FocusReason.TabFocusReason.value),
            (False, Qt.FocusReason.MouseFocusReason.value),
        ]

    def test_the_right_button_opens_no_menu_of_mains(self, window: QMainWindow, stage: Stage) -> None:
        asked: list[QPoint] = []
        window.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        window.customContextMenuRequested.connect(asked.append)
        window.setCentralWidget(stage.view)
        window.resize(300, 300)
        window.show()
        QApplication.processEvents()
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.RightButton, pos=stage.view.geometry().center())
        assert not asked
        stage.view.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.RightButton, pos=stage.view.geometry().center())
        assert len(asked) == 1

    def test_the_cursors_shape_is_the_renderers(self, shown: Stage) -> None:
        for shape, expected in (
            (CursorShape.TEXT, Qt.CursorShape.IBeamCursor),
            (CursorShape.DEFAULT, Qt.CursorShape.ArrowCursor),
        ):
            shown.link.peer.session.send(IPCChannel.SURFACE_CURSOR, SurfaceCursor(shape=shape))
            shown.link.pump()
            assert shown.view.cursor().shape() is expected

    def test_an_unaccepted_shortcut_override(self, shown: Stage) -> None:
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
        event.ignore()
        QApplication.sendEvent(shown.view, event)
        assert not event.isAccepted()

    def test_a_pointer_event_is_the_views(self, shown: Stage) -> None:
        at = QPointF(1, 1)
        event = QMouseEvent(
            QEvent.Type.MouseButtonPress, at, at, at, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(shown.view, event)
        assert event.isAccepted()
