"""The strip of tabs: order, places, dragging, scrolling. It owns no tab; it shows those it was given."""

from PySide6.QtCore import QEasingCurve, QEvent, QPoint, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from main_process.window import spinner, tokens
from main_process.window.buttons import IconButton
from main_process.window.icons import Icon
from main_process.window.tab_button import TabButton
from main_process.window.tab_interface import Tab
from main_process.window.tab_rail import FADE_WIDTH, FLARE, EdgeFade, TabRail
from main_process.window.theme import theme

_BUTTON = 28
_BUTTON_SPACE = _BUTTON + tokens.SPACE_1


class TabStrip(QWidget):
    """Tabs in a row, the button for a new one, and a list of all where they do not fit.

    Signals:
        tab_selected(Tab), tab_close_requested(Tab): the window and the shell do it.
        tab_moved(Tab, int): dragged to another place; the strip has it there already.
        tab_menu_requested(Tab, QPoint), list_requested(QPoint): at global positions.
        new_tab_requested.
    """

    tab_selected = Signal(object)
    tab_close_requested = Signal(object)
    tab_moved = Signal(object, int)
    tab_menu_requested = Signal(object, QPoint)
    list_requested = Signal(QPoint)
    new_tab_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tab-strip")
        self.setAccessibleName("Tabs")
        self.setFixedHeight(tokens.TAB_STRIP_HEIGHT)
        self.buttons: list[TabButton] = []
        self._current: Tab | None = None
        self._offset = 0
        self._frozen_width: int | None = None
        self._starts: dict[TabButton, int] = {}
        self._rail = TabRail(self, self.buttons)
        self._fades = (EdgeFade(self, at_left=True), EdgeFade(self, at_left=False))
        self.new_button = IconButton(
            Icon.ADD, "New tab", self, side=_BUTTON, icon_side=18, radius=tokens.RADIUS_MEDIUM, on_frame=True
        )
        self.new_button.setObjectName("new-tab")
        self.new_button.clicked.connect(self.new_tab_requested)
        self.list_button = IconButton(
            Icon.DOWN,
            "List all tabs",
            self,
            side=_BUTTON,
            icon_side=16,
            radius=tokens.RADIUS_MEDIUM,
            on_frame=True,
        )
        self.list_button.setObjectName("tab-list")
        self.list_button.clicked.connect(self._on_list_button_clicked)
        self._slide = QVariantAnimation(self)
        self._slide.setStartValue(0.0)
        self._slide.setEndValue(1.0)
        self._slide.setDuration(tokens.MOVE)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._slide.valueChanged.connect(self._on_slide_value_changed)
        self._spin = QTimer(self)
        self._spin.setInterval(spinner.INTERVAL)
        self._spin.timeout.connect(self._on_spin_timeout)
        theme().changed.connect(self.update)

    def tabs(self) -> list[Tab]:
        """The tabs in their order."""
        return [button.tab for button in self.buttons]

    def button_of(self, tab: Tab) -> TabButton:
        """The button that shows ``tab``. Raises KeyError if it is not here."""
        for button in self.buttons:
            if button.tab is tab:
                return button
        raise KeyError(f"Tab {tab.tab_id} is not in this strip.")

    def current_button(self) -> TabButton | None:
        """The button of the tab that is shown."""
        return next((button for button in self.buttons if button.tab is self._current), None)

    def add_tab(self, tab: Tab, index: int) -> None:
        """Put ``tab`` before the one at ``index``; it opens with a slide."""
        button = TabButton(tab, self._rail)
        button.setFont(self.font())
        button.selected.connect(lambda: self.tab_selected.emit(tab))
        button.close_requested.connect(lambda: self._on_button_close_requested(tab))
        button.menu_requested.connect(lambda position: self.tab_menu_requested.emit(tab, position))
        button.drag_moved.connect(lambda x: self._on_button_drag_moved(button, x))
        button.drag_ended.connect(lambda: self._on_button_drag_ended(button))
        button.key_moved.connect(lambda step: self._on_button_key_moved(button, step))
        self.buttons.insert(index, button)
        self._frozen_width = None
        button.setGeometry(self._slot_x(index), 0, self._tab_width(), self.height())
        button.show()
        self._arrange(animated=True)
        self._update_spinning()

    def remove_tab(self, tab: Tab) -> None:
        """Take ``tab`` out."""
        button = self.button_of(tab)
        self.buttons.remove(button)
        self._starts.pop(button, None)
        if self._current is tab:
            self._current = None
        button.hide()
        button.deleteLater()
        self._arrange(animated=True)
        self._update_spinning()

    def move_tab(self, tab: Tab, index: int) -> None:
        """Give ``tab`` another place, counted without itself."""
        button = self.button_of(tab)
        self.buttons.remove(button)
        self.buttons.insert(index, button)
        self._arrange(animated=True)

    def set_current(self, tab: Tab) -> None:
        """Mark ``tab`` as the one shown and bring it into view."""
        self._current = tab
        had_focus = any(button.hasFocus() for button in self.buttons)
        for button in self.buttons:
            button.set_current(button.tab is tab)
            if button.tab is tab:
                button.raise_()
                if had_focus:
                    button.setFocus(Qt.FocusReason.TabFocusReason)
        self._reveal_current()
        self._rail.update()

    def refresh_tab(self, tab: Tab) -> None:
        """``tab`` changed: show it again."""
        self.button_of(tab).refresh()
        self._update_spinning()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._frozen_width = None
        self._arrange(animated=False)
        self._reveal_current()

    def showEvent(self, event: QEvent) -> None:
        self._arrange(animated=False)
        self._update_spinning()

    def hideEvent(self, event: QEvent) -> None:
        self._update_spinning()

    def leaveEvent(self, event: QEvent) -> None:
        # While the pointer closes one tab after the other, the next close button stays under it.
        if self._frozen_width is not None:
            self._frozen_width = None
            self._arrange(animated=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self._overflows():
            event.ignore()
            return
        pixels, degrees = event.pixelDelta(), event.angleDelta()
        delta = pixels if not pixels.isNull() else degrees
        self._scroll_to(self._offset - (delta.x() or delta.y()))
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().color("frame"))
        painter.end()

    # Places

    def _available(self) -> int:
        return self.width() - tokens.SPACE_2 - _BUTTON_SPACE - tokens.SPACE_2

    def _overflows(self) -> bool:
        return len(self.buttons) * tokens.TAB_MINIMUM_WIDTH > self._available()

    def _tab_width(self) -> int:
        if self._frozen_width is not None:
            return self._frozen_width
        count = max(1, len(self.buttons))
        return max(tokens.TAB_MINIMUM_WIDTH, min(tokens.TAB_WIDTH, self._available() // count))

    def _rail_width(self) -> int:
        # The flares of the current tab reach beyond its slot at both ends.
        room = self._available() - (_BUTTON_SPACE if self._overflows() else 0)
        return max(0, min(room, len(self.buttons) * self._tab_width()) + 2 * FLARE)

    def _slot_x(self, index: int) -> int:
        return FLARE + index * self._tab_width() - self._offset

    def _arrange(self, *, animated: bool) -> None:
        rail_width = self._rail_width()
        self._offset = max(0, min(self._offset, self._reach()))
        self._rail.setGeometry(tokens.SPACE_2 - FLARE, 0, rail_width, self.height())
        y = self.height() - tokens.TAB_HEIGHT + (tokens.TAB_HEIGHT - _BUTTON) // 2 - 1
        self.new_button.move(self._rail.x() + rail_width, y)
        self._fades[0].move(self._rail.x(), 0)
        self._fades[1].move(self._rail.x() + rail_width - FADE_WIDTH, 0)
        self._fades[0].setVisible(self._offset > 0)
        self._fades[1].setVisible(self._offset < self._reach())
        self.list_button.setVisible(self._overflows())
        self.list_button.move(self.width() - _BUTTON_SPACE, y)
        self._starts = {button: button.x() for button in self.buttons}
        self._slide.stop()
        if animated and self.isVisible():
            self._slide.start()
        else:
            self._on_slide_value_changed(1.0)

    def _reach(self) -> int:
        """How far the tabs can be scrolled."""
        return max(0, len(self.buttons) * self._tab_width() - (self._rail_width() - 2 * FLARE))

    def _scroll_to(self, offset: int) -> None:
        self._offset = max(0, min(offset, self._reach()))
        self._arrange(animated=False)

    def _reveal_current(self) -> None:
        current = self.current_button()
        if current is None or not self._overflows():
            return
        index, width = self.buttons.index(current), self._tab_width()
        room = self._rail_width() - 2 * FLARE
        if index * width < self._offset:
            self._scroll_to(index * width)
        elif (index + 1) * width > self._offset + room:
            self._scroll_to((index + 1) * width - room)

    def _on_slide_value_changed(self, value: float) -> None:
        width = self._tab_width()
        for index, button in enumerate(self.buttons):
            if button.dragging:
                continue
            start, end = self._starts.get(button, button.x()), self._slot_x(index)
            button.setGeometry(round(start + (end - start) * value), 0, width, self.height())
        self._rail.update()

    # What people do

    def _on_button_close_requested(self, tab: Tab) -> None:
        if self.underMouse():
            self._frozen_width = self._tab_width()
        self.tab_close_requested.emit(tab)

    def _on_button_drag_moved(self, button: TabButton, global_x: int) -> None:
        width = self._tab_width()
        x = self._rail.mapFromGlobal(QPoint(global_x, 0)).x() - button.grabbed_at
        last = min(self._slot_x(len(self.buttons) - 1), self._rail.width() - FLARE - width)
        x = max(FLARE, min(x, last))
        button.raise_()
        button.move(x, 0)
        index = max(0, min(len(self.buttons) - 1, round((x - FLARE + self._offset) / width)))
        if self.buttons.index(button) != index:
            self.buttons.remove(button)
            self.buttons.insert(index, button)
            self._arrange(animated=True)
            self.tab_moved.emit(button.tab, index)
        self._rail.update()

    def _on_button_drag_ended(self, button: TabButton) -> None:
        self._arrange(animated=True)

    def _on_button_key_moved(self, button: TabButton, step: int) -> None:
        index = max(0, min(len(self.buttons) - 1, self.buttons.index(button) + step))
        self.tab_selected.emit(self.buttons[index].tab)

    def _on_list_button_clicked(self) -> None:
        self.list_requested.emit(self.list_button.mapToGlobal(QPoint(0, self.list_button.height())))

    # The spinners' clock

    @property
    def is_spinning(self) -> bool:
        """Whether anything turns."""
        return self._spin.isActive()

    def _update_spinning(self) -> None:
        spinning = self.isVisible() and any(button.tab.loading for button in self.buttons)
        if spinning and not self._spin.isActive():
            self._spin.start()
        elif not spinning:
            self._spin.stop()

    def _on_spin_timeout(self) -> None:
        for button in self.buttons:
            if button.tab.loading:
                button.update(0, 0, tokens.SPACE_3 + tokens.ICON_SIDE + 1, button.height())
