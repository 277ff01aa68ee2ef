"""The icons a manifest can name. Main decodes no plugin's image, so a page's icon is one of these.

Plain names of ours, and beside them the glyphs of Phosphor (MIT) that draw them: the font comes with the package
qtawesome, of which only the data is used.
"""

from typing import Final

ICONS: Final[dict[str, str]] = {
    "bars": "chart-bar",
    "bolt": "lightning",
    "book": "book-open",
    "calculator": "calculator",
    "calendar": "calendar-blank",
    "camera": "camera",
    "chart": "chart-line",
    "clock": "clock",
    "code": "code",
    "cube": "cube",
    "flask": "flask",
    "folder": "folder",
    "gauge": "gauge",
    "globe": "globe-simple",
    "grid": "squares-four",
    "heart": "heart",
    "home": "house",
    "image": "image",
    "mail": "envelope-simple",
    "map": "map-trifold",
    "message": "chat-circle",
    "music": "music-notes",
    "note": "note",
    "palette": "palette",
    "person": "user",
    "play": "play",
    "puzzle": "puzzle-piece",
    "reset": "arrow-counter-clockwise",
    "search": "magnifying-glass",
    "settings": "gear-six",
    "shield": "shield-check",
    "star": "star",
    "table": "table",
    "terminal": "terminal-window",
    "tool": "wrench",
    "window": "app-window",
}
"""Name → Phosphor's glyph."""

DEFAULT_ICON: Final = "puzzle"
