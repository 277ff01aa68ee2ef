"""The new tab page, by its channels."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import browser_os
from browser_os.testing import OpenPage, open_page
from renderer.pages.newtab.page import NewTab
from shared.channels.navigate import Navigate
from shared.channels.page import PageInformation, PagesListing

FOLDER = Path(__file__).parents[4] / "renderer" / "pages" / "newtab"
LISTING = PagesListing(
    pages=tuple(
        PageInformation(url=f"os://{name}", title=name.capitalize(), summary=f"About {name}", icon=icon)
        for name, icon in (
            ("settings", "settings"),
            ("plot", "chart"),
            ("console", "terminal"),
            ("notes", "note"),
        )
    )
)


class Opened:
    """The page, open and filled."""

    def __init__(self, page: OpenPage) -> None:
        assert isinstance(page.widget, NewTab)
        self.page = page
        self.widget = page.widget
        page.main.answer(browser_os.IPCChannel.PAGES_LIST, LISTING)
        page.widget.resize(1000, 700)
        page.widget.show()
        page.wait_until(lambda: self.titles)

    @property
    def titles(self) -> list[str]:
        return [card.text() for card in self.widget._cards if not card.isHidden()]

    @property
    def navigations(self) -> list[str]:
        return [payload.url for payload in self.page.main.payloads(browser_os.IPCChannel.NAVIGATE)]


@pytest.fixture
def opened(qapp: object) -> Iterator[Opened]:
    with open_page(FOLDER, built_in=True, granted=["pages.read"]) as page:
        yield Opened(page)


def test_it_shows_the_installed_pages(opened: Opened) -> None:
    assert opened.titles == ["Settings", "Plot", "Console", "Notes"]
    assert opened.widget.windowTitle() == "New tab"


def test_a_card_leads_to_its_page_in_the_same_tab(opened: Opened) -> None:
    opened.widget._cards[1].click()
    opened.page.wait_until(lambda: opened.navigations)
    assert opened.page.main.payloads("navigate") == [Navigate(url="os://plot")]


def test_enter_sends_what_was_typed_for_main_to_understand(opened: Opened) -> None:
    QTest.keyClicks(opened.widget.search, "  two words ")
    QTest.keyClick(opened.widget.search, Qt.Key.Key_Return)
    opened.page.wait_until(lambda: opened.navigations)
    assert opened.navigations == ["two words"]


def test_nothing_typed_goes_nowhere(opened: Opened) -> None:
    QTest.keyClick(opened.widget.search, Qt.Key.Key_Return)
    opened.page.run(browser_os.sleep(0.02))
    assert opened.navigations == []


def test_typing_filters_the_pages_and_matches_none_shows_all(opened: Opened) -> None:
    opened.widget.search.setText("plo")
    assert opened.titles == ["Plot"]
    opened.widget.search.setText("how do plots work")
    assert opened.titles == ["Settings", "Plot", "Console", "Notes"]


def test_mains_refusal_stands_below_the_box_until_something_else_is_typed(opened: Opened) -> None:
    def refuse(payload: Navigate) -> None:
        raise browser_os.BadCall(browser_os.ErrorCode.INVALID_PAYLOAD, "This is no <address>.")

    opened.page.main.answer(browser_os.IPCChannel.NAVIGATE, refuse)
    opened.widget.search.setText("javascript:x")
    QTest.keyClick(opened.widget.search, Qt.Key.Key_Return)
    opened.page.wait_until(lambda: not opened.widget.error.isHidden())
    assert opened.widget.error.text() == "This is no <address>."
    QTest.keyClicks(opened.widget.search, "y")
    assert opened.widget.error.isHidden()


def test_arrows_move_between_the_box_and_the_cards(opened: Opened) -> None:
    widget = opened.widget
    widget.activateWindow()
    widget.search.setFocus()
    visited = []
    for key in (
        Qt.Key.Key_Down,
        Qt.Key.Key_Right,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Up,
        Qt.Key.Key_Up,
    ):
        focused = widget.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, key)
        focused = widget.focusWidget()
        visited.append("search" if focused is widget.search else focused.text())  # type: ignore[attr-defined]
    assert visited == ["Settings", "Plot", "Plot", "Settings", "search", "search"]


@pytest.mark.parametrize(("width", "columns"), [(1000, 3), (600, 2), (320, 1)])
def test_the_cards_take_the_room_there_is(opened: Opened, width: int, columns: int) -> None:
    opened.widget.resize(width, 700)
    cards = opened.widget._cards
    opened.page.wait_until(lambda: [card.y() for card in cards].count(cards[0].y()) == columns)
    body = opened.widget.widget()
    assert body is not None
    assert body.minimumSizeHint().width() <= width


def test_a_listing_that_cannot_be_read_is_told(qapp: object) -> None:
    with open_page(FOLDER, built_in=True) as page:
        assert isinstance(page.widget, NewTab)
        error = page.widget.error
        page.wait_until(lambda: not error.isHidden())
        assert "pages.read" in error.text()
