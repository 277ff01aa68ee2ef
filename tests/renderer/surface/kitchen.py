"""A page with one of each widget, and a person who uses it through main's messages alone."""

from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSlider,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from shared.channels.input import InputFocus, InputKey, InputPointer, InputWheel, PointerAction
from shared.ipc_channel import IPCChannel
from tests.renderer.surface.stage import Stage

LEFT = Qt.MouseButton.LeftButton.value
RIGHT = Qt.MouseButton.RightButton.value
CONTROL = Qt.KeyboardModifier.ControlModifier.value
SHIFT = Qt.KeyboardModifier.ShiftModifier.value
ALT = Qt.KeyboardModifier.AltModifier.value


class Recorder(QObject):
    """Events of one widget by kind."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.kinds: list[QEvent.Type] = []
        self.wheels: list[tuple[int, int, Qt.ScrollPhase]] = []
        self.keys: list[tuple[int, int, int, str, bool]] = []
        self.menus: list[QPoint] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.kinds.append(event.type())
        if isinstance(event, QWheelEvent):
            self.wheels.append((event.angleDelta().y(), event.pixelDelta().y(), event.phase()))
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self.keys.append(
                (
                    event.key(),
                    event.nativeScanCode(),
                    event.nativeVirtualKey(),
                    event.text(),
                    event.isAutoRepeat(),
                )
            )
        elif isinstance(event, QContextMenuEvent):
            self.menus.append(event.pos())
        return False

    def count(self, kind: QEvent.Type) -> int:
        return self.kinds.count(kind)


class Kitchen(QWidget):
    """One of each."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel("a label")
        self.button = QPushButton("&Button")
        self.check = QCheckBox("check")
        self.line = QLineEdit("hello world foo")
        self.second = QLineEdit()
        self.text = QPlainTextEdit("\n".join(f"line {number}" for number in range(100)))
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.spin = QSpinBox()
        self.list = QListWidget()
        self.list.addItems(list("abcdef"))
        self.combo = QComboBox()
        self.combo.addItems(["zero", "one", "two"])
        self.button.setCursor(Qt.CursorShape.PointingHandCursor)
        layout = QVBoxLayout(self)
        for widget in (
            self.label, self.button, self.check, self.line, self.second,
            self.text, self.slider, self.spin, self.list, self.combo,
        ):  # fmt: skip
            layout.addWidget(widget)


class Person:
    """Sits before main's window."""

    def __init__(self, stage: Stage, page: Kitchen) -> None:
        self.stage = stage
        self.page = page
        self.clock = 1000

    def _position(self, at: QWidget | QPointF, x: float | None = None, y: float | None = None) -> QPointF:
        if isinstance(at, QPointF):
            return at
        inside = QPoint(int(at.width() / 2 if x is None else x), int(at.height() / 2 if y is None else y))
        return QPointF(at.mapTo(self.page, inside))

    def pointer(
        self, action: PointerAction, at: QPointF, button: int = 0, buttons: int = 0, modifiers: int = 0
    ) -> None:
        self.clock += 10
        self.stage.send(
            IPCChannel.INPUT_POINTER,
            InputPointer(
                action=action, x=at.x(), y=at.y(), button=button, buttons=buttons, modifiers=modifiers,
                timestamp=self.clock,
            ),
        )  # fmt: skip

    def move(self, at: QWidget | QPointF, buttons: int = 0) -> None:
        self.pointer(PointerAction.MOVE, self._position(at), buttons=buttons)

    def click(
        self,
        at: QWidget | QPointF,
        x: float | None = None,
        y: float | None = None,
        *,
        button: int = LEFT,
        modifiers: int = 0,
    ) -> None:
        self.clock += 1000
        position = self._position(at, x, y)
        self.pointer(PointerAction.MOVE, position)
        self.pointer(PointerAction.PRESS, position, button, button, modifiers)
        self.pointer(PointerAction.RELEASE, position, button, 0, modifiers)

    def double_click(self, at: QWidget, x: float | None = None) -> None:
        self.click(at, x)
        position = self._position(at, x)
        self.pointer(PointerAction.DOUBLE_CLICK, position, LEFT, LEFT)
        self.pointer(PointerAction.RELEASE, position, LEFT)

    def drag(self, start: QPointF, end: QPointF) -> None:
        self.clock += 1000
        self.pointer(PointerAction.MOVE, start)
        self.pointer(PointerAction.PRESS, start, LEFT, LEFT)
        for step in range(1, 9):
            self.pointer(PointerAction.MOVE, start + (end - start) * step / 8, buttons=LEFT)
        self.pointer(PointerAction.RELEASE, end, LEFT)

    def wheel(
        self, at: QWidget, angle: int, pixels: int = 0, phase: Qt.ScrollPhase = Qt.ScrollPhase.NoScrollPhase
    ) -> None:
        position = self._position(at)
        self.stage.send(
            IPCChannel.INPUT_WHEEL,
            InputWheel(
                x=position.x(), y=position.y(), angle_x=0, angle_y=angle, pixel_y=pixels, phase=phase.value
            ),
        )

    def key(self, key: Qt.Key, text: str = "", modifiers: int = 0, **more: Any) -> None:
        for pressed in (True, False):
            self.stage.send(
                IPCChannel.INPUT_KEY,
                InputKey(pressed=pressed, key=key.value, text=text, modifiers=modifiers, **more),
            )

    def write(self, text: str) -> None:
        for letter in text:
            self.key(Qt.Key(ord(letter.upper())), letter)

    def focus(self, focused: bool, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        self.stage.send(IPCChannel.INPUT_FOCUS, InputFocus(focused=focused, reason=reason.value))
