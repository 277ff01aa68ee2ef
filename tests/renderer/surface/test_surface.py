from collections.abc import Callable

import pytest
import shiboken6
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from renderer.surface import surface as module
from shared.channels.input import InputKey, InputPointer, PointerAction
from shared.channels.surface import SurfaceRelease
from shared.ipc_channel import IPCChannel
from tests.renderer.surface.kitchen import LEFT, Kitchen, Person
from tests.renderer.surface.stage import Stage, backing_store

MakeStage = Callable[..., Stage]


def coloured(colour: Qt.GlobalColor) -> QWidget:
    widget = QWidget()
    palette = widget.palette()
    palette.setColor(widget.backgroundRole(), QColor(colour))
    widget.setPalette(palette)
    return widget


def test_a_spare_learns_its_size_before_it_has_a_page(make_stage: MakeStage) -> None:
    stage = make_stage(None)
    root = coloured(Qt.GlobalColor.red)
    stage.surface.set_root(root)
    stage.settle()
    assert (root.width(), root.height()) == (400, 300)
    assert stage.screen.pixelColor(0, 0) == QColor(Qt.GlobalColor.red)
    root.deleteLater()


def test_one_page_takes_the_place_of_another(make_stage: MakeStage) -> None:
    first, second = coloured(Qt.GlobalColor.red), coloured(Qt.GlobalColor.blue)
    stage = make_stage(first)
    stage.surface.set_root(second)
    stage.settle()
    assert not first.isVisible()
    assert stage.screen == backing_store(second)
    sent = len(stage.frames)
    first.update()
    stage.settle()
    assert len(stage.frames) == sent
    second.deleteLater()


def test_a_page_that_destroys_itself_leaves_the_last_frame(make_stage: MakeStage) -> None:
    root = Kitchen()
    stage = make_stage(None)
    stage.surface.set_root(root)
    person = Person(stage, root)
    person.click(root.button)
    shiboken6.delete(root)
    assert stage.surface.root is None
    sent = len(stage.frames)
    stage.resize(200, 100)
    stage.send(IPCChannel.INPUT_POINTER, InputPointer(action=PointerAction.MOVE, x=1, y=1))
    stage.show(False)
    stage.show()
    assert len(stage.frames) == sent


def test_a_size_that_overtakes_its_memory_waits_for_it(make_stage: MakeStage) -> None:
    root = coloured(Qt.GlobalColor.red)
    stage = make_stage(root, 100, 100)
    buffer, geometry = stage.books.resize(900, 700, 1.0)
    assert buffer is not None
    session = stage.link.main.session
    session.send(IPCChannel.SURFACE_GEOMETRY, geometry.message())
    stage.settle()
    assert root.width() == 100
    session.send(IPCChannel.SURFACE_BUFFER, buffer.message(), descriptors=(buffer.take_descriptor(),))
    stage.settle()
    assert root.width() == 900
    assert stage.screen == backing_store(root)


def test_of_sizes_that_wait_only_the_newest_is_applied(make_stage: MakeStage) -> None:
    class Counting(QWidget):
        sizes: list[int]

        def resizeEvent(self, event: object) -> None:
            self.sizes.append(self.width())

    root = Counting()
    root.sizes = []
    stage = make_stage(root)
    root.sizes.clear()
    for width in (410, 420, 430):
        _, geometry = stage.books.resize(width, 300, 1.0)
        stage.link.main.session.send(IPCChannel.SURFACE_GEOMETRY, geometry.message())
        stage.link.pump()
    stage.settle()
    assert root.sizes == [430]


def test_a_release_of_unknown_memory_is_nothing(make_stage: MakeStage) -> None:
    stage = make_stage(coloured(Qt.GlobalColor.red))
    stage.send(IPCChannel.SURFACE_RELEASE, SurfaceRelease(buffer=12345, slot=0))
    assert len(stage.frames) == 1


def test_input_reaches_a_dialog_that_the_page_waits_for(person: Person) -> None:
    """A slot that runs a dialog does so inside the delivery of a click: frames and keys must go on."""
    page, stage = person.page, person.stage
    answers: list[int] = []
    frames: list[int] = []

    def ask() -> None:
        dialog = QDialog(page)
        QTimer.singleShot(5000, dialog, dialog.accept)  # a wrong answer, rather than none
        page.button.setText("asked")
        QTimer.singleShot(50, answer)
        answers.append(dialog.exec())
        dialog.deleteLater()

    def answer() -> None:
        frames.append(len(stage.frames))
        escape = InputKey(pressed=True, key=Qt.Key.Key_Escape.value, text="\x1b")
        stage.link.main.session.send(IPCChannel.INPUT_KEY, escape)
        stage.link.pump()

    page.button.clicked.connect(ask)
    sent = len(stage.frames)
    person.click(page.button)
    assert answers == [QDialog.DialogCode.Rejected.value]
    assert frames[0] > sent
    person.click(page.check, 10)
    assert page.check.isChecked()


def test_input_that_waits_is_bounded(make_stage: MakeStage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MAX_QUEUED", 10)
    page = Kitchen()
    stage = make_stage(page, 500, 700)
    session = stage.link.main.session
    for step in range(25):
        session.send(
            IPCChannel.INPUT_POINTER,
            InputPointer(action=PointerAction.PRESS, x=step, y=0, button=LEFT, buttons=LEFT),
        )
    stage.settle()
    assert stage.surface.counters["input_refused"] == 15


def test_closed_it_lets_the_memory_go(make_stage: MakeStage) -> None:
    def mappings() -> int:
        with open("/proc/self/maps", encoding="ascii") as maps:
            return sum("browser-os-surface" in line for line in maps)

    before = mappings()
    stage = make_stage(coloured(Qt.GlobalColor.red))
    assert mappings() == before + 2
    stage.surface.close()
    assert mappings() == before + 1
    sent = len(stage.frames)
    stage.resize(500, 400)
    QApplication.processEvents()
    assert len(stage.frames) == sent
