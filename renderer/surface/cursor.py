"""The pointer's shape, read where the offscreen platform leaves it: on the window."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QWindow

from shared.channels.surface import CursorShape

_SHAPES: Final = {
    Qt.CursorShape.ArrowCursor: CursorShape.DEFAULT,
    Qt.CursorShape.UpArrowCursor: CursorShape.UP_ARROW,
    Qt.CursorShape.CrossCursor: CursorShape.CROSSHAIR,
    Qt.CursorShape.WaitCursor: CursorShape.WAIT,
    Qt.CursorShape.IBeamCursor: CursorShape.TEXT,
    Qt.CursorShape.SizeVerCursor: CursorShape.NS_RESIZE,
    Qt.CursorShape.SizeHorCursor: CursorShape.EW_RESIZE,
    Qt.CursorShape.SizeBDiagCursor: CursorShape.NESW_RESIZE,
    Qt.CursorShape.SizeFDiagCursor: CursorShape.NWSE_RESIZE,
    Qt.CursorShape.SizeAllCursor: CursorShape.MOVE,
    Qt.CursorShape.BlankCursor: CursorShape.NONE,
    Qt.CursorShape.SplitVCursor: CursorShape.ROW_RESIZE,
    Qt.CursorShape.SplitHCursor: CursorShape.COL_RESIZE,
    Qt.CursorShape.PointingHandCursor: CursorShape.POINTER,
    Qt.CursorShape.ForbiddenCursor: CursorShape.NOT_ALLOWED,
    Qt.CursorShape.OpenHandCursor: CursorShape.GRAB,
    Qt.CursorShape.ClosedHandCursor: CursorShape.GRABBING,
    Qt.CursorShape.WhatsThisCursor: CursorShape.HELP,
    Qt.CursorShape.BusyCursor: CursorShape.PROGRESS,
    Qt.CursorShape.DragMoveCursor: CursorShape.GRABBING,
    Qt.CursorShape.DragCopyCursor: CursorShape.COPY,
    Qt.CursorShape.DragLinkCursor: CursorShape.ALIAS,
    # Pictures of one's own do not cross: main decodes none.
    Qt.CursorShape.BitmapCursor: CursorShape.DEFAULT,
    Qt.CursorShape.CustomCursor: CursorShape.DEFAULT,
}


def shape_of(shape: Qt.CursorShape) -> CursorShape:
    """``shape`` under its name on the wire."""
    return _SHAPES[shape]


def current_shape(window: QWindow) -> CursorShape:
    """What the pointer looks like over ``window`` now: the application's override, or what its widgets asked for."""
    override = QGuiApplication.overrideCursor()
    return shape_of((override or window.cursor()).shape())
