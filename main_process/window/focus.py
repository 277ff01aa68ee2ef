"""Where the keyboard is."""

from typing import cast

from PySide6.QtWidgets import QWidget


def holds_focus(part: QWidget) -> bool:
    """Whether ``part`` or something in it has its window's keyboard focus, also while the window is not active."""
    # The stub leaves out that there may be none.
    focus = cast(QWidget | None, part.window().focusWidget())
    return focus is not None and (focus is part or part.isAncestorOf(focus))
