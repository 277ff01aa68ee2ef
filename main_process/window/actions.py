"""The one registry of actions: menu, toolbar and shortcuts are all made from it.

Shortcuts belong to the window, so Qt gives them to main before the key reaches a surface: they work while a
renderer hangs. A disabled action leaves its keys to the page.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from main_process.window import icons
from main_process.window.icons import Icon


class ActionId(StrEnum):
    """Every action of the window. Its value is what a remapping setting would name."""

    TAB_NEW = "tab.new"
    TAB_CLOSE = "tab.close"
    TAB_REOPEN = "tab.reopen"
    TAB_NEXT = "tab.next"
    TAB_PREVIOUS = "tab.previous"
    TAB_MOVE_LEFT = "tab.move-left"
    TAB_MOVE_RIGHT = "tab.move-right"
    TAB_1 = "tab.select-1"
    TAB_2 = "tab.select-2"
    TAB_3 = "tab.select-3"
    TAB_4 = "tab.select-4"
    TAB_5 = "tab.select-5"
    TAB_6 = "tab.select-6"
    TAB_7 = "tab.select-7"
    TAB_8 = "tab.select-8"
    TAB_LAST = "tab.select-last"
    WINDOW_NEW = "window.new"
    WINDOW_CLOSE = "window.close"
    WINDOW_FULL_SCREEN = "window.full-screen"
    NAVIGATE_BACK = "navigate.back"
    NAVIGATE_FORWARD = "navigate.forward"
    NAVIGATE_RELOAD = "navigate.reload"
    NAVIGATE_STOP = "navigate.stop"
    NAVIGATE_HOME = "navigate.home"
    ADDRESS_FOCUS = "address.focus"
    FOCUS_NEXT_AREA = "focus.next-area"
    MENU_OPEN = "menu.open"
    SETTINGS_OPEN = "settings.open"
    INSPECTOR_OPEN = "inspector.open"
    QUIT = "quit"


@dataclass(frozen=True)
class ActionDeclaration:
    """``text`` as menus show it; ``shortcuts`` in Qt's portable notation, the first one shown beside it."""

    id: ActionId
    text: str
    shortcuts: tuple[str, ...] = ()
    icon: Icon | None = None


ACTIONS: tuple[ActionDeclaration, ...] = (
    ActionDeclaration(ActionId.TAB_NEW, "New tab", ("Ctrl+T",), Icon.ADD),
    ActionDeclaration(ActionId.TAB_CLOSE, "Close tab", ("Ctrl+W", "Ctrl+F4"), Icon.CLOSE),
    ActionDeclaration(ActionId.TAB_REOPEN, "Reopen closed tab", ("Ctrl+Shift+T",), Icon.CLOSED_TABS),
    ActionDeclaration(ActionId.TAB_NEXT, "Next tab", ("Ctrl+Tab", "Ctrl+PgDown")),
    ActionDeclaration(ActionId.TAB_PREVIOUS, "Previous tab", ("Ctrl+Shift+Tab", "Ctrl+PgUp")),
    ActionDeclaration(ActionId.TAB_MOVE_LEFT, "Move tab left", ("Ctrl+Shift+PgUp",)),
    ActionDeclaration(ActionId.TAB_MOVE_RIGHT, "Move tab right", ("Ctrl+Shift+PgDown",)),
    *(
        ActionDeclaration(ActionId(f"tab.select-{number}"), f"Go to tab {number}", (f"Ctrl+{number}",))
        for number in range(1, 9)
    ),
    ActionDeclaration(ActionId.TAB_LAST, "Go to last tab", ("Ctrl+9",)),
    ActionDeclaration(ActionId.WINDOW_NEW, "New window", ("Ctrl+N",), Icon.WINDOW),
    ActionDeclaration(ActionId.WINDOW_CLOSE, "Close window", ("Ctrl+Shift+W", "Alt+F4")),
    ActionDeclaration(ActionId.WINDOW_FULL_SCREEN, "Full screen", ("F11",), Icon.FULL_SCREEN),
    ActionDeclaration(ActionId.NAVIGATE_BACK, "Back", ("Alt+Left", "Back"), Icon.BACK),
    ActionDeclaration(ActionId.NAVIGATE_FORWARD, "Forward", ("Alt+Right", "Forward"), Icon.FORWARD),
    ActionDeclaration(ActionId.NAVIGATE_RELOAD, "Reload", ("Ctrl+R", "F5", "Refresh"), Icon.RELOAD),
    ActionDeclaration(ActionId.NAVIGATE_STOP, "Stop", ("Esc",), Icon.CLOSE),
    ActionDeclaration(ActionId.NAVIGATE_HOME, "New tab page", ("Alt+Home",), Icon.HOME),
    ActionDeclaration(ActionId.ADDRESS_FOCUS, "Go to the address bar", ("Ctrl+L", "Alt+D"), Icon.SEARCH),
    ActionDeclaration(ActionId.FOCUS_NEXT_AREA, "Focus the next part of the window", ("F6",)),
    ActionDeclaration(ActionId.MENU_OPEN, "Menu", ("F10", "Alt+F"), Icon.MENU),
    ActionDeclaration(ActionId.SETTINGS_OPEN, "Settings", ("Ctrl+,",), Icon.SETTINGS),
    ActionDeclaration(ActionId.INSPECTOR_OPEN, "Inspector", ("Ctrl+Shift+I", "F12"), Icon.INSPECTOR),
    ActionDeclaration(ActionId.QUIT, "Quit", ("Ctrl+Q",), Icon.QUIT),
)


class ActionConflict(ValueError):
    """Two actions want one name or one shortcut, or a shortcut is none."""


class ActionRegistry:
    """The actions of one window."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._actions: dict[ActionId, QAction] = {}
        self._by_shortcut: dict[str, ActionId] = {}

    def register(self, declaration: ActionDeclaration, handler: Callable[[], object]) -> QAction:
        """Make the action live in the window.

        Raises:
            ActionConflict: its id or one of its shortcuts is taken, or a shortcut cannot be parsed.
        """
        if declaration.id in self._actions:
            raise ActionConflict(f"The action {declaration.id} is registered already.")
        sequences = [self._checked(declaration.id, text) for text in declaration.shortcuts]
        action = QAction(declaration.text, self._window)
        action.setObjectName(declaration.id)
        action.setShortcuts(sequences)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        # A held key must not open fifty tabs.
        action.setAutoRepeat(declaration.id in _REPEATING)
        if declaration.icon is not None:
            action.setIcon(icons.themed(declaration.icon))
        action.triggered.connect(lambda _checked=False: handler())
        self._window.addAction(action)
        self._actions[declaration.id] = action
        for sequence in sequences:
            self._by_shortcut[_portable(sequence)] = declaration.id
        return action

    def __getitem__(self, action: ActionId) -> QAction:
        """The action of that id. Raises KeyError if it was not registered."""
        return self._actions[action]

    def __iter__(self) -> Iterator[ActionId]:
        return iter(self._actions)

    def __len__(self) -> int:
        return len(self._actions)

    def _checked(self, action: ActionId, text: str) -> QKeySequence:
        sequence = QKeySequence(text, QKeySequence.SequenceFormat.PortableText)
        name = _portable(sequence)
        if sequence.isEmpty() or name != text:
            raise ActionConflict(
                f"The action {action} has the shortcut {text!r}, which is no key in its portable form."
            )
        if (owner := self._by_shortcut.get(name)) is not None:
            raise ActionConflict(f"The action {action} wants the shortcut {name}, which {owner} has already.")
        return sequence


_REPEATING = frozenset(
    {
        ActionId.TAB_NEXT,
        ActionId.TAB_PREVIOUS,
        ActionId.TAB_MOVE_LEFT,
        ActionId.TAB_MOVE_RIGHT,
    }
)


def shortcut_text(action: QAction) -> str:
    """The first shortcut as this system writes it, or nothing."""
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _portable(sequence: QKeySequence) -> str:
    return sequence.toString(QKeySequence.SequenceFormat.PortableText)
