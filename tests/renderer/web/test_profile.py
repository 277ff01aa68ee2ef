"""The profile's pure parts; the rest is tested in a real web host."""

import pytest
from PySide6.QtWebEngineCore import QWebEngineSettings

from renderer.web.profile import SETTINGS, languages, user_agent

CHROMIUM = (
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"
)


def test_the_user_agent_is_chromiums() -> None:
    assert user_agent(CHROMIUM.replace("Chrome/", "QtWebEngine/6.12.0 Chrome/")) == CHROMIUM
    assert user_agent(CHROMIUM) == CHROMIUM


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["de-DE"], "de-DE,de;q=0.9"),
        (["de-DE", "en-GB", "de"], "de-DE,de;q=0.9,en-GB;q=0.8,en;q=0.7"),
        ([], "en-US,en;q=0.9"),
        (["C"], "en-US,en;q=0.9"),
        (["en-POSIX", "C"], "en-US,en;q=0.9"),
        (["cs-CZ"], "cs-CZ,cs;q=0.9"),
    ],
)
def test_languages_come_most_wanted_first(names: list[str], expected: str) -> None:
    assert languages(names) == expected


def test_no_quality_is_zero() -> None:
    assert "q=0.0" not in languages([f"{first}{second}" for first in "abcdef" for second in "xyz"])


@pytest.mark.parametrize(
    "attribute",
    [
        QWebEngineSettings.WebAttribute.LocalContentCanAccessFileUrls,
        QWebEngineSettings.WebAttribute.LocalContentCanAccessRemoteUrls,
        QWebEngineSettings.WebAttribute.NavigateOnDropEnabled,
        QWebEngineSettings.WebAttribute.JavascriptCanOpenWindows,
    ],
)
def test_what_opens_files_or_tabs_by_itself_is_off(attribute: QWebEngineSettings.WebAttribute) -> None:
    assert SETTINGS[attribute] is False
