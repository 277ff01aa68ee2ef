"""Tells a plugin's author of windows that nobody sees: menus, dialogs and second windows are not shown yet."""

import sys

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget


class HiddenWindows(QObject):
    """Watches which window has the keyboard, and says on standard error when it is one beside ``root``.

    Once for each class of window: a page that opens many says it once.
    """

    def __init__(self, name: str, root: QWidget, parent: QObject) -> None:
        super().__init__(parent)
        self._name = name
        self._root = root
        self._told: set[str] = set()
        application = QApplication.instance()
        assert isinstance(application, QGuiApplication)  # whoever made the root needed one
        application.focusWindowChanged.connect(self._on_focus_window_changed)

    def _on_focus_window_changed(self, window: QWindow | None) -> None:
        if window is None:
            return
        for widget in QApplication.topLevelWidgets():
            if widget.windowHandle() == window and widget != self._root:
                self._tell(type(widget).__name__)

    def _tell(self, kind: str) -> None:
        if kind not in self._told:
            self._told.add(kind)
            sys.stderr.write(
                f"[{self._name}] a {kind} is open and has the keyboard, but nobody sees it: "
                "Browser OS shows no windows of pages yet. Draw it into the page.\n"
            )
