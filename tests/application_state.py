"""The one QApplication of the run: each test finds it as if it were the first."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

_STYLE = "fusion"
"""What Qt starts with on its offscreen platform."""


def restore() -> None:
    """Undoes what a test's theme did to colours, style and life time; does nothing where nothing changed."""
    application = QCoreApplication.instance()
    if not isinstance(application, QApplication):
        return
    if application.styleSheet():
        application.setStyleSheet("")
    if application.style().objectName().lower() != _STYLE:
        application.setStyle(_STYLE)
    hints = application.styleHints()
    if hints.colorScheme() is not Qt.ColorScheme.Unknown:
        hints.unsetColorScheme()
    if QCoreApplication.testAttribute(Qt.ApplicationAttribute.AA_SetPalette):
        application.setPalette(QPalette())
    if not application.quitOnLastWindowClosed():
        application.setQuitOnLastWindowClosed(True)
