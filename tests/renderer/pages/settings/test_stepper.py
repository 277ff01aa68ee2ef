"""A whole number."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from renderer.pages.settings.stepper import Stepper


@pytest.fixture
def stepper(qtbot: QtBot) -> Stepper:
    stepper = Stepper("s")
    qtbot.addWidget(stepper)
    stepper.set_value(5)
    return stepper


def listen(stepper: Stepper) -> list[object]:
    chosen: list[object] = []
    stepper.chosen.connect(chosen.append)
    return chosen


def test_many_steps_are_one_choice(stepper: Stepper, qtbot: QtBot) -> None:
    chosen = listen(stepper)
    for _ in range(3):
        stepper.more.click()
    stepper.less.click()
    assert stepper.line.text() == "7"
    assert chosen == []
    stepper.set_value(5)
    assert stepper.line.text() == "7"
    qtbot.waitUntil(lambda: chosen == [7])


def test_arrow_keys_step(stepper: Stepper, qtbot: QtBot) -> None:
    chosen = listen(stepper)
    QTest.keyClick(stepper, Qt.Key.Key_Up)
    QTest.keyClick(stepper, Qt.Key.Key_Up)
    QTest.keyClick(stepper, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: chosen == [6])


@pytest.mark.parametrize(
    ("typed", "value"), [("12", 12), (" 12 ", 12), ("-3", -3), ("many", "many"), ("", ""), ("1.5", "1.5")]
)
def test_what_is_typed_goes_to_main_as_it_is(stepper: Stepper, typed: str, value: object) -> None:
    chosen = listen(stepper)
    stepper.line.selectAll()
    QTest.keyClick(stepper.line, Qt.Key.Key_Delete)
    QTest.keyClicks(stepper.line, typed)
    QTest.keyClick(stepper.line, Qt.Key.Key_Return)
    if typed:
        assert chosen == [value]


def test_what_is_no_number_cannot_be_stepped(stepper: Stepper, qtbot: QtBot) -> None:
    stepper.line.setText("many")
    stepper.more.click()
    assert stepper.line.text() == "many"
