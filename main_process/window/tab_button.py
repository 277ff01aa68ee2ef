"""One tab of the strip: icon or spinner, title, close button. The strip places it and draws the current one's ground."""

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from main_process.window import icons, spinner, tokens
from main_process.window.buttons import IconButton, paint_focus_ring
from main_process.window.icons import Icon
from main_process.window.page_information import describe
from main_process.window.plain_text import one_line, tool_tip
from main_process.window.tab_interface import Tab, TabState
from main_process.window.theme import theme

CLOSE_SIDE = 22
_PADDING = tokens.SPACE_3
_TITLELESS = {"os://newtab": "New tab"}


class TabButton(QAbstractButton):
    """Shows ``tab``; it decides nothing.

    Signals:
        selected, close_requested, menu_requested(global position): what the person did.
        drag_moved(global x), drag_ended: the pointer pulls it along.
        key_moved(step): an arrow key asks for a neighbour; -1, 1, or ±1000 for the ends.
    """

    selected = Signal()
    close_requested = Signal()
    menu_requested = Signal(QPoint)
    drag_moved = Signal(int)
    drag_ended = Signal()
    key_moved = Signal(int)

    def __init__(self, tab: Tab, parent: QWidget) -> None:
        super().__init__(parent)
        self.tab = tab
        self.setObjectName(f"tab-{tab.tab_id}")
        self.setCheckable(True)
        self._pressed_at: QPoint | None = None
        self._grabbed_at = 0
        self._dragging = False
        self._icon_key = 0
        self._icon = QPixmap()
        self.close_button = IconButton(
            Icon.CLOSE,
            "Close tab",
            self,
            side=CLOSE_SIDE,
            icon_side=14,
            radius=tokens.RADIUS_SMALL,
            on_frame=True,
        )
        self.close_button.setObjectName(f"tab-{tab.tab_id}-close")
        self.close_button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_button.clicked.connect(self.close_requested)
        self.refresh()

    @property
    def dragging(self) -> bool:
        """Whether the pointer holds it."""
        return self._dragging

    @property
    def grabbed_at(self) -> int:
        """Where in it the pointer took hold, in pixels from its left edge."""
        return self._grabbed_at

    def title(self) -> str:
        """What stands on it."""
        tab = self.tab
        return one_line(tab.title) or _TITLELESS.get(tab.url) or one_line(tab.url) or "New tab"

    def set_current(self, current: bool) -> None:
        """Mark it as the one whose page is shown; only that one is in the Tab-key chain."""
        self.setChecked(current)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if current else Qt.FocusPolicy.NoFocus)
        self._place_close_button()
        self.update()

    def refresh(self) -> None:
        """Read the tab again."""
        title = self.title()
        state = "loading" if self.tab.loading else ""
        state = (
            "crashed" if self.tab.state == TabState.CRASHED else "not responding" if self.tab.hung else state
        )
        self.setAccessibleName(f"{title}, {state}" if state else title)
        self.close_button.set_name(f"Close tab {title}")
        self.close_button.setToolTip("Close tab")
        self.setToolTip(tool_tip(title))
        icon = self.tab.icon
        key = icon.cacheKey() if icon is not None else 0
        if key != self._icon_key:
            self._icon_key = key
            self._icon = self._scaled(icon) if icon is not None else QPixmap()
        self.update()

    def nextCheckState(self) -> None:
        """Being current is the strip's to say, not a click's."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place_close_button()
        super().resizeEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._place_close_button()
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._place_close_button()
        self.update()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.globalPosition().toPoint()
            self._grabbed_at = round(event.position().x())
            self.selected.emit()
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._pressed_at is None:
            return
        position = event.globalPosition().toPoint()
        if not self._dragging:
            self._dragging = abs(position.x() - self._pressed_at.x()) >= QApplication.startDragDistance()
        if self._dragging:
            self.drag_moved.emit(position.x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton:
            self._end_drag()
        elif event.button() == Qt.MouseButton.MiddleButton and inside:
            self.close_requested.emit()
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self._end_drag()
        self.menu_requested.emit(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Home: -1000, Qt.Key.Key_End: 1000}
        if key in steps and not event.modifiers():
            self.key_moved.emit(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.selected.emit()
        elif key == Qt.Key.Key_Delete:
            self.close_requested.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = self.height() - tokens.TAB_HEIGHT
        pill = QRectF(2, top + 1, self.width() - 4, tokens.TAB_HEIGHT - 5)
        current = self.isChecked()
        if self._dragging:
            # It slides over others, so the ground that the rail draws for it is not enough.
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.toolbar))
            painter.drawRoundedRect(
                QRectF(0, top, self.width(), self.height()), tokens.RADIUS_MEDIUM, tokens.RADIUS_MEDIUM
            )
        elif not current and self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colors.frame_hover))
            painter.drawRoundedRect(pill, tokens.RADIUS_MEDIUM, tokens.RADIUS_MEDIUM)
        if self.hasFocus():
            paint_focus_ring(painter, pill, tokens.RADIUS_MEDIUM)
        middle = top + (tokens.TAB_HEIGHT - 3) / 2
        icon_rect = QRectF(_PADDING, middle - tokens.ICON_SIDE / 2, tokens.ICON_SIDE, tokens.ICON_SIDE)
        self._paint_icon(painter, icon_rect)
        left = round(icon_rect.right()) + tokens.SPACE_2
        right = (
            self.close_button.x() - tokens.SPACE_1
            if self.close_button.isVisibleTo(self)
            else self.width() - _PADDING
        )
        title_rect = QRect(left, top, max(0, right - left), tokens.TAB_HEIGHT - 3)
        painter.setFont(self.font())
        painter.setPen(QColor(colors.text if current else colors.text_secondary))
        shown = QFontMetrics(self.font()).elidedText(
            self.title(), Qt.TextElideMode.ElideRight, title_rect.width()
        )
        painter.drawText(title_rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.end()

    def _paint_icon(self, painter: QPainter, rect: QRectF) -> None:
        colors = theme().colors
        if self.tab.state == TabState.CRASHED:
            icons.paint(painter, Icon.CRASH, rect, QColor(colors.danger))
        elif self.tab.hung:
            icons.paint(painter, Icon.HANG, rect, QColor(colors.warning))
        elif self.tab.loading:
            spinner.paint(painter, rect.adjusted(1, 1, -1, -1), QColor(colors.accent))
        elif self.tab.state == TabState.LOAD_FAILED:
            icons.paint(painter, Icon.WARNING, rect, QColor(colors.text_secondary))
        elif not self._icon.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(rect, self._icon, QRectF(self._icon.rect()))
        else:
            information = describe(self.tab.url)
            icon = (
                Icon.PAGE
                if information.icon in (Icon.SECURE, Icon.NOT_SECURE, Icon.SEARCH)
                else information.icon
            )
            icons.paint(painter, icon, rect, QColor(colors.text_secondary))

    def _place_close_button(self) -> None:
        top = self.height() - tokens.TAB_HEIGHT
        y = top + (tokens.TAB_HEIGHT - 3 - CLOSE_SIDE) // 2
        self.close_button.move(self.width() - CLOSE_SIDE - 7, y)
        roomy = self.width() > tokens.TAB_MINIMUM_WIDTH + CLOSE_SIDE
        self.close_button.setVisible(self.isChecked() or self.underMouse() or roomy)

    def _end_drag(self) -> None:
        self._pressed_at = None
        if self._dragging:
            self._dragging = False
            self.drag_ended.emit()

    def _scaled(self, icon: QImage) -> QPixmap:
        side = round(tokens.ICON_SIDE * self.devicePixelRatioF() * 2)
        fitted = icon.scaled(
            side, side, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        return QPixmap.fromImage(fitted)
