"""Draws the icons of ``shared.icons`` as outlines in any colour, crisp at every device pixel ratio."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPixmap, QRawFont, QTransform

from shared.icons import DEFAULT_ICON, ICONS

_DESIGN_SIZE: Final = 256.0
"""Outlines are taken at this size and scaled down, so that hinting never bends them."""
_PIXMAP_SIDES: Final = (16, 32, 64)


@cache
def _font() -> tuple[QRawFont, dict[str, str]]:
    # Importing the package would load every module of Qt; its font and the names of the glyphs are all there is to it.
    spec = find_spec("qtawesome")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(
            "the package qtawesome is not installed, and it holds the icons: pip install qtawesome"
        )
    fonts = Path(spec.submodule_search_locations[0]) / "fonts"
    font = QRawFont(str(max(fonts.glob("phosphor-[0-9]*.ttf"))), _DESIGN_SIZE)
    names: dict[str, str] = json.loads(max(fonts.glob("phosphor-charmap-*.json")).read_text(encoding="utf-8"))
    return font, names


def warm() -> None:
    """Read the font now, so that the first icon does not have to wait for it."""
    _font()


@cache
def outline(name: str) -> QPainterPath:
    """The shape of the icon ``name`` in a square of side 1; unknown names give the default icon."""
    font, names = _font()
    glyph = ICONS.get(name, ICONS[DEFAULT_ICON])
    indexes = font.glyphIndexesForString(chr(int(names[glyph].removeprefix("0x"), 16)))
    path = font.pathForGlyph(indexes[0])
    advance = font.advancesForGlyphIndexes(indexes)[0].x()
    height = font.ascent() + font.descent()
    centred = path.translated((height - advance) / 2, font.ascent())
    return QTransform.fromScale(1 / height, 1 / height).map(centred)


def paint(painter: QPainter, name: str, rectangle: QRectF, colour: QColor) -> None:
    """Draw the icon ``name`` in the middle of ``rectangle``, as large as fits."""
    side = min(rectangle.width(), rectangle.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rectangle.center().x() - side / 2, rectangle.center().y() - side / 2)
    painter.scale(side, side)
    painter.fillPath(outline(name), colour)
    painter.restore()


def icon(name: str, colour: QColor) -> QIcon:
    """The icon ``name`` in one colour, for buttons and ``QWidget.setWindowIcon``."""
    result = QIcon()
    for side in _PIXMAP_SIDES:
        pixmap = QPixmap(side, side)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        paint(painter, name, QRectF(0, 0, side, side), colour)
        painter.end()
        result.addPixmap(pixmap)
    return result
