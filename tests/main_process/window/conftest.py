"""A window with tabs that have no process."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

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
