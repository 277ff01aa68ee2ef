"""The frame of the shell's own pages: one column in the middle, scrolled by a slim bar."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from renderer.pages.design import COLUMN, SPACE, Shades, css, shades


class ScrollPage(QScrollArea):
    """Shows one column of content, at most ``COLUMN`` wide."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._restyle()

    def set_column(self, column: QLayout, *, above: int = 0, below: int = 1) -> None:
        """The content. ``above`` and ``below`` share what height is left over."""
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        centre = QWidget()
        centre.setMaximumWidth(COLUMN)
        centre.setLayout(column)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(centre, 1000)
        row.addStretch()
        body = QWidget()
        whole = QVBoxLayout(body)
        whole.setContentsMargins(SPACE * 4, SPACE * 5, SPACE * 4, SPACE * 5)
        whole.addStretch(above)
        whole.addLayout(row)
        whole.addStretch(below)
        self.setWidget(body)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange:
            self._restyle()

    def _restyle(self) -> None:
        style = _scroll_bar_style(shades(self.palette()))
        bar = self.verticalScrollBar()
        if bar.styleSheet() != style:
            bar.setStyleSheet(style)


def _scroll_bar_style(colours: Shades) -> str:
    return f"""
        QScrollBar {{ background: {css(colours.page)}; width: 12px; margin: 0; border: none; }}
        QScrollBar::handle {{ background: {css(colours.border_strong)}; border-radius: 4px; margin: 2px; min-height: 32px; }}
        QScrollBar::handle:hover {{ background: {css(colours.secondary)}; }}
        QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; }}
        QScrollBar::add-page, QScrollBar::sub-page {{ background: none; }}
    """
