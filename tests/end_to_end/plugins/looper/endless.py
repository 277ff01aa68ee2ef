"""A page that never comes back from a click."""

from PySide6.QtWidgets import QPushButton, QWidget

import browser_os


def loop_for_ever() -> None:
    """What a hung page's stack shows."""
    while True:
        continue


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    button = QPushButton("Loop for ever")
    button.setWindowTitle("Looper")
    button.clicked.connect(loop_for_ever)
    return button
