import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from main_process.window.theme import ThemeChoice, appearance, family, theme
from main_process.window.tokens import DARK, LIGHT
from shared.channels.system import Appearance, ColorScheme
from shared.values import decode, decoder, encode


def test_a_switch_reaches_the_application_at_once(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme().changed, timeout=1000):
        theme().set_choice("dark")
    assert theme().scheme is ColorScheme.DARK
    assert theme().colors is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.page
    assert DARK.accent in qapp.styleSheet()


def test_choosing_the_same_again_says_nothing(qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(theme().changed):
        theme().set_choice(ThemeChoice.LIGHT)


def test_system_without_an_answer_is_light(qapp: QApplication) -> None:
    theme().set_choice("system")
    assert theme().choice is ThemeChoice.SYSTEM
    assert theme().scheme is ColorScheme.LIGHT


def test_system_follows_the_system_live(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    theme().set_choice("system")
    hints = qapp.styleHints()
    with monkeypatch.context() as patch:
        patch.setattr(type(theme()), "scheme", ColorScheme.DARK)
        with qtbot.waitSignal(theme().changed, timeout=1000):
            hints.colorSchemeChanged.emit(hints.colorScheme())
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == DARK.page
    hints.colorSchemeChanged.emit(hints.colorScheme())
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == LIGHT.page


def test_another_word_is_refused() -> None:
    with pytest.raises(ValueError, match="sepia"):
        theme().set_choice("sepia")


def test_pages_get_every_role_in_a_form_the_contract_takes() -> None:
    theme().set_choice("dark")
    told = appearance()
    assert told.scheme is ColorScheme.DARK
    assert told.palette["Window"] == DARK.page
    assert told.palette["Accent"] == DARK.accent
    assert len(told.palette) == len(
        [role for role in QPalette.ColorRole if role.name not in ("NoRole", "NColorRoles")]
    )
    assert told.font_family == family()
    assert decode(decoder(Appearance), encode(told)) == told
