"""The text of the address bar: edited as it is, shown with its host standing out while nobody edits it."""

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from main_process.window.address import NEW_TAB_URL
from main_process.window.page_information import AddressParts, parts_of
from main_process.window.theme import theme
from shared.limits import MAX_URL

_TEXT_MARGIN = 2
"""QLineEdit draws its text this far from its edge."""


class AddressEdit(QLineEdit):
    """Only main writes it: ``set_url`` with what the tab's page reported and main accepted.

    Signals:
        committed(str, bool): Enter; the flag says whether Alt asked for a new tab.
        reverted: Esc put the page's address back, or found it there already.
        focused(bool): the keyboard came or went.
    """

    committed = Signal(str, bool)
    reverted = Signal()
    focused = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("address")
        self.setAccessibleName("Address")
        self.setPlaceholderText("Search or type an address")
        self.setFrame(False)
        self.setMaxLength(MAX_URL)
        self.setDragEnabled(True)
        self.setStyleSheet("background: transparent; border: none; padding: 0;")
        self._url = ""
        self._select_on_release = False
        theme().changed.connect(self.update)

    @property
    def url(self) -> str:
        """The page's address, whatever is being typed."""
        return self._url

    @property
    def edited(self) -> bool:
        """Whether the text is not the page's address."""
        return self.text() != self._shown_url()

    def set_url(self, url: str) -> None:
        """The page has this address now. What a person is typing stays."""
        keep = self.hasFocus() and self.edited
        all_selected = self.hasSelectedText() and len(self.selectedText()) == len(self.text())
        self._url = url
        if not keep and self.text() != self._shown_url():
            self.setText(self._shown_url())
            self.setCursorPosition(0)
            if all_selected and self.hasFocus():
                self.selectAll()
        self.update()

    def show_url(self) -> None:
        """Forget what was typed."""
        self.setText(self._shown_url())
        self.setCursorPosition(0)

    def display_parts(self) -> AddressParts:
        """What is shown while nobody edits."""
        return parts_of(self._url) if self._shown_url() else AddressParts("", "", "")

    def event(self, event: QEvent) -> bool:
        escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if escape and event.type() == QEvent.Type.ShortcutOverride and self.edited:
            # Esc puts the address back before it stops the page.
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.show_url()
            self.selectAll()
            self.reverted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.committed.emit(self.text(), bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.MouseFocusReason:
            self._select_on_release = True
        elif event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.selectAll()
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self.deselect()
        self.focused.emit(False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if self._select_on_release and not self.hasSelectedText():
            self.selectAll()
        self._select_on_release = False

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.hasFocus() or self.edited or not self.text():
            super().paintEvent(event)
            return
        colors = theme().colors
        parts = self.display_parts()
        painter = QPainter(self)
        painter.setFont(self.font())
        metrics = QFontMetrics(self.font())
        area = self.rect().adjusted(_TEXT_MARGIN, 0, -_TEXT_MARGIN, 0)
        # A host too long for the bar loses its beginning: its end says whose it is.
        host = metrics.elidedText(
            parts.host, Qt.TextElideMode.ElideLeft, area.width() - metrics.horizontalAdvance(parts.before)
        )
        x = area.left()
        host_color = colors.text
        rest_color = colors.text_secondary if parts.host else colors.text
        for text, color in ((parts.before, rest_color), (host, host_color), (parts.after, rest_color)):
            room = area.right() + 1 - x
            if not text or room <= 0:
                continue
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            painter.setPen(QColor(color))
            rect = QRect(x, area.top(), room, area.height())
            painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
            x += metrics.horizontalAdvance(shown)
        painter.end()

    def _shown_url(self) -> str:
        return "" if self._url == NEW_TAB_URL else self._url
