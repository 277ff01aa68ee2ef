"""Panels that float over the window's content: inside the window, never modal, with a soft shadow."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from main_process.window import tokens
from main_process.window.theme import theme

SHADOW = 16
"""Room for the shadow on every side of the panel."""


class Card(QFrame):
    """A raised panel. Put things into ``body``; its layout has the margins of the design."""

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._area = parent
        outer = QVBoxLayout(self)
        outer.setContentsMargins(SHADOW, SHADOW // 2, SHADOW, SHADOW)
        panel = QFrame(self)
        panel.setObjectName("card")
        outer.addWidget(panel)
        self.body = QVBoxLayout(panel)
        self.body.setContentsMargins(tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4, tokens.SPACE_4)
        self.body.setSpacing(tokens.SPACE_2)
        self._panel = panel
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        panel = QRectF(self._panel.geometry())
        shadow = QColor(theme().colors.shadow)
        # Many faint layers add up to a blur.
        for spread in range(SHADOW - 4, 0, -2):
            shadow.setAlphaF(0.018 + 0.002 * (SHADOW - spread) / SHADOW)
            painter.setBrush(shadow)
            layer = panel.adjusted(-spread, -spread + 4, spread, spread)
            painter.drawRoundedRect(layer, tokens.RADIUS_LARGE + spread, tokens.RADIUS_LARGE + spread)
        painter.end()


class Popover(Card):
    """A card that closes on Esc, on a press elsewhere, and when the keyboard goes elsewhere.

    Signals:
        dismissed: it was open and is closed now.
    """

    dismissed = Signal()

    def open(self) -> None:
        """Show it on top and give it the keyboard."""
        self.adjustSize()
        self.show()
        self.raise_()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocus(Qt.FocusReason.PopupFocusReason)
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)

    def open_below(self, anchor: QWidget) -> None:
        """Show it with its left edge under that of ``anchor``, within the parent."""
        self.adjustSize()
        corner = anchor.mapTo(self._area, QPoint(-SHADOW, anchor.height() + tokens.SPACE_1 - SHADOW // 2))
        self.move(max(0, min(corner.x(), self._area.width() - self.width())), corner.y())
        self.open()

    def dismiss(self) -> None:
        """Close it."""
        if self.isVisible():
            self.hide()
            self.dismissed.emit()

    def hideEvent(self, event: QEvent) -> None:
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        elsewhere = isinstance(watched, QWidget) and watched is not self and not self.isAncestorOf(watched)
        if elsewhere and event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.FocusIn):
            self.dismiss()
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
        return False
