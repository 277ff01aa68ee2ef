"""One setting on the page."""

import pytest

from renderer.pages.settings.row import words
from shared.settings import BY_KEY, Kind, Setting

FLAG = Setting(key="a.b", category="A", title="B", description="", kind=Kind.FLAG, default=True)


@pytest.mark.parametrize(
    ("setting", "value", "read"),
    [
        (BY_KEY["appearance.theme"], "dark", "Dark"),
        (BY_KEY["processes.hang_seconds"], 5, "5 s"),
        (BY_KEY["startup.page"], "os://newtab", "os://newtab"),
        (FLAG, True, "on"),
        (FLAG, False, "off"),
    ],
)
def test_values_as_people_read_them(setting: Setting, value: bool | int | str, read: str) -> None:
    assert words(setting, value) == read
