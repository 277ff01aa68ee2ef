from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from main_process.window import tokens
from main_process.window.tab_rail import FLARE, EdgeFade, current_shape
from main_process.window.tab_strip import TabStrip
from main_process.window.tokens import LIGHT
from tests.main_process.window.fake_tab import FakeTab


def test_the_current_tabs_feet_reach_into_its_neighbours_and_its_shoulders_are_round() -> None:
    slot = QRectF(100, 0, 200, tokens.TAB_STRIP_HEIGHT)
    shape = current_shape(slot)
    bounds = shape.boundingRect()
    assert (bounds.left(), bounds.right()) == (100 - FLARE, 300 + FLARE)
    assert bounds.height() == tokens.TAB_HEIGHT
    top = slot.bottom() - tokens.TAB_HEIGHT
    assert shape.contains(QPointF(200, top + 1)) and not shape.contains(QPointF(101, top + 1))


def test_the_current_tab_stands_on_the_toolbars_colour_and_others_on_the_frames(strip: TabStrip) -> None:
    tabs = [FakeTab(title="a"), FakeTab(title="b"), FakeTab(title="c")]
    for index, tab in enumerate(tabs):
        strip.add_tab(tab, index)
    strip.set_current(tabs[0])
    strip.resize(999, strip.height())
    picture = strip.grab().toImage()

    def color(tab: FakeTab, from_left: int, from_bottom: int) -> str:
        button = strip.button_of(tab)
        corner = button.mapTo(strip, button.rect().bottomLeft())
        return picture.pixelColor(corner.x() + from_left, corner.y() - from_bottom).name()

    assert color(tabs[0], 100, 2) == LIGHT.toolbar
    assert color(tabs[1], 100, 2) == LIGHT.frame
    # A line stands between two quiet tabs, none beside the current one.
    line = tokens.TAB_HEIGHT - 16
    assert color(tabs[2], 0, line) != LIGHT.frame
    assert color(tabs[1], 0, line) == LIGHT.frame


def test_a_fade_goes_from_the_frames_colour_to_nothing(qtbot: QtBot) -> None:
    strip = QWidget()
    qtbot.addWidget(strip)
    fade = EdgeFade(strip, at_left=True)
    assert fade.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    picture = fade.grab().toImage()
    assert picture.pixelColor(0, 5).name() == LIGHT.frame
    assert picture.pixelColor(fade.width() - 1, 5).name() != LIGHT.frame
