import pytest

from main_process.window.actions import ActionId
from main_process.window.toolbar import MENU
from main_process.window.window import BrowserWindow


def test_the_menu_is_made_of_registered_actions(window: BrowserWindow) -> None:
    expected = [window.action_registry[entry] for entry in MENU if entry is not None]
    assert [action for action in window.toolbar.menu.actions() if not action.isSeparator()] == expected
    assert len(set(MENU) - {None}) == len(expected)


@pytest.mark.qt_log_ignore("This plugin does not support (setting window masks|grabbing the keyboard)")
def test_the_menu_opens_without_waiting_for_an_answer(window: BrowserWindow) -> None:
    window.action_registry[ActionId.MENU_OPEN].trigger()
    assert window.toolbar.menu.isVisible()
    assert window.toolbar.menu.mask().boundingRect().size() == window.toolbar.menu.size()
    window.toolbar.menu.close()


def test_tool_tips_tell_the_shortcut(window: BrowserWindow) -> None:
    assert window.toolbar.back.toolTip() == "Back (Alt+Left)"
    assert window.toolbar.menu_button.accessibleName() == "Menu"
