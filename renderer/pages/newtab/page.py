"""The launcher: type an address or words, or choose one of the installed pages."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QVBoxLayout, QWidget

import browser_os
from renderer.pages.design import COLUMN, SPACE
from renderer.pages.label import Label
from renderer.pages.newtab.card import Card
from renderer.pages.newtab.search_box import SearchBox
from renderer.pages.scroll_page import ScrollPage

_CARD_WIDTH: Final = 220
"""Narrowest card: below it there is one column less."""


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    return NewTab(context)


class NewTab(ScrollPage):
    """The whole page."""

    def __init__(self, context: browser_os.Page) -> None:
        super().__init__("New tab")
        self._context = context
        self._cards: list[Card] = []
        self._columns = 0
        self.title = Label("Browser OS", scale=2.2, weight=QFont.Weight.DemiBold)
        self.title.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.search = SearchBox("Search the web or type an address")
        self.search.returnPressed.connect(self._on_search_return_pressed)
        self.search.textChanged.connect(self._on_search_text_changed)
        self.error = Label(shade="danger")
        self.error.setContentsMargins(20, 0, 20, 0)
        self.error.hide()
        self._heading = Label("Pages", shade="secondary", scale=0.92, weight=QFont.Weight.DemiBold)
        self._heading.hide()
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE * 2)
        self.set_column(self._column(), above=2, below=5)
        self.setFocusProxy(self.search)
        browser_os.start(self._load())

    def _column(self) -> QLayout:
        column = QVBoxLayout()
        column.addWidget(self.title)
        column.addSpacing(SPACE * 4)
        column.addWidget(self.search)
        column.addSpacing(SPACE)
        column.addWidget(self.error)
        column.addSpacing(SPACE * 4)
        column.addWidget(self._heading)
        column.addSpacing(SPACE + 4)
        column.addLayout(self._grid)
        return column

    async def _load(self) -> None:
        try:
            listing = await self._context.pages.list()
        except browser_os.IPCError as error:
            self._show_error(f"The installed pages could not be read: {error.message}")
            return
        for entry in listing.pages:
            card = Card(entry.url, entry.title, entry.summary, entry.icon)
            card.clicked.connect(lambda _=False, url=entry.url: self._go(url))
            self._cards.append(card)
        self._arrange()

    def _go(self, text: str) -> None:
        browser_os.start(self._navigate(text))

    async def _navigate(self, text: str) -> None:
        self.error.hide()
        try:
            await self._context.navigate(text)
        except browser_os.Gone:
            return  # the page that asked is already leaving
        except browser_os.IPCError as error:
            self._show_error(error.message)

    def _show_error(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()

    def _on_search_return_pressed(self) -> None:
        text = self.search.text().strip()
        if text:
            self._go(text)

    def _on_search_text_changed(self) -> None:
        self.error.hide()
        self._arrange()

    # Cards

    def _shown(self) -> list[Card]:
        """The cards that match what was typed; all of them, if none does."""
        matching = [card for card in self._cards if card.matches(self.search.text())]
        return matching or self._cards

    def _arrange(self) -> None:
        shown = self._shown()
        width = min(self.viewport().width() - SPACE * 8, COLUMN)
        self._columns = max(1, min(3, (width + SPACE * 2) // (_CARD_WIDTH + SPACE * 2)))
        for card in self._cards:
            self._grid.removeWidget(card)
        for index, card in enumerate(shown):
            self._grid.addWidget(card, index // self._columns, index % self._columns)
        for column in range(3):
            self._grid.setColumnStretch(column, 1 if column < self._columns else 0)
        for card in self._cards:
            card.setVisible(card in shown)
        self._heading.setVisible(bool(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move between the search box and the cards."""
        shown = self._shown()
        focused = next((index for index, card in enumerate(shown) if card.hasFocus()), None)
        target = _neighbour(event.key(), focused, self._columns, len(shown))
        if target is None:
            super().keyPressEvent(event)
        elif target < 0:
            self.search.setFocus()
        else:
            shown[target].setFocus()
            self.ensureWidgetVisible(shown[target])


def _neighbour(key: int, focused: int | None, columns: int, count: int) -> int | None:
    """The card that an arrow key leads to; -1 is the search box, None nowhere."""
    if count == 0:
        return None
    if focused is None:
        return 0 if key == Qt.Key.Key_Down else None
    step = {
        Qt.Key.Key_Left: -1,
        Qt.Key.Key_Right: 1,
        Qt.Key.Key_Up: -columns,
        Qt.Key.Key_Down: columns,
    }.get(Qt.Key(key))
    if step is None:
        return None
    target = focused + step
    if key == Qt.Key.Key_Up and target < 0:
        return -1
    return target if 0 <= target < count else focused
