"""Buttons of the chrome that paint themselves: an icon, a round ground under the pointer, a ring for focus."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAction, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QPushButton, QWidget

from main_process.window import icons, tokens
from main_process.window.actions import shortcut_text
from main_process.window.icons import Icon
from main_process.window.plain_text import tool_tip
from main_process.window.theme import theme


class IconButton(QAbstractButton):
    """A square button with one icon. ``on_frame`` chooses the hover colours for the ground it stands on."""

    def __init__(
        self,
        icon: Icon,
        name: str,
        parent: QWidget | None = None,
        *,
        side: int = tokens.BUTTON_SIDE,
        icon_side: int = tokens.TOOLBAR_ICON_SIDE,
        radius: float | None = None,
        on_frame: bool = False,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self._icon = icon
        self._icon_side = icon_side
        self._radius = side / 2 if radius is None else radius
        self._on_frame = on_frame
        self._action: QAction | None = None
        self.setFixedSize(side, side)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_name(name)
        theme().changed.connect(self.update)

    def set_name(self, name: str, shortcut: str = "") -> None:
        """What a screen reader says and the tool tip shows."""
        self.setAccessibleName(name)
        self.setToolTip(tool_tip(f"{name} ({shortcut})" if shortcut else name))

    def set_icon(self, icon: Icon) -> None:
        """Show another icon."""
        if icon is not self._icon:
            self._icon = icon
            self.update()

    def bind(self, action: QAction) -> None:
        """Trigger ``action`` and follow whether it is enabled."""
        if self._action is not None:
            self._action.changed.disconnect(self._on_action_changed)
            self.clicked.disconnect(self._action.trigger)
        self._action = action
        action.changed.connect(self._on_action_changed)
        self.clicked.connect(action.trigger)
        self._on_action_changed()

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def paintEvent(self, event: QPaintEvent) -> None:
        colors = theme().colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isEnabled() and (self.isDown() or self.isChecked()):
            painter.setBrush(QColor(colors.frame_pressed if self._on_frame else colors.pressed))
            painter.drawRoundedRect(area, self._radius, self._radius)
        elif self.isEnabled() and self.underMouse():
            painter.setBrush(QColor(colors.frame_hover if self._on_frame else colors.hover))
            painter.drawRoundedRect(area, self._radius, self._radius)
        if self.hasFocus():
            paint_focus_ring(painter, area, self._radius)
        color = colors.text_secondary if self.isEnabled() else colors.text_disabled
        if self.isEnabled() and self.underMouse():
            color = colors.text
        inset = (self.width() - self._icon_side) / 2
        icons.paint(painter, self._icon, area.adjusted(inset, inset, -inset, -inset), QColor(color))
        painter.end()

    def _on_action_changed(self) -> None:
        if self._action is not None:
            self.setEnabled(self._action.isEnabled())
            self.set_name(self._action.text(), shortcut_text(self._action))


def paint_focus_ring(painter: QPainter, area: QRectF, radius: float) -> None:
    """The ring that says where the keyboard is, inside ``area``."""
    half = tokens.FOCUS_WIDTH / 2
    painter.save()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(theme().color("accent"), tokens.FOCUS_WIDTH))
    painter.drawRoundedRect(area.adjusted(half, half, -half, -half), radius - half, radius - half)
    painter.restore()


def push_button(text: str, name: str, *, primary: bool = False, small: bool = False) -> QPushButton:
    """A button with words. ``name`` is its objectName; ``primary`` marks the one thing most people want."""
    button = QPushButton(text)
    button.setObjectName(name)
    button.setAutoDefault(True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    if primary:
        button.setProperty("kind", "primary")
    elif small:
        button.setProperty("kind", "small")
    return button
