from dataclasses import asdict

import pytest

from main_process.window.tokens import COLORS, Colors
from shared.channels.system import ColorScheme


def _luminance(color: str) -> float:
    channels = [int(color[index : index + 2], 16) / 255 for index in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_every_scheme_has_colors() -> None:
    assert set(COLORS) == set(ColorScheme)


@pytest.mark.parametrize("scheme", ColorScheme)
def test_colors_are_written_in_full(scheme: ColorScheme) -> None:
    for name, value in asdict(COLORS[scheme]).items():
        assert len(value) == 7 and value[0] == "#" and int(value[1:], 16) >= 0, name


@pytest.mark.parametrize("scheme", ColorScheme)
@pytest.mark.parametrize(
    ("text", "grounds"),
    [
        (
            "text",
            (
                "frame",
                "toolbar",
                "field",
                "page",
                "raised",
                "code",
                "warning_soft",
                "danger_soft",
                "accent_soft",
            ),
        ),
        ("text_secondary", ("frame", "toolbar", "field", "page", "raised", "code")),
        ("on_accent", ("accent", "accent_hover", "accent_pressed")),
        ("on_selection", ("selection",)),
        ("warning", ("toolbar", "field", "warning_soft")),
        ("danger", ("page", "danger_soft")),
        ("accent", ("page", "accent_soft")),
    ],
)
def test_text_can_be_read(scheme: ColorScheme, text: str, grounds: tuple[str, ...]) -> None:
    """WCAG 2.2, level AA: 4.5 to 1."""
    colors: Colors = COLORS[scheme]
    for ground in grounds:
        assert _contrast(getattr(colors, text), getattr(colors, ground)) >= 4.5, f"{text} on {ground}"
