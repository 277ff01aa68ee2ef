"""Every setting by category, searchable. Which there are stands in ``shared.settings`` alone."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

import browser_os
from renderer.pages.design import RADIUS, SPACE, shades
from renderer.pages.label import Label
from renderer.pages.scroll_page import ScrollPage
from renderer.pages.settings.field import Field
from renderer.pages.settings.row import Row
from shared.settings import SETTINGS, Setting


def page(context: browser_os.Page) -> QWidget:
    """The entry point."""
    return SettingsPage(context)


class SettingsPage(ScrollPage):
    """The whole page. ``rows`` are its settings by key."""

    def __init__(self, context: browser_os.Page, settings: tuple[Setting, ...] = SETTINGS) -> None:
        super().__init__("Settings")
        self.rows = {setting.key: Row(context, setting) for setting in settings}
        names = dict.fromkeys(setting.category for setting in settings)  # in the declaration's order
        self.categories = [
            Category(name, [row for row in self.rows.values() if row.setting.category == name])
            for name in names
        ]
        self.search = SearchField()
        self.search.textChanged.connect(self._on_search_text_changed)
        self.nothing = Label(shade="secondary")
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.nothing.hide()
        self.set_column(self._column())
        self.setFocusProxy(self.search)
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self.search.setFocus)
        context.settings.watch(self._on_settings_state)
        browser_os.start(self._load(context))

    def _column(self) -> QLayout:
        header = QHBoxLayout()
        header.addWidget(Label("Settings", scale=2.0, weight=QFont.Weight.DemiBold, wrap=False))
        header.addStretch()
        header.addWidget(self.search)
        column = QVBoxLayout()
        column.addLayout(header)
        column.addSpacing(SPACE * 2)
        for category in self.categories:
            column.addWidget(category)
        column.addWidget(self.nothing)
        return column

    async def _load(self, context: browser_os.Page) -> None:
        try:
            self._on_settings_state(await context.settings.get())
        except browser_os.IPCError as error:
            self.nothing.setText(f"The settings could not be read: {error.message}")
            self.nothing.show()

    def _on_settings_state(self, state: browser_os.SettingsValues) -> None:
        for key, row in self.rows.items():
            if key in state.values:
                row.show_value(state.values[key], modified=key in state.modified)

    def _on_search_text_changed(self, typed: str) -> None:
        for category in self.categories:
            category.filter(typed)
        found = any(category.is_any_shown for category in self.categories)
        self.nothing.setText(f"No setting matches “{typed.strip()}”.")
        self.nothing.setVisible(not found)


class SearchField(Field):
    """What is typed here filters the page."""

    def __init__(self) -> None:
        super().__init__(left=34, height=36)
        self.setPlaceholderText("Search settings")
        self.setAccessibleName("Search settings")
        self.setClearButtonEnabled(True)
        self.setFixedWidth(260)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        glass = browser_os.icon("search", shades(self.palette()).secondary)
        painter.drawPixmap(
            12, (self.height() - 16) // 2, glass.pixmap(QSize(16, 16), self.devicePixelRatioF())
        )


class Category(QWidget):
    """A heading and a card with the rows below it."""

    def __init__(self, name: str, rows: list[Row]) -> None:
        super().__init__()
        self._rows = rows
        self._card = RowsCard(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, SPACE * 2)
        column.setSpacing(SPACE)
        column.addWidget(Label(name, shade="secondary", scale=0.92, weight=QFont.Weight.DemiBold))
        column.addWidget(self._card)

    @property
    def is_any_shown(self) -> bool:
        """Whether a row of it matches."""
        return any(not row.isHidden() for row in self._rows)

    def filter(self, typed: str) -> None:
        """Show the rows that match ``typed``, and itself if there is one."""
        for row in self._rows:
            row.setVisible(row.matches(typed))
        self.setVisible(self.is_any_shown)
        self._card.update()


class RowsCard(QWidget):
    """Rows on one rounded ground, with lines between them."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__()
        self._rows = rows
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = shades(self.palette())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.border, 1))
        painter.setBrush(colours.card)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        for row in [row for row in self._rows if not row.isHidden()][1:]:
            y = row.geometry().top() + 0.5
            painter.drawLine(QPointF(SPACE * 3, y), QPointF(self.width() - SPACE * 3, y))
