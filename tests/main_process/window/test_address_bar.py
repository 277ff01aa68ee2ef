from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from main_process.window.address_bar import AddressBar
from main_process.window.page_information import Security
from main_process.window.tokens import LIGHT


@pytest.fixture
def bar(qtbot: QtBot) -> Iterator[AddressBar]:
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


def test_it_shows_the_address_and_what_it_means(bar: AddressBar) -> None:
    bar.set_url("http://example.com/a")
    assert bar.edit.text() == "http://example.com/a"
    assert bar.information_button.information.security is Security.NOT_SECURE
    assert bar.information_button.accessibleName() == "Page information: The connection is not encrypted"


def test_the_new_tab_page_has_an_empty_address(bar: AddressBar) -> None:
    bar.set_url("os://newtab")
    assert bar.edit.text() == "" and not bar.edit.edited
    assert bar.edit.display_parts().text == ""


def test_the_keyboard_selects_all(bar: AddressBar) -> None:
    bar.set_url("https://example.com/")
    bar.edit.setFocus(Qt.FocusReason.ShortcutFocusReason)
    assert bar.edit.selectedText() == "https://example.com/"


def test_a_first_click_selects_all_and_a_second_places_the_cursor(bar: AddressBar) -> None:
    bar.set_url("https://example.com/")
    bar.edit.setFocus(Qt.FocusReason.MouseFocusReason)
    QTest.mouseClick(bar.edit, Qt.MouseButton.LeftButton)
    assert bar.edit.selectedText() == "https://example.com/"
    QTest.mouseClick(bar.edit, Qt.MouseButton.LeftButton)
    assert bar.edit.selectedText() == ""


def test_enter_commits_and_alt_asks_for_a_new_tab(bar: AddressBar) -> None:
    committed: list[tuple[str, bool]] = []
    bar.edit.committed.connect(lambda text, new_tab: committed.append((text, new_tab)))
    bar.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(bar.edit, "example.com")
    QTest.keyClick(bar.edit, Qt.Key.Key_Return)
    QTest.keyClick(bar.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)
    assert committed == [("example.com", False), ("example.com", True)]


def test_escape_puts_the_address_back(bar: AddressBar, qtbot: QtBot) -> None:
    bar.set_url("https://example.com/")
    bar.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(bar.edit, "typed")
    assert bar.edit.text() == "typed"
    with qtbot.waitSignal(bar.edit.reverted, timeout=1000):
        QTest.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert bar.edit.text() == "https://example.com/"
    assert bar.edit.selectedText() == "https://example.com/"


def test_what_is_being_typed_survives_a_page_that_goes_on(bar: AddressBar) -> None:
    bar.set_url("https://example.com/")
    bar.edit.setFocus(Qt.FocusReason.OtherFocusReason)
    QTest.keyClicks(bar.edit, "typed")
    bar.set_url("https://example.com/2")
    assert bar.edit.text() == "typed"
    assert bar.edit.url == "https://example.com/2"
    # And nothing is claimed about what is only typed.
    assert bar.information_button.accessibleName() == "Page information: No page"
    QTest.keyClick(bar.edit, Qt.Key.Key_Escape)
    assert bar.edit.text() == "https://example.com/2"
    assert bar.information_button.information.security is Security.SECURE


def test_the_host_is_painted_stronger_than_the_rest(bar: AddressBar) -> None:
    bar.set_url("https://example.com/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
    assert not bar.edit.hasFocus()
    host_width = bar.edit.fontMetrics().horizontalAdvance("example.com")
    host = _darkest(bar, 0, host_width)
    path = _darkest(bar, host_width + 12, host_width + 150)
    assert host < path
    assert path >= QColor(LIGHT.text_secondary).lightness() - 4


def _darkest(bar: AddressBar, left: int, right: int) -> int:
    """Lightness of the darkest pixel of the text between two distances from its left edge."""
    picture = bar.grab().toImage()
    area = bar.edit.geometry()
    return min(
        picture.pixelColor(x, y).lightness()
        for x in range(area.left() + left, area.left() + right)
        for y in range(area.top(), area.bottom())
    )


def test_progress_is_kept_in_range_and_drawn(bar: AddressBar) -> None:
    bar.set_url("https://example.com/")
    for given, kept in ((0.5, 0.5), (-1.0, 0.0), (7.0, 1.0), (None, None)):
        bar.set_progress(given)
        assert bar.progress == kept
    bar.set_progress(1.0)
    picture = bar.grab().toImage()
    assert picture.pixelColor(bar.width() // 2, bar.height() - 1).name() == LIGHT.accent


def test_the_information_button_asks(bar: AddressBar, qtbot: QtBot) -> None:
    bar.set_url("https://example.com/")
    with qtbot.waitSignal(bar.information_requested, timeout=1000):
        bar.information_button.click()
    bar.set_url("")
    assert not bar.information_button.isEnabled()
