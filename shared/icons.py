"""The names of the shell's own icons. Main decodes no plugin's image: a manifest names one of these.

Each is drawn in a square of 24 units with a stroke of 2, round caps and no fill; the text is SVG's inner elements.
"""

from typing import Final

ICONS: Final[dict[str, str]] = {
    "puzzle": '<path d="M4 8h4.2a2.3 2.3 0 1 1 3.6 0H16v4.2a2.3 2.3 0 1 1 0 3.6V20H4z"/>',
    "settings": '<path d="M4 7h9M19 7h1M4 17h1M11 17h9"/><circle cx="16" cy="7" r="3"/><circle cx="8" cy="17" r="3"/>',
    "home": '<path d="M4 11l8-7 8 7v8.5a.5.5 0 0 1-.5.5H14v-6h-4v6H4.500a.5.5 0 0 1-.5-.5z"/>',
    "search": '<circle cx="11" cy="11" r="6"/><path d="M15.500 15.500L20 20"/>',
    "globe": '<circle cx="12" cy="12" r="8.500"/><path d="M3.500 12h17M12 3.500c5 5 5 12 0 17c-5-5-5-12 0-17"/>',
    "chart": '<path d="M4 4v15a1 1 0 0 0 1 1h15"/><path d="M8 14l3.500-4 3 3L20 7"/>',
    "bars": '<path d="M5 20v-8M12 20V4M19 20v-5"/>',
    "terminal": '<rect x="3" y="4" width="18" height="16" rx="2.500"/><path d="M7 9l3 3-3 3M13 15h4"/>',
    "code": '<path d="M8.500 7l-5 5 5 5M15.500 7l5 5-5 5"/>',
    "note": '<path d="M6 3.500h8.500L19 8v11.500a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-15a1 1 0 0 1 1-1z"/><path d="M9 12h6M9 16h4"/>',
    "folder": '<path d="M3.500 7a1.500 1.500 0 0 1 1.500-1.500h4l2 2.500h8A1.500 1.500 0 0 1 20.500 9.500V17a1.500 1.500 0 0 1-1.500 1.500H5A1.500 1.500 0 0 1 3.500 17z"/>',
    "image": '<rect x="3.500" y="4.500" width="17" height="15" rx="2"/><circle cx="9" cy="9.500" r="1.500"/><path d="M4 17l5-4.500 3.500 3 3.500-3.500 4.500 4"/>',
    "table": '<rect x="3.500" y="4.500" width="17" height="15" rx="2"/><path d="M3.500 9.500h17M3.500 14.500h17M9.500 9.500v10"/>',
    "clock": '<circle cx="12" cy="12" r="8.500"/><path d="M12 7.500V12l3 2"/>',
    "calendar": '<rect x="3.500" y="5" width="17" height="15" rx="2"/><path d="M3.500 10h17M8 3v4M16 3v4"/>',
    "calculator": '<rect x="5" y="3.500" width="14" height="17" rx="2"/><path d="M8.500 7.500h7M8.500 12h.01M12 12h.01M15.500 12h.01M8.500 16h.01M12 16h.01M15.500 16h.01"/>',
    "music": '<circle cx="7" cy="17" r="2.500"/><circle cx="17" cy="15.500" r="2.500"/><path d="M9.500 17V6l10-2v11.500"/>',
    "play": '<path d="M8 5l11 7-11 7z"/>',
    "message": '<path d="M4 5.500h16v11h-9l-4 3.500v-3.500H4z"/>',
    "mail": '<rect x="3.500" y="5.500" width="17" height="13" rx="2"/><path d="M4 7.500l8 6 8-6"/>',
    "person": '<circle cx="12" cy="8" r="4"/><path d="M4.500 20.500c1-4 4-6 7.500-6s6.500 2 7.500 6"/>',
    "heart": '<path d="M12 20C5 15 3.500 12 3.500 9A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8.500 2c0 3-1.500 6-8.500 11z"/>',
    "star": '<path d="M12 3.500l2.600 5.600 6 .7-4.500 4.100 1.200 6.100-5.300-3-5.300 3 1.200-6.100-4.500-4.100 6-.7z"/>',
    "bolt": '<path d="M13 3L5 14h6l-1 7 8-11h-6z"/>',
    "tool": '<path d="M14.500 9.500a4 4 0 0 1 5-5.300L17 7l1 1 2.800-2.500a4 4 0 0 1-5.300 5L8 18.500a2 2 0 0 1-2.800-2.800z"/>',
    "gauge": '<path d="M5.500 18.500a8.500 8.500 0 1 1 13 0"/><path d="M12 14l3.500-5"/>',
    "grid": '<rect x="4" y="4" width="6.500" height="6.500" rx="1.500"/><rect x="13.500" y="4" width="6.500" height="6.500" rx="1.500"/><rect x="4" y="13.500" width="6.500" height="6.500" rx="1.500"/><rect x="13.500" y="13.500" width="6.500" height="6.500" rx="1.500"/>',
    "map": '<path d="M9 4.500l-5.500 2v13l5.500-2 6 2 5.500-2v-13l-5.500 2z"/><path d="M9 4.500v13M15 6.500v13"/>',
}
"""Name → the elements of a drawing."""

DEFAULT_ICON: Final = "puzzle"


def svg(name: str, colour: str) -> bytes:
    """The icon ``name`` as a whole SVG document in ``colour`` (``#rrggbb``); unknown names give the default."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" fill="none" stroke-width="2" '
        f'stroke-linecap="round" stroke-linejoin="round" stroke="{colour}">{ICONS.get(name, ICONS[DEFAULT_ICON])}</svg>'
    ).encode()
