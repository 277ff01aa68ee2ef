"""The frame of the shell's own pages."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout
from pytestqt.qtbot import QtBot

from renderer.pages.design import COLUMN, css, shades
from renderer.pages.scroll_page import ScrollPage


@pytest.fixture
def label(qapp: QApplication) -> Iterator[QLabel]:
    yield QLabel("content")


@pytest.fixture
def page(label: QLabel) -> Iterator[ScrollPage]:
    page = ScrollPage("Title")
    column = QVBoxLayout()
    column.addWidget(label)
    page.set_column(column)
    page.show()
    yield page
    page.deleteLater()


@pytest.mark.parametrize("width", [400, 1400])
def test_the_column_stands_in_the_middle_and_is_not_too_wide(
    qapp: QApplication, page: ScrollPage, label: QLabel, width: int
) -> None:
    page.resize(width, 300)
    qapp.processEvents()
    left = label.mapTo(page, label.rect().topLeft()).x()
    right = page.viewport().width() - left - label.width()
    assert abs(left - right) <= 1
    assert label.width() == min(COLUMN, page.viewport().width() - 64)


def test_what_is_too_high_is_scrolled(qtbot: QtBot, page: ScrollPage, label: QLabel) -> None:
    page.resize(400, 300)
    label.setMinimumHeight(2000)
    qtbot.waitUntil(lambda: page.verticalScrollBar().maximum() > 1500)


def test_its_bar_follows_the_palette(page: ScrollPage) -> None:
    palette = QPalette(page.palette())
    palette.setColor(QPalette.ColorRole.Window, QColor("#101010"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#f0f0f0"))
    page.setPalette(palette)
    assert css(shades(palette).border_strong) in page.verticalScrollBar().styleSheet()
