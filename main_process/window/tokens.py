"""Design tokens: every length, size and colour of the chrome and of main's own pages, named once.

Lengths are device-independent pixels, font sizes points, durations milliseconds, colours ``#rrggbb``.
"""

from dataclasses import dataclass
from typing import Final

from shared.channels.system import ColorScheme

# Spacing: a four-pixel grid.
SPACE_1: Final = 4
SPACE_2: Final = 8
SPACE_3: Final = 12
SPACE_4: Final = 16
SPACE_5: Final = 24
SPACE_6: Final = 32
SPACE_7: Final = 48

# Corner radii.
RADIUS_SMALL: Final = 6
RADIUS_MEDIUM: Final = 8
RADIUS_LARGE: Final = 12

# Type scale.
FONT_SMALL: Final = 9.0
FONT_BODY: Final = 10.0
FONT_HEADING: Final = 12.0
FONT_TITLE: Final = 17.0
FONT_FAMILIES: Final = (
    "Inter",
    "Adwaita Sans",
    "Cantarell",
    "Noto Sans",
    "Segoe UI Variable",
    "SF Pro Text",
    "Ubuntu",
    "Open Sans",
    "Liberation Sans",
    "DejaVu Sans",
)
"""The first one installed is used; without any, the system's own, which on a bare machine can be a serif."""
MONOSPACE_FAMILIES: Final = ("JetBrains Mono", "Noto Sans Mono", "DejaVu Sans Mono")

# Parts of the window.
TAB_STRIP_HEIGHT: Final = 42
TAB_HEIGHT: Final = 34
TAB_WIDTH: Final = 232
TAB_MINIMUM_WIDTH: Final = 104
TOOLBAR_HEIGHT: Final = 46
BUTTON_SIDE: Final = 32
ADDRESS_HEIGHT: Final = 34
ICON_SIDE: Final = 16
TOOLBAR_ICON_SIDE: Final = 20
PAGE_WIDTH: Final = 520
"""Width of the column of text on a page that main draws."""
FOCUS_WIDTH: Final = 2

# Durations.
QUICK: Final = 120
"""Hover and press."""
MOVE: Final = 180
"""Something slides to its place."""


@dataclass(frozen=True)
class Colors:
    """The colours of one scheme. Names say the purpose, never the hue."""

    frame: str
    """Behind the tabs."""
    toolbar: str
    """Behind the address bar, and the current tab."""
    field: str
    """Inside the address bar and other inputs."""
    field_hover: str
    page: str
    """Behind pages that main draws, and behind a surface that has no frame yet."""
    raised: str
    """Menus, popovers, cards."""
    code: str
    """Behind a code or other preformatted text."""
    border: str
    """Between parts."""
    border_strong: str
    """Around inputs and buttons."""
    text: str
    text_secondary: str
    text_disabled: str
    hover: str
    """Over ``toolbar`` and ``raised``."""
    pressed: str
    frame_hover: str
    """Over ``frame``: tabs that are not current."""
    frame_pressed: str
    accent: str
    """Primary buttons, focus, progress."""
    accent_hover: str
    accent_pressed: str
    on_accent: str
    """Text on ``accent``."""
    selection: str
    on_selection: str
    warning: str
    warning_soft: str
    danger: str
    danger_soft: str
    accent_soft: str
    shadow: str


LIGHT: Final = Colors(
    frame="#e4e6ec",
    toolbar="#fcfcfd",
    field="#eff1f5",
    field_hover="#e8ebf0",
    page="#ffffff",
    raised="#ffffff",
    code="#f3f4f7",
    border="#e2e4ea",
    border_strong="#c9cdd6",
    text="#1a1c21",
    text_secondary="#5a606d",
    text_disabled="#a3a8b3",
    hover="#eceef2",
    pressed="#e0e3e9",
    frame_hover="#d5d8e0",
    frame_pressed="#cbcfd8",
    accent="#2f5fe0",
    accent_hover="#2552cd",
    accent_pressed="#1d45b4",
    on_accent="#ffffff",
    selection="#c4d5fb",
    on_selection="#1a1c21",
    warning="#8a5300",
    warning_soft="#fff3dc",
    danger="#c0272d",
    danger_soft="#fdeaea",
    accent_soft="#e9effd",
    shadow="#000000",
)

DARK: Final = Colors(
    frame="#15161a",
    toolbar="#24262b",
    field="#17181c",
    field_hover="#1c1e23",
    page="#1b1c20",
    raised="#2b2d33",
    code="#26282e",
    border="#33363d",
    border_strong="#4a4e58",
    text="#e4e6eb",
    text_secondary="#a2a8b4",
    text_disabled="#666b76",
    hover="#33363d",
    pressed="#3e424a",
    frame_hover="#212328",
    frame_pressed="#2a2c32",
    accent="#8ab0ff",
    accent_hover="#9fbeff",
    accent_pressed="#739ef8",
    on_accent="#0f1b38",
    selection="#35518c",
    on_selection="#ffffff",
    warning="#f2c063",
    warning_soft="#3a3020",
    danger="#ff8a85",
    danger_soft="#40262a",
    accent_soft="#26324c",
    shadow="#000000",
)

COLORS: Final[dict[ColorScheme, Colors]] = {ColorScheme.LIGHT: LIGHT, ColorScheme.DARK: DARK}
