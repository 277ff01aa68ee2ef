"""The effective theme: which scheme is in force, its palette and style sheet, and the news of a switch."""

from enum import StrEnum

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from main_process.window import tokens
from main_process.window.style_sheet import style_sheet
from main_process.window.tokens import Colors
from shared.channels.system import Appearance, ColorScheme


class ThemeChoice(StrEnum):
    """Values of the setting ``appearance.theme``."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class Theme(QObject):
    """What everything drawn by main looks like. One per process: ``theme()``.

    Signals:
        changed: another scheme or font is in force; palette and style sheet are already applied.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._choice = ThemeChoice.SYSTEM
        self._applied: ColorScheme | None = None
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_style_hints_color_scheme_changed)

    @property
    def choice(self) -> ThemeChoice:
        """What the setting says."""
        return self._choice

    @property
    def scheme(self) -> ColorScheme:
        """What is in force: the choice, or the system's where that is the choice."""
        if self._choice is ThemeChoice.SYSTEM:
            dark = QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark
            return ColorScheme.DARK if dark else ColorScheme.LIGHT
        return ColorScheme(self._choice.value)

    @property
    def colors(self) -> Colors:
        """The colours in force."""
        return tokens.COLORS[self.scheme]

    def color(self, name: str) -> QColor:
        """The colour token ``name``, for painting."""
        return QColor(getattr(self.colors, name))

    def set_choice(self, choice: ThemeChoice | str) -> None:
        """Follow the setting. Raises ValueError for anything but its three values."""
        self._choice = ThemeChoice(choice)
        self.apply()

    def apply(self) -> None:
        """Put the effective scheme on the application, if it is not there already."""
        scheme = self.scheme
        if scheme is self._applied:
            return
        first = self._applied is None
        self._applied = scheme
        application = QApplication.instance()
        if isinstance(application, QApplication):
            if first:
                application.setStyle("Fusion")
                application.setFont(font(tokens.FONT_BODY))
            application.setPalette(palette(self.colors))
            application.setStyleSheet(style_sheet(self.colors))
        self.changed.emit()

    def appearance(self) -> Appearance:
        """The same for pages, in their own renderers."""
        own_palette = palette(self.colors)
        roles = [role for role in QPalette.ColorRole if role.name not in ("NoRole", "NColorRoles")]
        return Appearance(
            scheme=self.scheme,
            palette={role.name: own_palette.color(QPalette.ColorGroup.Active, role).name() for role in roles},
            font_family=family(),
            font_size=tokens.FONT_BODY,
        )

    def _on_style_hints_color_scheme_changed(self) -> None:
        self.apply()


_theme: Theme | None = None


def theme() -> Theme:
    """The process's one theme; needs a QApplication."""
    global _theme
    if _theme is None:
        _theme = Theme()
    return _theme


def appearance() -> Appearance:
    """What pages should look like now."""
    return theme().appearance()


def family() -> str:
    """The chrome's font family: the first installed of the design's, else the system's."""
    installed = set(QFontDatabase.families())
    general = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    return next((name for name in tokens.FONT_FAMILIES if name in installed), general)


def font(size: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The chrome's font at ``size`` points."""
    result = QFont(family())
    result.setPointSizeF(size)
    result.setWeight(weight)
    return result


def monospace_font(size: float) -> QFont:
    """For codes, addresses' details and preformatted text."""
    installed = set(QFontDatabase.families())
    fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    result = QFont(next((name for name in tokens.MONOSPACE_FAMILIES if name in installed), fixed))
    result.setStyleHint(QFont.StyleHint.Monospace)
    result.setPointSizeF(size)
    return result


def palette(colors: Colors) -> QPalette:
    """A whole QPalette from tokens, every group and role set."""
    role = QPalette.ColorRole
    every = {
        role.Window: colors.page,
        role.WindowText: colors.text,
        role.Base: colors.page,
        role.AlternateBase: colors.code,
        role.Text: colors.text,
        role.PlaceholderText: colors.text_secondary,
        role.Button: colors.raised,
        role.ButtonText: colors.text,
        role.BrightText: colors.danger,
        role.ToolTipBase: colors.raised,
        role.ToolTipText: colors.text,
        role.Light: colors.raised,
        role.Midlight: colors.hover,
        role.Mid: colors.border,
        role.Dark: colors.border_strong,
        role.Shadow: colors.shadow,
        role.Highlight: colors.selection,
        role.HighlightedText: colors.on_selection,
        role.Link: colors.accent,
        role.LinkVisited: colors.accent_pressed,
        role.Accent: colors.accent,
    }
    result = QPalette()
    for name, value in every.items():
        result.setColor(QPalette.ColorGroup.All, name, QColor(value))
    for name in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, name, QColor(colors.text_disabled))
    return result
