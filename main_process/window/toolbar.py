"""Back, forward, reload or stop, the address bar and the menu button."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from main_process.window import tokens
from main_process.window.actions import ActionId, ActionRegistry
from main_process.window.address_bar import AddressBar
from main_process.window.buttons import IconButton
from main_process.window.icons import Icon
from main_process.window.labels import label
from main_process.window.menu import styled_menu

MENU: tuple[ActionId | None, ...] = (
    ActionId.TAB_NEW,
    ActionId.WINDOW_NEW,
    ActionId.TAB_REOPEN,
    None,
    ActionId.NAVIGATE_BACK,
    ActionId.NAVIGATE_FORWARD,
    ActionId.NAVIGATE_RELOAD,
    None,
    ActionId.WINDOW_FULL_SCREEN,
    None,
    ActionId.INSPECTOR_OPEN,
    ActionId.SETTINGS_OPEN,
    None,
    ActionId.QUIT,
)
"""The menu, top to bottom; None is a line."""


class Toolbar(QWidget):
    """One row over the page, made from the action registry."""

    def __init__(self, actions: ActionRegistry, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("toolbar")
        self.setFixedHeight(tokens.TOOLBAR_HEIGHT)
        self._actions = actions
        self.back = self._button(ActionId.NAVIGATE_BACK, Icon.BACK, "back")
        self.forward = self._button(ActionId.NAVIGATE_FORWARD, Icon.FORWARD, "forward")
        self.reload = self._button(ActionId.NAVIGATE_RELOAD, Icon.RELOAD, "reload")
        self.menu_button = IconButton(Icon.MENU, "Menu", self)
        self.menu_button.setObjectName("menu")
        self.menu_button.bind(actions[ActionId.MENU_OPEN])
        self.address = AddressBar(self)
        self._private = label("Private", "body", self)
        self._private.setObjectName("private")
        self._private.hide()
        self._inspected = label("Inspected", "body", self)
        self._inspected.setObjectName("inspected")
        self._inspected.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(tokens.SPACE_2, 0, tokens.SPACE_2, 1)
        layout.setSpacing(2)
        for widget in (self.back, self.forward, self.reload):
            layout.addWidget(widget)
        layout.addSpacing(tokens.SPACE_1)
        layout.addWidget(self.address, 1)
        layout.addSpacing(tokens.SPACE_1)
        layout.addWidget(self._inspected, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._private, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self.menu_button)
        self.menu = self._made_menu()

    def set_private(self, private: bool) -> None:
        """Mark the window as one that leaves nothing behind."""
        self._private.setVisible(private)

    def set_inspected(self, count: int) -> None:
        """Say that somebody sees every message; ``count`` inspectors are attached."""
        self._inspected.setVisible(count > 0)
        self._inspected.setToolTip(
            "An inspector sees every message" if count == 1 else f"{count} inspectors see every message"
        )

    def set_loading(self, loading: bool) -> None:
        """Offer to stop instead of to reload."""
        self.reload.bind(self._actions[ActionId.NAVIGATE_STOP if loading else ActionId.NAVIGATE_RELOAD])
        self.reload.set_icon(Icon.CLOSE if loading else Icon.RELOAD)

    def open_menu(self) -> None:
        """Drop the menu down under its button; it does not wait for an answer."""
        size = self.menu.sizeHint()
        corner = self.menu_button.mapToGlobal(QPoint(self.menu_button.width() - size.width(), 0))
        self.menu.popup(corner + QPoint(0, self.menu_button.height() + tokens.SPACE_1))

    def _button(self, action: ActionId, icon: Icon, name: str) -> IconButton:
        button = IconButton(icon, name, self)
        button.setObjectName(name)
        button.bind(self._actions[action])
        return button

    def _made_menu(self) -> QMenu:
        menu = styled_menu(self, "main-menu")
        for entry in MENU:
            if entry is None:
                menu.addSeparator()
            else:
                action: QAction = self._actions[entry]
                menu.addAction(action)
        return menu
