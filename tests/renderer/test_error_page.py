"""The page shown in place of one that could not be built."""

from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from renderer.error_page import ErrorPage


def test_it_says_what_failed_where_and_what_to_do(qapp: QApplication) -> None:
    page = ErrorPage("Hello", "KeyError: <b>'x'</b>", "Traceback…\nline 3", "Mend it.", lambda: None)
    texts = [label.text() for label in page.findChildren(QLabel)]
    assert page.windowTitle() == "Hello"
    assert {"KeyError: <b>'x'</b>", "Mend it."} <= set(texts)
    assert page.details.toPlainText() == "Traceback…\nline 3"
    assert page.details.isReadOnly()


def test_its_button_loads_the_page_again(qapp: QApplication) -> None:
    calls = []
    page = ErrorPage("Hello", "x", "y", "z", lambda *_: calls.append("reload"))
    (button,) = page.findChildren(QPushButton)
    button.click()
    assert calls == ["reload"]


def test_the_advice_follows_the_palette(qapp: QApplication) -> None:
    page = ErrorPage("Hello", "x", "y", "advice", lambda: None)
    palette = QPalette(page.palette())
    palette.setColor(QPalette.ColorRole.PlaceholderText, QColor("#123456"))
    page.setPalette(palette)
    advice = next(label for label in page.findChildren(QLabel) if label.text() == "advice")
    assert advice.palette().color(QPalette.ColorRole.WindowText) == QColor("#123456")
