"""Text in a colour of the design."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from renderer.pages.label import Label


@pytest.fixture
def parent(qapp: QApplication) -> Iterator[QWidget]:
    parent = QWidget()
    yield parent
    parent.deleteLater()


def recolour(widget: QWidget, role: QPalette.ColorRole, colour: str) -> None:
    palette = QPalette(widget.palette())
    palette.setColor(role, QColor(colour))
    widget.setPalette(palette)


@pytest.mark.parametrize(
    ("shade", "role"),
    [("secondary", QPalette.ColorRole.PlaceholderText), ("danger", QPalette.ColorRole.BrightText)],
)
def test_it_follows_the_palette(parent: QWidget, shade: str, role: QPalette.ColorRole) -> None:
    label = Label("x", shade=shade, parent=parent)
    for colour in ("#123456", "#654321"):
        recolour(parent, role, colour)
        assert label.palette().color(QPalette.ColorRole.WindowText) == QColor(colour)


def test_plain_text_has_the_palettes_own_colour(parent: QWidget) -> None:
    label = Label("x", parent=parent)
    recolour(parent, QPalette.ColorRole.WindowText, "#123456")
    assert label.palette().color(QPalette.ColorRole.WindowText) == QColor("#123456")


def test_its_text_is_never_markup(parent: QWidget) -> None:
    label = Label("<b>x</b>", parent=parent, wrap=False)
    assert label.sizeHint().width() >= label.fontMetrics().horizontalAdvance("<b>x</b>")


def test_its_size_counts_in_the_shells(qapp: QApplication, parent: QWidget) -> None:
    label = Label("x", scale=2.0, weight=QFont.Weight.DemiBold, parent=parent)
    assert label.font().pointSizeF() == pytest.approx(2 * qapp.font().pointSizeF())
    assert label.font().weight() == QFont.Weight.DemiBold
