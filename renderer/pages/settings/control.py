"""What every control of the settings can do."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shared.channels.settings import SettingValue


class Control(QWidget):
    """Base of all.

    Signals:
        chosen: the user has chosen this value (bool, int or str).
    """

    chosen = Signal(object)

    def set_value(self, value: SettingValue) -> None:
        """Show ``value``; says nothing."""
        raise NotImplementedError
