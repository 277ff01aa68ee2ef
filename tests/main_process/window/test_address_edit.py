from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from main_process.window.address_bar import AddressBar
from main_process.window.tokens import LIGHT


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
