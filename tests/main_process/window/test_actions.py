import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from main_process.window.actions import (
    ACTIONS,
    ActionConflict,
    ActionDeclaration,
    ActionId,
    ActionRegistry,
    shortcut_text,
)


@pytest.fixture
def registry(qtbot: QtBot) -> ActionRegistry:
    owner = QWidget()
    qtbot.addWidget(owner)
    registry = ActionRegistry(owner)
    registry.owner = owner  # type: ignore[attr-defined]  # keeps the widget alive as long as the registry
    return registry


def test_every_action_is_declared_once() -> None:
    assert sorted(declaration.id for declaration in ACTIONS) == sorted(ActionId)


def test_the_whole_table_has_no_conflict(registry: ActionRegistry) -> None:
    for declaration in ACTIONS:
        registry.register(declaration, lambda: None)
    assert len(registry) == len(ACTIONS)
    assert list(registry) == [declaration.id for declaration in ACTIONS]


@pytest.mark.parametrize(
    ("keys", "action"),
    [
        ("Ctrl+T", ActionId.TAB_NEW),
        ("Ctrl+W", ActionId.TAB_CLOSE),
        ("Ctrl+Shift+T", ActionId.TAB_REOPEN),
        ("Ctrl+Tab", ActionId.TAB_NEXT),
        ("Ctrl+PgDown", ActionId.TAB_NEXT),
        ("Ctrl+Shift+Tab", ActionId.TAB_PREVIOUS),
        ("Ctrl+PgUp", ActionId.TAB_PREVIOUS),
        ("Ctrl+1", ActionId.TAB_1),
        ("Ctrl+8", ActionId.TAB_8),
        ("Ctrl+9", ActionId.TAB_LAST),
        ("Ctrl+Shift+PgUp", ActionId.TAB_MOVE_LEFT),
        ("Ctrl+Shift+PgDown", ActionId.TAB_MOVE_RIGHT),
        ("Ctrl+N", ActionId.WINDOW_NEW),
        ("Ctrl+L", ActionId.ADDRESS_FOCUS),
        ("Alt+D", ActionId.ADDRESS_FOCUS),
        ("F5", ActionId.NAVIGATE_RELOAD),
        ("Ctrl+R", ActionId.NAVIGATE_RELOAD),
        ("Alt+Left", ActionId.NAVIGATE_BACK),
        ("Alt+Right", ActionId.NAVIGATE_FORWARD),
        ("Esc", ActionId.NAVIGATE_STOP),
        ("F11", ActionId.WINDOW_FULL_SCREEN),
        ("Ctrl+,", ActionId.SETTINGS_OPEN),
        ("Ctrl+Shift+I", ActionId.INSPECTOR_OPEN),
        ("Ctrl+Q", ActionId.QUIT),
    ],
)
def test_the_keys_people_know(keys: str, action: ActionId) -> None:
    owners = [declaration.id for declaration in ACTIONS if keys in declaration.shortcuts]
    assert owners == [action]


def test_a_shortcut_taken_twice_is_an_error_that_names_both(registry: ActionRegistry) -> None:
    registry.register(ActionDeclaration(ActionId.TAB_NEW, "New", ("Ctrl+T",)), lambda: None)
    with pytest.raises(ActionConflict, match=r"tab\.close wants the shortcut Ctrl\+T, which tab\.new has"):
        registry.register(ActionDeclaration(ActionId.TAB_CLOSE, "Close", ("Ctrl+W", "Ctrl+T")), lambda: None)
    assert ActionId.TAB_CLOSE not in list(registry)


def test_an_action_registered_twice_is_an_error(registry: ActionRegistry) -> None:
    registry.register(ActionDeclaration(ActionId.QUIT, "Quit"), lambda: None)
    with pytest.raises(ActionConflict, match="registered already"):
        registry.register(ActionDeclaration(ActionId.QUIT, "Quit"), lambda: None)


@pytest.mark.parametrize("keys", ["Ctrl+Nonsense", "", "ctrl+t"])
def test_what_is_no_key_is_an_error(registry: ActionRegistry, keys: str) -> None:
    with pytest.raises(ActionConflict, match="no key"):
        registry.register(ActionDeclaration(ActionId.QUIT, "Quit", (keys,)), lambda: None)


def test_an_action_calls_its_handler_and_belongs_to_the_window(registry: ActionRegistry) -> None:
    called: list[str] = []
    action = registry.register(
        ActionDeclaration(ActionId.QUIT, "Quit", ("Ctrl+Q", "F2")), lambda: called.append("quit")
    )
    action.trigger()
    assert called == ["quit"]
    assert action.shortcutContext() is Qt.ShortcutContext.WindowShortcut
    assert action.shortcuts() == [QKeySequence("Ctrl+Q"), QKeySequence("F2")]
    assert shortcut_text(action) == "Ctrl+Q"
    assert registry[ActionId.QUIT] is action


def test_a_held_key_repeats_only_what_is_harmless(registry: ActionRegistry) -> None:
    for declaration in ACTIONS:
        registry.register(declaration, lambda: None)
    assert registry[ActionId.TAB_NEXT].autoRepeat()
    assert not registry[ActionId.TAB_NEW].autoRepeat()
    assert not registry[ActionId.TAB_CLOSE].autoRepeat()
