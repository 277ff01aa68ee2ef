from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shared.channels.input import InputFocus, InputKey, InputLeave, InputPointer, InputWheel, PointerAction
from shared.channels.surface import CursorShape, SurfaceCursor
from shared.ipc_channel import IPCChannel
from tests.main_process.surface.view_stage import Stage


def test_pointer_and_wheel(shown: Stage) -> None:
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


def test_movement_needs_no_button(shown: Stage) -> None:
    assert shown.view.hasMouseTracking()


def test_the_pointer_leaves(shown: Stage) -> None:
    QApplication.sendEvent(shown.view, QEvent(QEvent.Type.Leave))
    shown.link.pump()
    assert InputLeave() in shown.input


def test_shortcuts_of_the_window_come_first_and_other_keys_go_down(
    qtbot: QtBot, window: QMainWindow, stage: Stage
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


def test_tab_is_the_pages(qtbot: QtBot, window: QMainWindow, stage: Stage) -> None:
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


def test_focus_comes_and_goes_with_its_reason(qtbot: QtBot, window: QMainWindow, stage: Stage) -> None:
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


def test_the_right_button_opens_no_menu_of_mains(window: QMainWindow, stage: Stage) -> None:
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


def test_the_cursors_shape_is_the_renderers(shown: Stage) -> None:
    for shape, expected in (
        (CursorShape.TEXT, Qt.CursorShape.IBeamCursor),
        (CursorShape.DEFAULT, Qt.CursorShape.ArrowCursor),
    ):
        shown.link.peer.session.send(IPCChannel.SURFACE_CURSOR, SurfaceCursor(shape=shape))
        shown.link.pump()
        assert shown.view.cursor().shape() is expected


def test_an_unaccepted_shortcut_override(shown: Stage) -> None:
    event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_T, Qt.KeyboardModifier.ControlModifier)
    event.ignore()
    QApplication.sendEvent(shown.view, event)
    assert not event.isAccepted()


def test_a_pointer_event_is_the_views(shown: Stage) -> None:
    at = QPointF(1, 1)
    event = QMouseEvent(
        QEvent.Type.MouseButtonPress, at, at, at, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(shown.view, event)
    assert event.isAccepted()
