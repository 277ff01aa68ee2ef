"""The icons a manifest can name."""

import re

from shared.icons import DEFAULT_ICON, ICONS


def test_there_is_a_default() -> None:
    assert DEFAULT_ICON in ICONS


def test_names_are_plain_words() -> None:
    assert [name for name in ICONS if not re.fullmatch(r"[a-z]+", name)] == []
