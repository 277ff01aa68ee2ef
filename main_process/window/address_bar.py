"""The address bar: page information, the address, and how far the page is loaded."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QWidget

from main_process.window import icons, tokens
from main_process.window.address_edit import AddressEdit
from main_process.window.buttons import paint_focus_ring
from main_process.window.page_information import PageInformation, Security, describe
from main_process.window.plain_text import one_line
from main_process.window.theme import theme

_PROGRESS_HEIGHT = 2


class InformationButton(QAbstractButton):
    """How the page came here: an icon, and words where they matter. Opens the popover that says more."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName("page-information")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._information = describe("")
        theme().changed.connect(self.update)

    @property
    def information(self) -> PageInformation:
        """What it stands for now."""
        return self._information

    def set_information(self, information: PageInformation) -> None:
        """Show another page's."""
        self._information = information
        self.setEnabled(information.security is not Security.NONE)
        self.setAccessibleName(f"Page information: {information.title}")
        self.setToolTip("" if information.security is Security.NONE else "Page information")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        width = tokens.ICON_SIDE + 2 * tokens.SPACE_2
        if self._information.label:
            metrics = QFontMetrics(self.font())
            width += metrics.horizontalAdvance(one_line(self._information.label)) + tokens.SPACE_1 + 2
        return QSize(width, tokens.ADDRESS_HEIGHT - 8)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        radius = area.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        labelled = bool(self._information.label)
        if self.isEnabled() and (self.isDown() or self.underMouse()):
            painter.setBrush(QColor(colors.pressed))
            painter.drawRoundedRect(area, radius, radius)
        elif labelled:
            painter.setBrush(QColor(colors.toolbar))
            painter.drawRoundedRect(area, radius, radius)
        if self.hasFocus():
            paint_focus_ring(painter, area, radius)
        warning = self._information.security is Security.NOT_SECURE and labelled
        color = QColor(colors.warning if warning else colors.text_secondary)
        icon = QRectF(
            tokens.SPACE_2, (area.height() - tokens.ICON_SIDE) / 2, tokens.ICON_SIDE, tokens.ICON_SIDE
        )
        icons.paint(painter, self._information.icon, icon, color)
        if labelled:
            painter.setPen(color)
            painter.setFont(self.font())
            text = area.adjusted(icon.right() + tokens.SPACE_1, 0, 0, 0)
            painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, one_line(self._information.label))
        painter.end()


class AddressBar(QWidget):
    """The field with its parts.

    Signals:
        information_requested: the page information button was pressed.
    """

    information_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setObjectName("address-bar")
        self.setFixedHeight(tokens.ADDRESS_HEIGHT)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.information_button = InformationButton(self)
        self.information_button.setCursor(Qt.CursorShape.ArrowCursor)
        self.information_button.clicked.connect(self.information_requested)
        self.edit = AddressEdit(self)
        self.edit.focused.connect(self._on_edit_focused)
        self.edit.textChanged.connect(self._on_edit_text_changed)
        self._progress: float | None = None
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.SPACE_1, 0, tokens.SPACE_4, 0)
        layout.setSpacing(tokens.SPACE_1)
        layout.addWidget(self.information_button)
        layout.addWidget(self.edit, 1)
        self.set_url("")
        theme().changed.connect(self.update)

    @property
    def progress(self) -> float | None:
        """0 to 1 while the page loads, else None."""
        return self._progress

    def set_url(self, url: str) -> None:
        """The page has this address now."""
        self.edit.set_url(url)
        self._on_edit_text_changed()

    def set_progress(self, progress: float | None) -> None:
        """How far the page is loaded; None when it is."""
        # nan and infinities cannot come: the contract refuses them. Out of range can.
        value = None if progress is None else max(0.0, min(1.0, progress))
        if value != self._progress:
            self._progress = value
            self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        radius = area.height() / 2
        focused = self.edit.hasFocus()
        ground = colors.toolbar if focused else colors.field_hover if self.underMouse() else colors.field
        path = QPainterPath()
        path.addRoundedRect(area, radius, radius)
        painter.fillPath(path, QColor(ground))
        if self._progress is not None:
            painter.save()
            painter.setClipPath(path)
            line = QRectF(
                0, area.height() - _PROGRESS_HEIGHT, area.width() * self._progress, _PROGRESS_HEIGHT
            )
            painter.fillRect(line, QColor(colors.accent))
            painter.restore()
        if focused:
            painter.setPen(QPen(QColor(colors.accent), tokens.FOCUS_WIDTH))
            painter.drawRoundedRect(area.adjusted(1, 1, -1, -1), radius - 1, radius - 1)
        painter.end()

    def _on_edit_focused(self, focused: bool) -> None:
        self.update()

    def _on_edit_text_changed(self) -> None:
        # What is being typed is no page: nothing is said about it.
        self.information_button.set_information(describe("" if self.edit.edited else self.edit.url))
