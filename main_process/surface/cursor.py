"""Pointer shapes by name, as Qt's."""

from typing import Final

from PySide6.QtCore import Qt

from shared.channels.surface import CursorShape

QT_SHAPES: Final = {
    CursorShape.DEFAULT: Qt.CursorShape.ArrowCursor,
    CursorShape.POINTER: Qt.CursorShape.PointingHandCursor,
    CursorShape.TEXT: Qt.CursorShape.IBeamCursor,
    CursorShape.WAIT: Qt.CursorShape.WaitCursor,
    CursorShape.PROGRESS: Qt.CursorShape.BusyCursor,
    CursorShape.CROSSHAIR: Qt.CursorShape.CrossCursor,
    CursorShape.HELP: Qt.CursorShape.WhatsThisCursor,
    CursorShape.NOT_ALLOWED: Qt.CursorShape.ForbiddenCursor,
    CursorShape.GRAB: Qt.CursorShape.OpenHandCursor,
    CursorShape.GRABBING: Qt.CursorShape.ClosedHandCursor,
    CursorShape.MOVE: Qt.CursorShape.SizeAllCursor,
    CursorShape.COPY: Qt.CursorShape.DragCopyCursor,
    CursorShape.ALIAS: Qt.CursorShape.DragLinkCursor,
    CursorShape.NONE: Qt.CursorShape.BlankCursor,
    CursorShape.COL_RESIZE: Qt.CursorShape.SplitHCursor,
    CursorShape.ROW_RESIZE: Qt.CursorShape.SplitVCursor,
    CursorShape.EW_RESIZE: Qt.CursorShape.SizeHorCursor,
    CursorShape.NS_RESIZE: Qt.CursorShape.SizeVerCursor,
    CursorShape.NESW_RESIZE: Qt.CursorShape.SizeBDiagCursor,
    CursorShape.NWSE_RESIZE: Qt.CursorShape.SizeFDiagCursor,
    CursorShape.UP_ARROW: Qt.CursorShape.UpArrowCursor,
}
