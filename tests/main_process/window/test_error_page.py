import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from main_process.window.error_page import ErrorPage
from main_process.window.net_errors import NET_ERRORS
from shared.channels.page import PageLoadFailed


def _page(qtbot: QtBot, code: int, url: str = "https://example.com/x", description: str = "") -> ErrorPage:
    page = ErrorPage(PageLoadFailed(url=url, code=code, description=description))
    qtbot.addWidget(page)
    return page


@pytest.mark.parametrize("code", NET_ERRORS)
def test_every_known_error_names_the_host_and_the_code(qtbot: QtBot, code: int) -> None:
    texts = _page(qtbot, code).texts()
    assert f"{NET_ERRORS[code].name} ({code})" in texts
    assert not any("{host}" in text for text in texts)
    for step in NET_ERRORS[code].steps:
        assert step in texts


def test_an_unknown_error_shows_the_name_chromium_gave(qtbot: QtBot) -> None:
    texts = _page(qtbot, -777, description="ERR_SOMETHING_NEW").texts()
    assert "ERR_SOMETHING_NEW (-777)" in texts
    assert "Something went wrong on the way to example.com." in texts


def test_what_the_renderer_wrote_is_never_markup(qtbot: QtBot) -> None:
    page = _page(qtbot, -777, description="<img src=x>\n<b>")
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in page.findChildren(QLabel))
    assert "<img src=x> <b> (-777)" in page.texts()


def test_a_missing_page_of_the_shell_is_not_called_a_file(qtbot: QtBot) -> None:
    assert "There is no such page" in _page(qtbot, -6, url="os://nothing/").texts()
    assert "File not found" in _page(qtbot, -6, url="file:///nothing").texts()


def test_a_page_of_a_plugin_says_what_main_found(qtbot: QtBot) -> None:
    texts = _page(qtbot, -6, url="os://hello/x", description="Hello has no page x; it has os://hello").texts()
    assert "Hello has no page x; it has os://hello" in texts
    texts = _page(
        qtbot, -320, url="os://hello", description="no valid plugin:\n  plugin.toml:3: $.id"
    ).texts()
    assert "This plugin cannot be opened" in texts
    assert texts.index("plugin.toml:3: $.id") == texts.index("no valid plugin:") + 2  # a bullet between them


def test_retry_asks_for_it(qtbot: QtBot) -> None:
    page = _page(qtbot, -105)
    button = page.findChild(QPushButton, "error-retry")
    assert isinstance(button, QPushButton)
    with qtbot.waitSignal(page.retry_requested, timeout=1000):
        button.click()
