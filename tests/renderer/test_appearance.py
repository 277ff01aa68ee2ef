"""Main's appearance on the page's application."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from renderer import appearance
from shared.channels.system import Appearance, ColorScheme

DARK = Appearance(
    scheme=ColorScheme.DARK,
    palette={
        "Window": "#1b1c20",
        "WindowText": "#e9eaee",
        "Accent": "#8ab0ff",
        "NoRole": "#ff0000",
        "Colour": "#ff0000",
    },
    font_family="DejaVu Sans",
    font_size=13.5,
)


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    palette, font, style = qapp.palette(), qapp.font(), qapp.style().name()
    yield qapp
    qapp.styleHints().unsetColorScheme()
    qapp.setStyle(style)
    qapp.setPalette(palette)
    qapp.setFont(font)


def test_widgets_that_exist_and_widgets_to_come_follow(application: QApplication) -> None:
    before = QLabel("before")
    appearance.apply(DARK, application)
    after = QLabel("after")
    application.processEvents()  # Qt tells widgets on the next turn
    for label in (before, after):
        assert label.palette().color(QPalette.ColorRole.Window) == QColor("#1b1c20")
        assert label.palette().color(QPalette.ColorRole.WindowText) == QColor("#e9eaee")
        assert label.font().family() == "DejaVu Sans"
        assert label.font().pointSizeF() == 13.5


def test_a_switch_of_scheme_reaches_what_is_shown(application: QApplication) -> None:
    appearance.apply(DARK, application)
    light = Appearance(scheme=ColorScheme.LIGHT, palette={"Window": "#ffffff"}, font_family="", font_size=10)
    label = QLabel("x")
    appearance.apply(light, application)
    application.processEvents()
    assert label.palette().color(QPalette.ColorRole.Window) == QColor("#ffffff")


def test_roles_that_qt_does_not_know_are_left_out(qapp: QApplication) -> None:
    palette = appearance.palette_of(DARK)
    assert palette.color(QPalette.ColorRole.Accent) == QColor("#8ab0ff")
    assert not any(palette.color(role) == QColor("#ff0000") for role in QPalette.ColorRole if role.value < 21)


def test_disabled_text_is_between_text_and_ground(qapp: QApplication) -> None:
    palette = appearance.palette_of(DARK)
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText).lightness()
    assert QColor("#1b1c20").lightness() < disabled < QColor("#e9eaee").lightness()
