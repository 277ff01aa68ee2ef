"""The menus of the tab strip: what can be done with one tab, and the list of all."""

from collections.abc import Callable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from main_process.window import icons
from main_process.window.actions import ActionId, ActionRegistry
from main_process.window.icons import Icon
from main_process.window.menu import styled_menu
from main_process.window.plain_text import menu_text
from main_process.window.tab_button import TabButton
from main_process.window.tab_interface import Tab


def tab_menu(
    parent: QWidget, actions: ActionRegistry, tab: Tab, tabs: list[Tab], close: Callable[[Tab], object]
) -> QMenu:
    """What can be done with ``tab``, which stands among ``tabs``."""
    menu = styled_menu(parent, "tab-menu")
    menu.addAction(actions[ActionId.TAB_NEW])
    menu.addSeparator()
    reload_action = menu.addAction(icons.themed(Icon.RELOAD), "Reload")
    reload_action.triggered.connect(lambda _checked=False: tab.reload())
    menu.addSeparator()
    index = tabs.index(tab)
    others = [other for other in tabs if other is not tab]
    for icon, text, doomed in (
        (Icon.CLOSE, "Close tab", [tab]),
        (None, "Close other tabs", others),
        (None, "Close tabs to the right", tabs[index + 1 :]),
    ):
        action = menu.addAction(text)
        if icon is not None:
            action.setIcon(icons.themed(icon))
        action.setEnabled(bool(doomed))
        action.triggered.connect(lambda _checked=False, doomed=doomed: [close(each) for each in doomed])
    menu.addSeparator()
    menu.addAction(actions[ActionId.TAB_REOPEN])
    return menu


def tab_list_menu(parent: QWidget, buttons: list[TabButton], select: Callable[[Tab], object]) -> QMenu:
    """Every tab by its title; the current one is ticked."""
    menu = styled_menu(parent, "tab-list-menu")
    for button in buttons:
        action = menu.addAction(menu_text(button.title()))
        action.setCheckable(True)
        action.setChecked(button.isChecked())
        action.triggered.connect(lambda _checked=False, tab=button.tab: select(tab))
    return menu


def pop_up(menu: QMenu, position: QPoint) -> None:
    """Show a menu made for this once; it goes when it closes. Nothing waits for it."""
    menu.aboutToHide.connect(menu.deleteLater)
    menu.popup(position)
