"""A choice with everything in sight."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from renderer.pages.settings.segments import Segments
from shared.settings import Choice


@pytest.fixture
def segments(qapp: QApplication) -> Segments:
    segments = Segments((Choice("s", "System"), Choice("l", "Light"), Choice("d", "Dark")))
    segments.set_value("l")
    segments.show()
    return segments


def checked(segments: Segments) -> list[str]:
    return [segment.value for segment in segments.segments if segment.isChecked()]


def test_one_is_chosen(segments: Segments) -> None:
    assert checked(segments) == ["l"]
    segments.set_value("d")
    assert checked(segments) == ["d"]


def test_a_click_chooses_another(segments: Segments) -> None:
    chosen: list[object] = []
    segments.chosen.connect(chosen.append)
    QTest.mouseClick(segments.segments[2], Qt.MouseButton.LeftButton)
    assert chosen == ["d"]
    assert checked(segments) == ["d"]


def test_arrow_keys_and_space_choose_too(segments: Segments) -> None:
    chosen: list[object] = []
    segments.chosen.connect(chosen.append)
    segments.segments[1].setFocus()
    QTest.keyClick(segments.segments[1], Qt.Key.Key_Right)
    assert checked(segments) == ["d"]
    QTest.keyClick(segments.segments[0], Qt.Key.Key_Space)
    assert chosen[-1] == "s"


def test_the_chosen_one_looks_different(segments: Segments) -> None:
    before = segments.grab().toImage()
    segments.set_value("s")
    assert segments.grab().toImage() != before
