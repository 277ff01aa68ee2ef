from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from main_process.window.address_bar import AddressBar
from main_process.window.page_information import Security
from main_process.window.tokens import LIGHT


def test_it_shows_the_address_and_what_it_means(bar: AddressBar) -> None:
    bar.set_url("http://example.com/a")
    assert bar.edit.text() == "http://example.com/a"
    assert bar.information_button.information.security is Security.NOT_SECURE
    assert bar.information_button.accessibleName() == "Page information: The connection is not encrypted"


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
