"""A window with tabs that have no process."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from main_process.window import tokens
from main_process.window.address_bar import AddressBar
from main_process.window.tab_strip import TabStrip
from main_process.window.theme import ThemeChoice, theme
from main_process.window.window import BrowserWindow
from tests.main_process.window.fake_tab import FakeTab


@pytest.fixture(autouse=True)
def light_theme(qapp: object) -> Iterator[None]:
    """Every test begins with the light scheme, whatever the one before chose."""
    theme().set_choice(ThemeChoice.LIGHT)
    yield
    theme().set_choice(ThemeChoice.LIGHT)


@pytest.fixture
def window(qtbot: QtBot) -> BrowserWindow:
    """A shown window without tabs, 1000 pixels wide."""
    made = BrowserWindow()
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


@pytest.fixture
def with_tabs(window: BrowserWindow) -> Callable[[int], list[FakeTab]]:
    """Gives the window that many tabs, the first one current."""

    def add(number: int) -> list[FakeTab]:
        tabs = [FakeTab(f"https://site{index}.example/", f"Site {index}") for index in range(number)]
        for tab in tabs:
            window.add_tab(tab, background=True)
        return tabs

    return add


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[AddressBar]:
    """An address bar without the keyboard, in an active window."""
    holder = QWidget()
    qtbot.addWidget(holder)
    layout = QVBoxLayout(holder)
    made = AddressBar()
    layout.addWidget(made)
    other = QLineEdit()
    layout.addWidget(other)
    holder.resize(700, 100)
    holder.show()
    qtbot.waitExposed(holder)
    holder.activateWindow()
    qtbot.waitUntil(holder.isActiveWindow)
    other.setFocus()
    yield made


@pytest.fixture
def strip(qtbot: QtBot) -> Iterator[TabStrip]:
    """A shown strip without tabs, 1000 pixels wide."""
    made = TabStrip()
    qtbot.addWidget(made)
    made.resize(1000, tokens.TAB_STRIP_HEIGHT)
    made.show()
    qtbot.waitExposed(made)
    yield made
