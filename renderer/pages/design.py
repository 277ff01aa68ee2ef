"""What the shell's own pages look like: lengths, and colours out of the palette that main sends."""

from typing import Final, NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

SPACE: Final = 8
"""The grid everything stands on, in device-independent pixels."""
COLUMN: Final = 760
"""Widest column of content."""
RADIUS: Final = 12
CONTROL_HEIGHT: Final = 32


class Shades(NamedTuple):
    """Colours by purpose."""

    page: QColor
    card: QColor
    card_hover: QColor
    card_pressed: QColor
    border: QColor
    border_strong: QColor
    text: QColor
    secondary: QColor
    accent: QColor
    accent_soft: QColor
    """Behind something in ``accent``."""
    on_accent: QColor
    danger: QColor


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """``colour`` with ``share`` (0 to 1) of it replaced by ``other``."""
    parts = (
        (colour.redF(), other.redF()),
        (colour.greenF(), other.greenF()),
        (colour.blueF(), other.blueF()),
    )
    return QColor.fromRgbF(*(mine * (1 - share) + theirs * share for mine, theirs in parts))


def shades(palette: QPalette) -> Shades:
    """The colours that ``palette`` means."""
    role = QPalette.ColorRole
    page, text, accent = (
        palette.color(role.Window),
        palette.color(role.WindowText),
        palette.color(role.Accent),
    )
    is_dark = page.lightnessF() < 0.5
    card = mixed(page, text, 0.045 if is_dark else 0.0)
    return Shades(
        page=page,
        card=card,
        card_hover=mixed(card, text, 0.05 if is_dark else 0.035),
        card_pressed=mixed(card, text, 0.1 if is_dark else 0.075),
        border=mixed(page, text, 0.14 if is_dark else 0.13),
        border_strong=mixed(page, text, 0.28 if is_dark else 0.25),
        text=text,
        secondary=palette.color(role.PlaceholderText),
        accent=accent,
        accent_soft=mixed(page, accent, 0.18 if is_dark else 0.1),
        on_accent=page if is_dark else QColor("#ffffff"),
        danger=palette.color(role.BrightText),
    )


def font(scale: float = 1.0, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The shell's font at ``scale`` times its size."""
    result = QFont(QApplication.font())
    result.setPointSizeF(result.pointSizeF() * scale)
    result.setWeight(weight)
    return result


def css(colour: QColor) -> str:
    """``colour`` for a style sheet."""
    return colour.name()
