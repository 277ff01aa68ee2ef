"""Puts the shell's appearance on the page's QApplication: palette, font, colour scheme."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication

from shared.channels.system import Appearance, ColorScheme

_SCHEMES = {ColorScheme.LIGHT: Qt.ColorScheme.Light, ColorScheme.DARK: Qt.ColorScheme.Dark}


def apply(appearance: Appearance, application: QApplication) -> None:
    """Make every widget of ``application``, present and future, look as ``appearance`` says."""
    application.styleHints().setColorScheme(_SCHEMES[appearance.scheme])
    if application.style().name() != "fusion":
        application.setStyle("Fusion")  # the one that paints from the palette everywhere
    application.setPalette(palette_of(appearance))
    if appearance.font_family:
        font = QFont(appearance.font_family)
        if appearance.font_size > 0:
            font.setPointSizeF(appearance.font_size)
        application.setFont(font)


def palette_of(appearance: Appearance) -> QPalette:
    """The QPalette of ``appearance``; role names that Qt does not know are left out, disabled text is dimmed."""
    palette = QPalette()
    for name, colour in appearance.palette.items():
        role = getattr(QPalette.ColorRole, name, None)
        if isinstance(role, QPalette.ColorRole) and role.name not in ("NoRole", "NColorRoles"):
            palette.setColor(QPalette.ColorGroup.All, role, QColor(colour))
    for text, behind in _TEXTS.items():
        dimmed = mixed(palette.color(text), palette.color(behind), 0.55)
        palette.setColor(QPalette.ColorGroup.Disabled, text, dimmed)
    return palette


_TEXTS = {
    QPalette.ColorRole.WindowText: QPalette.ColorRole.Window,
    QPalette.ColorRole.Text: QPalette.ColorRole.Base,
    QPalette.ColorRole.ButtonText: QPalette.ColorRole.Button,
}


def mixed(colour: QColor, other: QColor, share: float) -> QColor:
    """``colour`` with ``share`` (0 to 1) of it replaced by ``other``."""
    return QColor.fromRgbF(
        colour.redF() * (1 - share) + other.redF() * share,
        colour.greenF() * (1 - share) + other.greenF() * share,
        colour.blueF() * (1 - share) + other.blueF() * share,
    )
