"""Icons: Phosphor's outlines, out of the font that the qtawesome package carries, filled with a theme colour.

Only the package's data is used: importing it would load all of Qt's modules through QtPy (175 ms of a cold
start), and painting outlines stays crisp at every device pixel ratio.
"""

import json
from enum import StrEnum
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from main_process.window.theme import theme


class Icon(StrEnum):
    """The shell's icon set: our names, Phosphor's glyphs."""

    ADD = "plus"
    APPLICATION = "puzzle-piece"
    BACK = "arrow-left"
    BUILT_IN = "cube"
    CLOSE = "x"
    CLOSED_TABS = "clock-counter-clockwise"
    COPY = "copy"
    CRASH = "smiley-x-eyes"
    DONE = "check"
    DOWN = "caret-down"
    FILE = "file"
    FORWARD = "arrow-right"
    FULL_SCREEN = "corners-out"
    HANG = "hourglass-medium"
    HOME = "house"
    INFORMATION = "info"
    INSPECTOR = "activity"
    LEFT = "caret-left"
    LOOP = "arrows-clockwise"
    MENU = "dots-three-vertical-bold"
    NETWORK = "wifi-slash"
    NOT_SECURE = "lock-simple-open"
    PAGE = "globe-simple"
    QUIT = "power"
    RELOAD = "arrow-clockwise"
    RIGHT = "caret-right"
    SEARCH = "magnifying-glass"
    SECURE = "lock-simple"
    SETTINGS = "gear-six"
    WARNING = "warning"
    WINDOW = "app-window"


_DESIGN_SIZE = 256.0
"""Outlines are taken at this size and scaled down, so that hinting never bends them."""


@cache
def _font() -> tuple[QRawFont, dict[str, str]]:
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(
            "The package qtawesome is not installed: run tools/start, or pip install qtawesome."
        )
    fonts = Path(spec.submodule_search_locations[0]) / "fonts"
    font_file = max(fonts.glob("phosphor-[0-9]*.ttf"))
    names_file = max(fonts.glob("phosphor-charmap-*.json"))
    font = QRawFont(str(font_file), _DESIGN_SIZE)
    if not font.isValid():
        raise RuntimeError(f"{font_file} cannot be read as a font: reinstall the package qtawesome.")
    return font, json.loads(names_file.read_text(encoding="utf-8"))


@cache
def outline(icon: Icon) -> QPainterPath:
    """The icon's shape in a square of side 1 with its corner at the origin.

    Raises:
        KeyError: the icon's glyph is not in the font.
    """
    font, names = _font()
    glyphs = font.glyphIndexesForString(chr(int(names[icon.value].removeprefix("0x"), 16)))
    path = font.pathForGlyph(glyphs[0])
    advance = font.advancesForGlyphIndexes(glyphs)[0].x()
    height = font.ascent() + font.descent()
    return QTransform.fromScale(1 / height, 1 / height).map(
        path.translated((height - advance) / 2, font.ascent())
    )


def paint(painter: QPainter, icon: Icon, rect: QRectF, color: QColor) -> None:
    """Draw ``icon`` in the middle of ``rect``, as large as fits."""
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center().x() - side / 2, rect.center().y() - side / 2)
    painter.scale(side, side)
    painter.fillPath(outline(icon), color)
    painter.restore()


class _ThemedEngine(QIconEngine):
    """Paints with the theme's present text colour, so a switch needs no new icons."""

    def __init__(self, icon: Icon) -> None:
        super().__init__()
        self._icon = icon

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colors = theme().colors
        disabled = mode == QIcon.Mode.Disabled
        paint(
            painter,
            self._icon,
            QRectF(rect),
            QColor(colors.text_disabled if disabled else colors.text_secondary),
        )

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _ThemedEngine(self._icon)


def themed(icon: Icon) -> QIcon:
    """``icon`` for menus and actions, recoloured by itself when the theme changes."""
    return QIcon(_ThemedEngine(icon))


def window_icon() -> QIcon:
    """The shell's own icon, for the window manager."""
    icon = QIcon()
    for side in (16, 24, 32, 48, 64, 128):
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor("#2f5fe0"))
        painter.drawRoundedRect(QRectF(0, 0, side, side), side * 0.24, side * 0.24)
        inset = side * 0.16
        paint(
            painter,
            Icon.BUILT_IN,
            QRectF(inset, inset, side - 2 * inset, side - 2 * inset),
            QColor("#ffffff"),
        )
        painter.end()
        icon.addPixmap(pixmap)
    return icon
