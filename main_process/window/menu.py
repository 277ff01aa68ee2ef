"""Menus of the chrome: their corners are rounded on every platform, with or without a compositor."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QPainterPath, QRegion
from PySide6.QtWidgets import QMenu, QWidget

from main_process.window import tokens


class _RoundedCorners(QObject):
    """Cuts a menu's window to a rounded rectangle whenever its size changes."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QMenu):
            path = QPainterPath()
            radius = tokens.RADIUS_MEDIUM
            path.addRoundedRect(QRectF(watched.rect()), radius, radius)
            watched.setMask(QRegion(path.toFillPolygon().toPolygon()))
        return False


def styled_menu(parent: QWidget, name: str) -> QMenu:
    """An empty menu named ``name`` that belongs to ``parent``."""
    menu = QMenu(parent)
    menu.setObjectName(name)
    menu.setToolTipsVisible(False)
    menu.setAttribute(Qt.WidgetAttribute.WA_Hover)
    menu.installEventFilter(_RoundedCorners(menu))
    return menu
