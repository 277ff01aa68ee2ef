"""Which control goes with which kind, switches and lines."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from renderer.pages.settings.controls import Switch, TextLine, control_for
from shared.settings import SETTINGS, Choice, Kind, Setting


def setting(kind: Kind) -> Setting:
    return Setting(
        key="a.b",
        category="A",
        title="B",
        description="",
        kind=kind,
        default="x",
        choices=(Choice("x", "X"),),
    )


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_has_a_control(qapp: QApplication, kind: Kind) -> None:
    control_for(setting(kind))


@pytest.mark.parametrize("declared", SETTINGS, ids=lambda declared: declared.key)
def test_showing_a_value_chooses_nothing(qapp: QApplication, declared: Setting) -> None:
    control = control_for(declared)
    chosen: list[object] = []
    control.chosen.connect(chosen.append)
    control.set_value(declared.default)
    assert chosen == []


def test_a_switch_is_pressed_or_keyed(qapp: QApplication) -> None:
    switch = Switch()
    chosen: list[object] = []
    switch.chosen.connect(chosen.append)
    switch.set_value(True)
    on = switch.grab().toImage()
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert switch.grab().toImage() != on
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert chosen == [False, True]
    assert switch.accessibleDescription() == "on"


def test_a_press_that_ends_elsewhere_switches_nothing(qapp: QApplication) -> None:
    switch = Switch()
    chosen: list[object] = []
    switch.chosen.connect(chosen.append)
    QTest.mouseRelease(switch, Qt.MouseButton.LeftButton, pos=switch.rect().bottomRight() * 3)
    assert chosen == []


def test_a_line_is_chosen_once_with_enter_and_not_again_by_leaving(qapp: QApplication) -> None:
    line = TextLine("Name")
    chosen: list[object] = []
    line.chosen.connect(chosen.append)
    line.set_value("old")
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    assert chosen == []
    line.line.selectAll()
    QTest.keyClicks(line.line, "new")
    line.set_value("from elsewhere")
    assert line.line.text() == "new"
    QTest.keyClick(line.line, Qt.Key.Key_Return)
    line.line.editingFinished.emit()
    assert chosen == ["new"]
