import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from main_process.supervisor.death import DeathReason
from main_process.window.crash_page import LOOP_TEXT, LOOP_TITLE, MEMORY_TEXT, REASSURANCE, TITLES, CrashPage
from tests.main_process.window.fake_tab import FakeDeath


def _page(qtbot: QtBot, death: FakeDeath | None, *, looping: bool = False) -> CrashPage:
    page = CrashPage(death, lambda: "everything known", looping=looping)
    qtbot.addWidget(page)
    return page


def _button(page: CrashPage, name: str) -> QPushButton:
    button = page.findChild(QPushButton, name)
    assert isinstance(button, QPushButton)
    return button


def test_there_is_a_title_for_every_reason() -> None:
    assert set(TITLES) == {reason.value for reason in DeathReason}
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize("reason", TITLES)
def test_reason_words_and_code_are_shown(qtbot: QtBot, reason: str) -> None:
    page = _page(qtbot, FakeDeath(reason=reason, words="It went.", code="BOS-X"))
    texts = page.texts()
    assert texts[0] == TITLES[reason] == page.accessibleName()
    assert {"It went.", "BOS-X", REASSURANCE} <= set(texts)
    assert MEMORY_TEXT not in texts


def test_memory_is_mentioned_when_the_signs_are_there(qtbot: QtBot) -> None:
    assert MEMORY_TEXT in _page(qtbot, FakeDeath(possibly_out_of_memory=True)).texts()


def test_a_loop_says_so_and_offers_to_try_again(qtbot: QtBot) -> None:
    page = _page(qtbot, FakeDeath(), looping=True)
    assert {LOOP_TITLE, LOOP_TEXT} <= set(page.texts())
    assert _button(page, "crash-reload").text() == "Try again"


def test_an_unknown_end_still_has_a_page(qtbot: QtBot) -> None:
    assert "This page ended unexpectedly" in _page(qtbot, None).texts()


def test_the_buttons_do_what_they_say(qtbot: QtBot) -> None:
    page = _page(qtbot, FakeDeath())
    with qtbot.waitSignal(page.reload_requested, timeout=1000):
        _button(page, "crash-reload").click()
    with qtbot.waitSignal(page.close_requested, timeout=1000):
        _button(page, "crash-close").click()
    copy = _button(page, "crash-copy")
    copy.click()
    assert QGuiApplication.clipboard().text() == "everything known"
    assert copy.text() == "Copied"
