from itertools import combinations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from main_process.window import tokens
from main_process.window.buttons import push_button
from main_process.window.icons import Icon
from main_process.window.labels import IconLabel
from main_process.window.message_page import MessagePage


def _page(qtbot: QtBot, width: int, height: int) -> MessagePage:
    page = MessagePage(Icon.WARNING, tone="warning", name="some-page")
    qtbot.addWidget(page)
    page.add_text("A title", "title")
    page.add_text("A long text that needs more than one line wherever it stands. " * 4, "body")
    page.add_steps(("Try this.", "Or try that, which takes a little longer to explain than the other."))
    page.add_code("BOS-CODE")
    page.add_buttons(push_button("Go", "go", primary=True), push_button("Stop", "stop"))
    page.resize(width, height)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.mark.parametrize(("width", "height"), [(1200, 800), (420, 800), (1200, 200)])
def test_nothing_overlaps_and_nothing_is_cut(qtbot: QtBot, width: int, height: int) -> None:
    page = _page(qtbot, width, height)
    parts: list[QWidget] = [*page.findChildren(IconLabel), *page.findChildren(QLabel)]
    # A page that is resized is laid out anew when Qt comes to it.
    qtbot.waitUntil(
        lambda: not any(one.geometry().intersects(other.geometry()) for one, other in combinations(parts, 2))
    )
    assert all(not part.size().isEmpty() for part in parts)
    for label in page.findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.sizeHint().height()
        assert label.height() >= needed, label.text()


def test_the_column_is_in_the_middle_and_no_wider_than_reads_well(qtbot: QtBot) -> None:
    page = _page(qtbot, 1200, 800)
    title = next(label for label in page.findChildren(QLabel) if label.text() == "A title")
    column = title.parentWidget()
    assert column is not None and column.width() == tokens.PAGE_WIDTH
    assert abs(column.geometry().center().x() - 600) <= 1


def test_a_small_tab_scrolls(qtbot: QtBot) -> None:
    page = _page(qtbot, 420, 200)
    assert page.verticalScrollBar().maximum() > 0
    assert page.horizontalScrollBar().maximum() == 0


def test_the_likeliest_button_gets_the_keyboard(qtbot: QtBot) -> None:
    page = _page(qtbot, 800, 600)
    page.setFocus()
    assert page.focusProxy() is page.findChild(QPushButton, "go")
    assert page.texts()[0] == "A title" and "BOS-CODE" in page.texts()
