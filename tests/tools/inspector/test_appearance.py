from dataclasses import fields

import pytest

from main_process.window import tokens
from tools.inspector import appearance
from tools.inspector.appearance import DARK, LIGHT, Colors


@pytest.mark.parametrize(("own", "chrome"), [(LIGHT, tokens.LIGHT), (DARK, tokens.DARK)])
def test_the_colours_are_those_of_the_chrome(own: Colors, chrome: tokens.Colors) -> None:
    for field in fields(Colors):
        assert getattr(own, field.name) == getattr(chrome, field.name), field.name


def test_a_named_scheme_does_not_ask_the_system() -> None:
    assert appearance.colors(appearance.Scheme.DARK) is DARK
    assert appearance.colors(appearance.Scheme.LIGHT) is LIGHT
