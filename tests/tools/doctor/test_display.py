"""Display, fonts and drawing, as the trials tell."""

from collections.abc import Mapping
from typing import Any

import pytest

from tools.doctor import display
from tools.doctor.attempt import TrialFailed
from tools.doctor.row import Level


def telling(monkeypatch: pytest.MonkeyPatch, told: dict[str, Any] | TrialFailed) -> list[Mapping[str, str]]:
    """Makes every trial tell this; returns the environments they were given."""
    environs: list[Mapping[str, str]] = []

    def in_program(arguments: list[str], environ: Mapping[str, str]) -> dict[str, Any]:
        environs.append(environ)
        if isinstance(told, TrialFailed):
            raise told
        return told

    monkeypatch.setattr(display, "in_program", in_program)
    return environs


def test_no_display_is_a_warning_and_tries_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    environs = telling(monkeypatch, TrialFailed("not to be tried"))
    row = display.display_row({"DISPLAY": ""})
    assert row.level is Level.WARN
    assert "--headless" in row.fix
    assert environs == []


def test_a_display_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    telling(monkeypatch, {"platform": "xcb", "screen": "1600x1000", "families": 3})
    row = display.display_row({"DISPLAY": ":5"})
    assert (row.level, row.found) == (Level.OK, "DISPLAY=:5: xcb, 1600x1000")


def test_a_display_that_refuses_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    telling(monkeypatch, TrialFailed("could not connect to display :5"))
    row = display.display_row({"DISPLAY": ":5"})
    assert row.level is Level.FAIL
    assert "could not connect" in row.found


def test_renderers_draw_without_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    environs = telling(monkeypatch, {"platform": "offscreen", "screen": "800x800", "families": 1})
    assert [row.level for row in display.renderer_rows({"DISPLAY": ":5"})] == [Level.OK, Level.OK]
    assert environs[0]["QT_QPA_PLATFORM"] == "offscreen"


def test_no_fonts_fail_with_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    telling(monkeypatch, {"platform": "offscreen", "screen": "800x800", "families": 0})
    fonts = display.renderer_rows({})[1]
    assert fonts.level is Level.FAIL
    assert "fonts-dejavu-core" in fonts.fix


def test_qt_that_does_not_open_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    telling(monkeypatch, TrialFailed("libEGL.so.1: cannot open shared object file"))
    rows = display.renderer_rows({})
    assert [row.level for row in rows] == [Level.FAIL]
    assert "libEGL" in rows[0].found


def test_here_it_really_draws() -> None:
    assert [row.level for row in display.rows()] == [Level.WARN, Level.OK, Level.OK]
