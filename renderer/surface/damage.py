"""Knows which part of a widget's pixels has changed, from the paint events of the widget and all within it.

One event filter per widget, never one on the application: in a process with QtWebEngine the latter makes PySide wrap
objects that it cannot, and crashes. Exact only with QT_NO_FAST_SCROLL and QT_NO_FAST_MOVE.
"""

from collections.abc import Callable
from typing import Final

import shiboken6
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize
from PySide6.QtGui import QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

_PAINT: Final = QEvent.Type.Paint
_CHILD_ADDED: Final = QEvent.Type.ChildAdded
_CHILD_POLISHED: Final = QEvent.Type.ChildPolished
_CURSOR_CHANGE: Final = QEvent.Type.CursorChange


class DamageWatcher(QObject):
    """Collects what is painted in ``root``'s window. ``on_damage`` is called whenever there is something to take,
    ``on_cursor`` when a widget's pointer shape changes."""

    def __init__(self, root: QWidget, on_damage: Callable[[], None], on_cursor: Callable[[], None]) -> None:
        super().__init__()
        self._root = root
        self._on_damage = on_damage
        self._on_cursor = on_cursor
        self._region = QRegion()
        self._with_new_children: list[QWidget] = []
        self._watch(root)

    def take(self) -> QRegion:
        """What has changed since the last call, in the root's device-independent pixels."""
        newcomers, self._with_new_children = self._with_new_children, []
        for parent in newcomers:
            if shiboken6.isValid(parent) and parent.window() is self._root:
                self._watch(parent)
                # What a child painted before it was watched is not known, so all of it counts.
                self._region += QRect(parent.mapTo(self._root, QPoint()), parent.size())
        region, self._region = self._region, QRegion()
        return region

    def add_all(self) -> None:
        """Everything counts as changed."""
        self._region = QRegion(QRect(QPoint(), self._root.size().expandedTo(QSize(1, 1))))
        self._on_damage()

    def stop(self) -> None:
        """Watch no more."""
        if shiboken6.isValid(self._root):
            for widget in (self._root, *self._root.findChildren(QWidget)):
                widget.removeEventFilter(self)

    def _watch(self, widget: QWidget) -> None:
        """Filter ``widget`` and all within it; those that are filtered already stay so."""
        widget.installEventFilter(self)
        for child in widget.findChildren(QWidget):
            child.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind is _PAINT:
            if (
                isinstance(event, QPaintEvent)
                and isinstance(watched, QWidget)
                and watched.window() is self._root
            ):
                self._region += event.region().translated(watched.mapTo(self._root, QPoint()))
                self._on_damage()
        elif kind is _CHILD_ADDED or kind is _CHILD_POLISHED:
            # The child itself may be half made: it is looked for later, through its parent.
            if isinstance(watched, QWidget) and watched not in self._with_new_children:
                self._with_new_children.append(watched)
                self._on_damage()
        elif kind is _CURSOR_CHANGE:
            self._on_cursor()
        return False
