"""Colours out of the palette."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from renderer.pages.design import Shades, css, font, mixed, shades


def palette(**colours: str) -> QPalette:
    result = QPalette()
    for name, colour in colours.items():
        result.setColor(QPalette.ColorGroup.All, getattr(QPalette.ColorRole, name), QColor(colour))
    return result


LIGHT = palette(
    Window="#ffffff", WindowText="#1a1c21", PlaceholderText="#5a606d", Accent="#2f5fe0", BrightText="#c0272d"
)
DARK = palette(
    Window="#1b1c20", WindowText="#e9eaee", PlaceholderText="#a2a8b4", Accent="#8ab0ff", BrightText="#ff8a85"
)


def luminance(colour: QColor) -> float:
    """Relative luminance as of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else float(((part + 0.055) / 1.055) ** 2.4)

    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF())


def contrast(one: QColor, other: QColor) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_texts_can_be_read_on_what_they_stand_on(qapp: QApplication, scheme: QPalette) -> None:
    colours = shades(scheme)
    for ground in (colours.page, colours.card, colours.card_hover):
        assert contrast(colours.text, ground) >= 7
        assert contrast(colours.secondary, ground) >= 4.5
        assert contrast(colours.danger, ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    assert contrast(colours.accent, colours.accent_soft) >= 3
    assert contrast(colours.accent, colours.page) >= 3


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_states_of_a_card_differ(qapp: QApplication, scheme: QPalette) -> None:
    colours = shades(scheme)
    assert len({css(colours.card), css(colours.card_hover), css(colours.card_pressed)}) == 3
    assert {type(colour) for colour in colours} == {QColor}
    assert len(Shades._fields) == len(colours)


def test_mixing() -> None:
    assert mixed(QColor("#000000"), QColor("#ffffff"), 0.0).name() == "#000000"
    assert mixed(QColor("#000000"), QColor("#ffffff"), 1.0).name() == "#ffffff"
    assert mixed(QColor("#000000"), QColor("#ffffff"), 0.5).name() in ("#7f7f7f", "#808080")


def test_the_font_is_the_shells(qapp: QApplication) -> None:
    assert font(2.0).family() == qapp.font().family()
    assert font(2.0).pointSizeF() == pytest.approx(2 * qapp.font().pointSizeF())
