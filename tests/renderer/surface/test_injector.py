"""What a person can do to widgets nobody here wrote, through main's messages alone."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QListWidget

from renderer.surface.injector import EVENT_TYPES
from shared.channels.input import InputLeave, InputPointer, PointerAction
from shared.channels.surface import CursorShape
from shared.ipc_channel import IPCChannel
from tests.renderer.surface.kitchen import ALT, CONTROL, LEFT, RIGHT, SHIFT, Person, Recorder


def test_every_action_has_an_event() -> None:
    assert set(EVENT_TYPES) == set(PointerAction)


class TestPointer:
    def test_a_click(self, person: Person) -> None:
        clicks: list[bool] = []
        person.page.button.clicked.connect(lambda: clicks.append(True))
        person.click(person.page.button)
        person.click(person.page.check, 10)
        assert len(clicks) == 1
        assert person.page.check.isChecked()

    def test_a_double_click_selects_the_word(self, person: Person) -> None:
        person.double_click(person.page.line, 15)
        assert person.page.line.selectedText() == "hello"

    def test_a_double_click_is_one_press_and_one_double_click(self, person: Person) -> None:
        seen = Recorder(person.page.label)
        person.double_click(person.page.label)
        assert seen.count(QEvent.Type.MouseButtonPress) == 1
        assert seen.count(QEvent.Type.MouseButtonDblClick) == 1
        assert seen.count(QEvent.Type.MouseButtonRelease) == 2

    def test_dragging_after_a_double_click_selects_by_words(self, person: Person) -> None:
        text = person.page.text
        start = QPointF(text.viewport().mapTo(person.page, QPoint(8, 8)))
        person.click(start)
        person.pointer(PointerAction.DOUBLE_CLICK, start, LEFT, LEFT)
        end = start + QPointF(0, 30)
        person.pointer(PointerAction.MOVE, end, buttons=LEFT)
        person.pointer(PointerAction.RELEASE, end, LEFT)
        person.pointer(PointerAction.MOVE, start + QPointF(200, 60))
        assert text.textCursor().selectedText().startswith("line 0")

    def test_dragging_selects(self, person: Person) -> None:
        line = person.page.line
        y = line.height() // 2
        person.drag(
            QPointF(line.mapTo(person.page, QPoint(6, y))), QPointF(line.mapTo(person.page, QPoint(300, y)))
        )
        assert line.selectedText() == "hello world foo"

    def test_dragging_out_of_the_surface_goes_on(self, person: Person) -> None:
        line = person.page.line
        start = QPointF(line.mapTo(person.page, QPoint(60, line.height() // 2)))
        person.drag(start, QPointF(-80, -300))
        assert line.text().startswith(line.selectedText())
        assert len(line.selectedText()) > 4

    def test_a_slider_is_dragged(self, person: Person) -> None:
        slider = person.page.slider
        y = slider.height() // 2
        person.drag(
            QPointF(slider.mapTo(person.page, QPoint(6, y))),
            QPointF(slider.mapTo(person.page, QPoint(slider.width() // 2, y))),
        )
        assert slider.value() > 30

    def test_a_spin_boxs_arrow(self, person: Person) -> None:
        person.click(person.page.spin, person.page.spin.width() - 8, 6)
        assert person.page.spin.value() == 1

    def test_shift_and_click_select_a_range(self, person: Person) -> None:
        view = person.page.list
        for row, modifiers in ((0, 0), (2, SHIFT)):
            rectangle = view.visualItemRect(view.item(row))
            viewport = view.viewport()
            person.click(viewport, 20, rectangle.center().y(), modifiers=modifiers)
            view.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        assert [item.text() for item in view.selectedItems()] == ["a", "b", "c"]

    def test_hovering(self, person: Person) -> None:
        label, button = Recorder(person.page.label), Recorder(person.page.button)
        person.move(person.page.label)
        assert label.count(QEvent.Type.Enter) == 1
        person.move(person.page.button)
        assert label.count(QEvent.Type.Leave) == 1
        assert button.count(QEvent.Type.Enter) == 1
        assert person.page.button.underMouse()

    def test_leaving_the_surface_ends_hovering(self, person: Person) -> None:
        person.move(person.page.button)
        person.stage.send(IPCChannel.INPUT_LEAVE, InputLeave())
        assert not person.page.button.underMouse()
        person.move(person.page.button)
        assert person.page.button.underMouse()

    def test_a_click_focuses(self, person: Person) -> None:
        person.click(person.page.second)
        assert person.page.second.hasFocus()

    def test_the_right_button_asks_for_the_menu(self, person: Person) -> None:
        seen = Recorder(person.page.label)
        person.click(person.page.label, button=RIGHT)
        assert len(seen.menus) == 1

    def test_a_press_whose_release_was_lost_holds_nothing(self, person: Person) -> None:
        position = QPointF(person.page.slider.mapTo(person.page, QPoint(6, 6)))
        person.pointer(PointerAction.PRESS, position, LEFT, LEFT)
        person.click(person.page.check, 10)
        assert person.page.check.isChecked()

    def test_many_movements_at_once_are_one(self, person: Person) -> None:
        seen = Recorder(person.page.label)
        person.page.label.setMouseTracking(True)
        at = QPointF(person.page.label.mapTo(person.page, QPoint(0, 5)))
        session = person.stage.link.main.session
        for step in range(50):
            session.send(
                IPCChannel.INPUT_POINTER, InputPointer(action=PointerAction.MOVE, x=at.x() + step, y=at.y())
            )
        person.stage.settle()
        assert seen.count(QEvent.Type.MouseMove) == 1
        assert person.stage.surface.counters["moves_coalesced"] == 49


class TestWheel:
    def test_angles_pixels_and_phase_arrive(self, person: Person) -> None:
        seen = Recorder(person.page.label)
        person.wheel(person.page.label, -120)
        person.wheel(person.page.label, -20, -33, Qt.ScrollPhase.ScrollUpdate)
        assert seen.wheels == [
            (-120, 0, Qt.ScrollPhase.NoScrollPhase),
            (-20, -33, Qt.ScrollPhase.ScrollUpdate),
        ]

    def test_a_text_is_scrolled(self, person: Person) -> None:
        person.wheel(person.page.text, -240)
        assert person.page.text.verticalScrollBar().value() > 0


class TestKeys:
    def test_typing(self, person: Person) -> None:
        person.click(person.page.second)
        person.write("abc")
        assert person.page.second.text() == "abc"

    def test_native_codes_and_repetition_arrive(self, person: Person) -> None:
        person.click(person.page.second)
        seen = Recorder(person.page.second)
        person.key(Qt.Key.Key_A, "a", native_scan_code=38, native_virtual_key=97, auto_repeat=True)
        assert seen.keys == [(Qt.Key.Key_A.value, 38, 97, "a", True)]

    def test_a_shortcut_of_the_page(self, person: Person) -> None:
        activated: list[bool] = []
        QShortcut(QKeySequence("Ctrl+K"), person.page).activated.connect(lambda: activated.append(True))
        person.click(person.page.second)
        person.key(Qt.Key.Key_K, "\x0b", CONTROL)
        assert activated == [True]
        assert person.page.second.text() == ""

    def test_a_line_edits_own_keys_beat_the_pages_shortcut(self, person: Person) -> None:
        activated: list[bool] = []
        QShortcut(QKeySequence("Ctrl+A"), person.page).activated.connect(lambda: activated.append(True))
        person.click(person.page.line)
        person.key(Qt.Key.Key_A, "\x01", CONTROL)
        assert activated == []
        assert person.page.line.selectedText() == "hello world foo"

    def test_a_mnemonic(self, person: Person) -> None:
        clicks: list[bool] = []
        person.page.button.clicked.connect(lambda: clicks.append(True))
        person.key(Qt.Key.Key_B, "b", ALT)
        assert QApplication.focusWidget() is person.page.button or clicks

    def test_tab_goes_through_the_page_and_back(self, person: Person) -> None:
        person.click(person.page.line)
        person.key(Qt.Key.Key_Tab, "\t")
        assert person.page.second.hasFocus()
        person.key(Qt.Key.Key_Backtab, "", SHIFT)
        assert person.page.line.hasFocus()

    def test_space_presses_the_button_in_focus(self, person: Person) -> None:
        clicks: list[bool] = []
        person.page.button.clicked.connect(lambda: clicks.append(True))
        person.page.button.setFocus()
        person.key(Qt.Key.Key_Space, " ")
        assert len(clicks) == 1


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
class TestPopups:
    """Not yet seen by anybody, but never in the way."""

    def test_a_press_elsewhere_closes_one_and_the_page_goes_on(self, person: Person) -> None:
        person.click(person.page.combo)
        assert QApplication.activePopupWidget() is not None
        person.click(person.page.label)
        assert QApplication.activePopupWidget() is None
        person.click(person.page.second)
        person.write("still here")
        assert person.page.second.text() == "still here"

    def test_keys_are_the_popups_while_it_is_open(self, person: Person) -> None:
        person.click(person.page.combo)
        person.key(Qt.Key.Key_Down)
        person.key(Qt.Key.Key_Return, "\r")
        assert QApplication.activePopupWidget() is None
        assert person.page.combo.currentText() == "one"


class TestCursor:
    def test_it_is_told_when_it_changes(self, person: Person) -> None:
        person.move(person.page.line)
        person.move(person.page.button)
        person.move(person.page.label)
        assert person.stage.shapes == [CursorShape.TEXT, CursorShape.POINTER, CursorShape.DEFAULT]

    def test_it_is_told_without_the_pointer_moving(self, person: Person) -> None:
        person.move(person.page.label)
        person.page.label.setCursor(Qt.CursorShape.WaitCursor)
        person.stage.settle()
        assert person.stage.shapes[-1] is CursorShape.WAIT
