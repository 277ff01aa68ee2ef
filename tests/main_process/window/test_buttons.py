from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from pytestqt.qtbot import QtBot

from main_process.window.buttons import IconButton, push_button
from main_process.window.icons import Icon
from main_process.window.tokens import LIGHT


def test_an_icon_button_has_a_name_and_a_size(qtbot: QtBot) -> None:
    button = IconButton(Icon.ADD, "Add <b>", side=28)
    qtbot.addWidget(button)
    assert (button.width(), button.height()) == (28, 28) == button.sizeHint().toTuple()
    assert button.accessibleName() == "Add <b>"
    assert button.toolTip() == "<qt>Add &lt;b&gt;</qt>"


def test_a_bound_button_triggers_its_action_and_follows_it(qtbot: QtBot) -> None:
    button = IconButton(Icon.ADD, "Add")
    qtbot.addWidget(button)
    called: list[str] = []
    one, other = QAction("One", button), QAction("Other", button)
    one.triggered.connect(lambda: called.append("one"))
    other.triggered.connect(lambda: called.append("other"))
    other.setShortcut(QKeySequence("Ctrl+O"))
    button.bind(one)
    button.click()
    one.setEnabled(False)
    assert not button.isEnabled()
    button.bind(other)
    assert button.isEnabled() and button.toolTip() == "Other (Ctrl+O)"
    button.click()
    assert called == ["one", "other"]
    one.setText("Nobody listens")
    assert button.accessibleName() == "Other"


def test_the_icon_is_dimmed_while_disabled(qtbot: QtBot) -> None:
    button = IconButton(Icon.ADD, "Add", icon_side=32)
    qtbot.addWidget(button)

    def colors() -> set[str]:
        picture = button.grab().toImage()
        return {picture.pixelColor(x, y).name() for x in range(32) for y in range(32)}

    assert LIGHT.text_secondary in colors()
    button.set_icon(Icon.CLOSE)
    button.setEnabled(False)
    assert LIGHT.text_secondary not in colors() and LIGHT.text_disabled in colors()


def test_the_keyboard_is_shown(qtbot: QtBot) -> None:
    button = IconButton(Icon.ADD, "Add")
    qtbot.addWidget(button)
    button.show()
    button.activateWindow()
    qtbot.waitUntil(button.isActiveWindow)
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert button.grab().toImage().pixelColor(16, 1).name() == LIGHT.accent


def test_push_buttons_carry_their_kind(qtbot: QtBot) -> None:
    kinds = [
        push_button("A", "a"),
        push_button("B", "b", primary=True),
        push_button("C", "c", small=True),
    ]
    for button in kinds:
        qtbot.addWidget(button)
    assert [button.property("kind") for button in kinds] == [None, "primary", "small"]
    assert [button.objectName() for button in kinds] == ["a", "b", "c"]
