"""What every control can do."""

import pytest
from PySide6.QtWidgets import QApplication

from renderer.pages.settings.control import Control


def test_each_kind_says_for_itself_how_it_shows_a_value(qapp: QApplication) -> None:
    with pytest.raises(NotImplementedError):
        Control().set_value(1)
