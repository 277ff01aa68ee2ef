from collections.abc import Callable

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from shared.channels.page import PageOpen
from shared.contract import Phase
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_DAMAGE_RECTANGLES
from tests.renderer.surface.form import Form, Person
from tests.renderer.surface.stage import Stage, backing_store

MakeStage = Callable[..., Stage]
OPERATIONS = 250


class Plain(QWidget):
    """Filled with one colour; counts how often it was asked to paint."""

    def __init__(self, colour: Qt.GlobalColor = Qt.GlobalColor.red) -> None:
        super().__init__()
        self.colour = QColor(colour)
        self.paints = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paints += 1
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.colour)
        painter.end()


def is_filled(image: QImage, rectangle: QRect, colour: QColor) -> bool:
    part = image.copy(rectangle)
    expected = QImage(part.size(), QImage.Format.Format_RGB32)
    expected.fill(colour)
    return part == expected


@pytest.mark.parametrize("seed", range(3))
def test_every_frame_is_what_the_window_holds(make_stage: MakeStage, seed: int) -> None:
    form = Form()
    stage = make_stage(form, 420, 560)
    person = Person(form, seed)
    wrong: list[str] = []
    deed = "first"

    def compare() -> None:
        held = backing_store(form)
        if stage.whole != held:
            wrong.append(f"{deed}: the frame")
        if stage.screen != held:
            wrong.append(f"{deed}: the damage")

    stage.on_frame = compare
    before = len(stage.frames)
    for _ in range(OPERATIONS):
        deed = person.act()
        stage.settle()
        if stage.screen != backing_store(form):
            wrong.append(f"{deed}: no frame")
    assert wrong == []
    assert len(stage.frames) - before > OPERATIONS // 2
    assert stage.screen == form.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def test_the_first_frame_is_whole_and_damage_is_small_after_it(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    assert stage.frames[0].damage == ((0, 0, 400, 300),)
    root.colour = QColor(Qt.GlobalColor.blue)
    root.update(30, 40, 50, 20)
    stage.settle()
    assert stage.frames[-1].damage == ((30, 40, 50, 20),)
    assert is_filled(stage.screen, QRect(30, 40, 50, 20), root.colour)
    assert is_filled(stage.screen, QRect(0, 0, 400, 40), QColor(Qt.GlobalColor.red))


def test_each_slot_catches_up_with_what_the_other_got(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    for step, colour in enumerate((Qt.GlobalColor.blue, Qt.GlobalColor.green, Qt.GlobalColor.black)):
        root.colour = QColor(colour)
        root.update(step * 50, 10, 20, 20)
        stage.settle()
        assert stage.whole == backing_store(root)
    assert {frame.slot for frame in stage.frames} == {0, 1}


def test_painting_the_same_again_sends_nothing(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    sent, painted = len(stage.frames), root.paints
    for _ in range(5):
        root.update()
        stage.settle()
    assert root.paints == painted + 5
    assert len(stage.frames) == sent
    assert stage.surface.counters["identical"] >= 5


def test_a_careless_widgets_damage_is_narrowed_to_what_changed(make_stage: MakeStage) -> None:
    class Careless(Plain):
        mark = QRect(0, 100, 10, 10)

        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            painter = QPainter(self)
            painter.fillRect(self.mark, Qt.GlobalColor.white)
            painter.end()

    root = Careless()
    stage = make_stage(root)
    root.mark = QRect(0, 200, 10, 10)
    root.update()
    stage.settle()
    covered = sum(width * height for _, _, width, height in stage.frames[-1].damage)
    assert covered < 400 * 40
    assert stage.screen == backing_store(root)


def test_it_waits_for_a_slot_and_then_sends_the_newest(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    stage.holds_frames = True
    sent = len(stage.frames)
    for colour in (Qt.GlobalColor.blue, Qt.GlobalColor.green, Qt.GlobalColor.black, Qt.GlobalColor.white):
        root.colour = QColor(colour)
        root.update()
        stage.settle()
    assert len(stage.frames) == sent + 1
    assert stage.surface.counters["waited"] >= 1
    stage.holds_frames = False
    stage.flip()
    stage.settle()
    assert len(stage.frames) == sent + 2
    assert is_filled(stage.screen, QRect(0, 0, 400, 300), QColor(Qt.GlobalColor.white))


def test_hidden_it_sends_and_paints_nothing(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    stage.show(False)
    sent, painted = len(stage.frames), root.paints
    root.colour = QColor(Qt.GlobalColor.green)
    root.update()
    stage.settle()
    assert (len(stage.frames), root.paints) == (sent, painted)
    stage.show()
    assert is_filled(stage.screen, QRect(0, 0, 400, 300), root.colour)


def test_hidden_it_gives_the_free_slots_memory_back(make_stage: MakeStage) -> None:
    root = Plain(Qt.GlobalColor.white)
    stage = make_stage(root)
    root.colour = QColor(Qt.GlobalColor.blue)
    root.update()
    stage.settle()
    shown = stage.books.shown
    assert shown is not None
    buffer = shown.geometry.buffer
    assert any(buffer.pixels(1 - shown.slot, 400 * 300 * 4))
    stage.show(False)
    assert not any(buffer.pixels(1 - shown.slot, 400 * 300 * 4))
    stage.show()
    root.colour = QColor(Qt.GlobalColor.green)
    root.update(0, 0, 5, 5)
    stage.settle()
    assert stage.whole == backing_store(root)


def test_a_new_size_is_a_whole_frame_of_it(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    for width, height in ((500, 310), (200, 100), (1000, 900), (1, 1), (400, 300)):
        stage.resize(width, height)
        assert (stage.screen.width(), stage.screen.height()) == (width, height)
        assert is_filled(stage.screen, QRect(0, 0, width, height), root.colour)
        assert root.width() == width


def test_no_frame_of_a_new_size_shows_the_old_ones_pixels(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    wrong: list[tuple[int, int]] = []

    def check() -> None:
        if not is_filled(stage.whole, stage.whole.rect(), root.colour):
            wrong.append((stage.whole.width(), stage.whole.height()))

    stage.on_frame = check
    for step in range(60):
        stage.resize(300 + 7 * (step % 13), 200 + 11 * (step % 7))
    assert wrong == []


def test_a_widget_that_stays_smaller_is_padded_with_its_background(make_stage: MakeStage) -> None:
    root = Plain()
    root.setMaximumSize(150, 100)
    stage = make_stage(root)
    assert is_filled(stage.screen, QRect(0, 0, 150, 100), root.colour)
    background = root.palette().window().color()
    assert is_filled(stage.screen, QRect(150, 0, 250, 300), background)
    assert is_filled(stage.screen, QRect(0, 100, 400, 200), background)


def test_a_widget_that_stays_larger_is_cut(make_stage: MakeStage) -> None:
    root = Plain()
    root.setMinimumSize(600, 500)
    stage = make_stage(root)
    assert (stage.screen.width(), stage.screen.height()) == (400, 300)
    assert is_filled(stage.screen, QRect(0, 0, 400, 300), root.colour)
    root.colour = QColor(Qt.GlobalColor.blue)
    root.update()
    stage.settle()
    assert is_filled(stage.screen, QRect(0, 0, 400, 300), root.colour)


def test_a_translucent_widget_has_opaque_pixels(make_stage: MakeStage) -> None:
    root = QLabel("text")
    root.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
    stage = make_stage(root)
    assert stage.screen == backing_store(root)


def test_scattered_damage_is_sent_as_what_is_around_it(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    root.colour = QColor(Qt.GlobalColor.blue)
    for column in range(20):
        for row in range(4):
            root.update(column * 20, row * 20, 3, 3)
    stage.settle()
    assert 1 <= len(stage.frames[-1].damage) <= MAX_DAMAGE_RECTANGLES
    assert stage.screen == backing_store(root)


def test_nothing_is_sent_before_the_page_is_open(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(None)
    stage.link.peer.session.phase = Phase.IDLE
    stage.surface.set_root(root)
    stage.settle()
    assert stage.frames == []
    stage.link.peer.session.open()
    root.update()
    stage.settle()
    assert stage.frames[0].damage == ((0, 0, 400, 300),)
    root.deleteLater()


def test_a_full_outbox_costs_a_whole_frame_later(make_stage: MakeStage) -> None:
    root = Plain()
    stage = make_stage(root)
    outbox = stage.link.peer.session.outbox
    outbox.max_messages, allowed = 0, outbox.max_messages
    root.colour = QColor(Qt.GlobalColor.blue)
    root.update(0, 0, 10, 10)
    stage.settle()
    assert stage.surface.counters["refused"] == 1
    outbox.max_messages = allowed
    stage.surface.compositor.schedule()
    stage.settle()
    assert stage.frames[-1].damage == ((0, 0, 400, 300),)
    assert stage.screen == backing_store(root)


def test_page_open_is_no_frame(make_stage: MakeStage) -> None:
    stage = make_stage(None)
    assert stage.frames == []
    stage.link.main.session.invoke(
        IPCChannel.PAGE_OPEN, PageOpen(url="os://x", folder="", entry="a:b", manifest="{}")
    )
    stage.settle()
    assert stage.frames == []
