"""A card of the launcher."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from renderer.pages.newtab.card import Card


@pytest.fixture
def card(qapp: QApplication) -> Card:
    card = Card("os://plot", "Live plot", "Draws what the machine does", "chart")
    card.resize(240, 72)
    return card


def image(card: Card) -> QImage:
    return card.grab().toImage()


@pytest.mark.parametrize("words", ["", "live", "LIVE", "machine draws", "os://pl", "plot live"])
def test_it_matches_its_own_words(card: Card, words: str) -> None:
    assert card.matches(words)


@pytest.mark.parametrize("words", ["settings", "live settings"])
def test_it_matches_no_others(card: Card, words: str) -> None:
    assert not card.matches(words)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_the_keyboard_clicks_it(card: Card, key: Qt.Key) -> None:
    clicks: list[str] = []
    card.clicked.connect(lambda: clicks.append(card.url))
    QTest.keyClick(card, key)
    assert clicks == ["os://plot"]


def test_pressed_and_resting_look_different(card: Card) -> None:
    resting = image(card)
    card.setDown(True)
    assert image(card) != resting


def test_icon_title_and_summary_are_painted(card: Card) -> None:
    everything = image(card)
    for url, title, summary, icon in (
        ("os://plot", "Live plot", "Draws what the machine does", "star"),
        ("os://plot", "Other", "Draws what the machine does", "chart"),
        ("os://plot", "Live plot", "", "chart"),
    ):
        other = Card(url, title, summary, icon)
        other.resize(card.size())
        assert image(other) != everything


def test_what_a_screen_reader_says(card: Card) -> None:
    assert (card.accessibleName(), card.accessibleDescription()) == (
        "Live plot",
        "Draws what the machine does",
    )
