"""The window's look, light and dark: the chrome's own colours, so that both are of one house."""

from dataclasses import dataclass
from enum import StrEnum
from string import Template
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

SPACE: Final = 8
"""Between things, in device-independent pixels; half of it within them."""
ROW_HEIGHT: Final = 24


class Scheme(StrEnum):
    """What ``--theme`` takes."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True)
class Colors:
    """Names say the purpose; those of ``main_process.window.tokens``, whose values they have."""

    toolbar: str
    field: str
    page: str
    raised: str
    code: str
    border: str
    border_strong: str
    text: str
    text_secondary: str
    text_disabled: str
    hover: str
    pressed: str
    accent: str
    accent_soft: str
    selection: str
    on_selection: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str


LIGHT: Final = Colors(
    toolbar="#fcfcfd",
    field="#eff1f5",
    page="#ffffff",
    raised="#ffffff",
    code="#f3f4f7",
    border="#e2e4ea",
    border_strong="#c9cdd6",
    text="#1a1c21",
    text_secondary="#5a606d",
    text_disabled="#a3a8b3",
    hover="#eceef2",
    pressed="#e0e3e9",
    accent="#2f5fe0",
    accent_soft="#e9effd",
    selection="#c4d5fb",
    on_selection="#1a1c21",
    warning="#8a5300",
    warning_soft="#fff3dc",
    danger="#c0272d",
    danger_soft="#fdeaea",
)
DARK: Final = Colors(
    toolbar="#24262b",
    field="#17181c",
    page="#1b1c20",
    raised="#2b2d33",
    code="#26282e",
    border="#33363d",
    border_strong="#4a4e58",
    text="#e4e6eb",
    text_secondary="#a2a8b4",
    text_disabled="#666b76",
    hover="#33363d",
    pressed="#3e424a",
    accent="#8ab0ff",
    accent_soft="#26324c",
    selection="#35518c",
    on_selection="#ffffff",
    warning="#f2c063",
    warning_soft="#3a3020",
    danger="#ff8a85",
    danger_soft="#40262a",
)

_SHEET: Final = Template(
    """
#toolbar { background: $toolbar; border-bottom: 1px solid $border; }
#footer { background: $toolbar; border-top: 1px solid $border; }
#footer QLabel { color: $text_secondary; }
#footer QLabel[kind="warning"] { color: $warning; font-weight: 600; }
#notice { background: $accent_soft; border-bottom: 1px solid $border; }
#notice[kind="danger"] { background: $danger_soft; }
#notice QLabel { color: $text; }
QLineEdit#filter {
    background: $field; color: $text; border: 1px solid $border_strong; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $selection; selection-color: $on_selection;
}
QLineEdit#filter:focus { border: 1px solid $accent; }
QLineEdit#filter[invalid="true"] { border: 1px solid $danger; }
QPushButton {
    background: $raised; color: $text; border: 1px solid $border_strong; border-radius: 6px; padding: 5px 12px;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border-color: $accent; }
QPushButton:checked { background: $accent_soft; border-color: $accent; }
QPushButton:disabled { color: $text_disabled; border-color: $border; }
QTableView, QTreeView, QPlainTextEdit {
    background: $page; color: $text; border: none;
    selection-background-color: $selection; selection-color: $on_selection;
}
QTreeView::item { padding: 2px 0; }
QTableView::item { padding: 0 6px; }
QHeaderView { background: $toolbar; }
QHeaderView::section {
    background: $toolbar; color: $text_secondary; border: none; border-bottom: 1px solid $border; padding: 5px 8px;
}
QTabWidget::pane { border: none; border-top: 1px solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; color: $text_secondary; padding: 6px 12px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; }
QTabBar::tab:hover { color: $text; }
QSplitter::handle { background: $border; }
QLabel[kind="heading"] { font-weight: 600; color: $text; }
QLabel[kind="secondary"] { color: $text_secondary; }
QLabel[kind="danger"] { color: $danger; font-weight: 600; }
QLabel[kind="warning"] { color: $warning; font-weight: 600; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $border_strong; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $border_strong; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)


def colors(scheme: Scheme) -> Colors:
    """The colours of ``scheme``; of the system's present one for ``SYSTEM``."""
    if scheme is Scheme.SYSTEM:
        dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if scheme is Scheme.DARK else LIGHT


def apply(application: QApplication, chosen: Colors) -> None:
    """Put ``chosen`` on the whole application."""
    application.setStyle("Fusion")
    application.setPalette(_palette(chosen))
    application.setStyleSheet(_SHEET.substitute(vars(chosen)))


def monospace() -> QFont:
    """For payloads, bytes and identifiers."""
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)


def _palette(chosen: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette()
    for name, value in {
        role.Window: chosen.page,
        role.WindowText: chosen.text,
        role.Base: chosen.page,
        role.AlternateBase: chosen.code,
        role.Text: chosen.text,
        role.PlaceholderText: chosen.text_secondary,
        role.Button: chosen.raised,
        role.ButtonText: chosen.text,
        role.ToolTipBase: chosen.raised,
        role.ToolTipText: chosen.text,
        role.Mid: chosen.border,
        role.Dark: chosen.border_strong,
        role.Highlight: chosen.selection,
        role.HighlightedText: chosen.on_selection,
        role.Link: chosen.accent,
    }.items():
        palette.setColor(QPalette.ColorGroup.All, name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, name, QColor(chosen.text_disabled))
    return palette
