from collections.abc import Callable

from PySide6 import QtGui
from PySide6.QtGui import QTextDocument

from main_process.window.plain_text import menu_text, one_line, tool_tip


def test_one_line_folds_and_cuts() -> None:
    assert one_line("  a\n\tb\x00c  ") == "a b c"
    assert one_line("x" * 20, 10) == "x" * 9 + "…"


def test_direction_controls_are_taken_out() -> None:
    assert one_line("abc\u202egnp.exe\u2069") == "abc gnp.exe"


def _as_qt_shows_it(text: str) -> str:
    document = QTextDocument()
    might_be_rich: Callable[[str], bool] = QtGui.Qt.mightBeRichText
    if might_be_rich(text):
        document.setHtml(text)
    else:
        document.setPlainText(text)
    return document.toPlainText()


def test_markup_stays_text_in_tool_tips() -> None:
    for text in ("<img src=file:///x>", "<b>bold</b> & more", "&lt;b&gt;", "Q & A", "1 < 2", "plain"):
        assert _as_qt_shows_it(tool_tip(text)) == text
    assert tool_tip("") == ""


def test_ampersands_are_no_mnemonics_in_menus() -> None:
    assert menu_text("Q&A") == "Q&&A"
