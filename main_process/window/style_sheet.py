"""The style sheet of the standard widgets, generated from tokens. What paints itself is not in it."""

from dataclasses import asdict
from string import Template

from main_process.window import tokens
from main_process.window.tokens import Colors

_SHEET = Template(
    """
QMainWindow, #window-body { background: $frame; }
#toolbar { background: $toolbar; border: none; border-bottom: 1px solid $border; }
#content, TabContent { background: $page; }

QToolTip {
    background: $raised; color: $text; border: 1px solid $border_strong;
    padding: 1px 4px; font-size: ${font_small}pt;
}

QMenu {
    background: $raised; color: $text; border: 1px solid $border_strong; border-radius: ${radius_medium}px;
    padding: ${space_1}px 0; font-size: ${font_body}pt; min-width: 240px;
}
QMenu::item { padding: 7px ${space_5}px 7px ${space_3}px; background: transparent; }
QMenu::icon { padding-left: ${space_3}px; }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $text_disabled; }
QMenu::separator { height: 1px; background: $border; margin: ${space_1}px 0; }

QPushButton {
    background: $raised; color: $text; border: 1px solid $border_strong; border-radius: ${radius_medium}px;
    padding: 6px ${space_4}px; min-height: 20px; font-size: ${font_body}pt; font-weight: 500;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 15px; }
QPushButton:disabled { color: $text_disabled; border-color: $border; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:pressed { background: $accent_pressed; border-color: $accent_pressed; }
QPushButton[kind="primary"]:focus { border: 2px solid $selection; padding: 5px 15px; }
QPushButton[kind="small"] { padding: 3px ${space_3}px; min-height: 18px; border-radius: ${radius_small}px; }
QPushButton[kind="small"]:focus { border: 2px solid $accent; padding: 2px 11px; }

#infobar { background: $accent_soft; border: none; border-bottom: 1px solid $border; }
#infobar[kind="warning"] { background: $warning_soft; }
#infobar QLabel { color: $text; }

#status, #notice {
    background: $raised; color: $text_secondary; border: 1px solid $border_strong;
    border-radius: ${radius_small}px; padding: 4px ${space_2}px; font-size: ${font_small}pt;
}
#notice { color: $text; padding: ${space_2}px ${space_4}px; border-radius: 17px; font-size: ${font_body}pt; }

#hint {
    background: $danger_soft; color: $text; border: 1px solid $border_strong;
    border-radius: ${radius_medium}px; padding: ${space_2}px ${space_3}px; font-size: ${font_body}pt;
}
#private, #inspected { background: $accent_soft; color: $accent; border-radius: 10px; padding: 4px ${space_3}px; font-weight: 600; }

#card { background: $raised; border: 1px solid $border_strong; border-radius: ${radius_large}px; }
#card QLabel { color: $text; }
QLabel[kind="title"] { font-size: ${font_title}pt; font-weight: 600; color: $text; }
QLabel[kind="heading"] { font-size: ${font_heading}pt; font-weight: 600; color: $text; }
QLabel[kind="body"] { font-size: ${font_body}pt; color: $text; }
QLabel[kind="secondary"], #card QLabel[kind="secondary"] { font-size: ${font_body}pt; color: $text_secondary; }
QLabel[kind="code"] {
    background: $code; color: $text_secondary; border-radius: ${radius_small}px; padding: 4px ${space_2}px;
}

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $border_strong; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar::handle:vertical:hover { background: $text_disabled; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)


def style_sheet(colors: Colors) -> str:
    """The whole sheet for one scheme. Raises KeyError if it names a token that does not exist."""
    lengths = {
        name.lower(): value
        for name, value in vars(tokens).items()
        if isinstance(value, int | float) and name.isupper()
    }
    return _SHEET.substitute(asdict(colors), **lengths)
