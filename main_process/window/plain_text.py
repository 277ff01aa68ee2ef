"""Text that came from a page, made fit for the chrome: one line, no controls, never markup."""

import html
import unicodedata

from shared.limits import MAX_TEXT

_DIRECTION_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They could turn round what stands beside the text, such as the name of a button."""


def one_line(text: str, limit: int = MAX_TEXT) -> str:
    """``text`` without control and direction characters, white space folded, cut to ``limit`` characters."""
    kept = (" " if _is_control(character) else character for character in text[: 4 * limit])
    folded = " ".join("".join(kept).split())
    return folded if len(folded) <= limit else folded[: limit - 1] + "…"


def tool_tip(text: str, limit: int = 300) -> str:
    """``text`` for ``setToolTip``, which would take anything that looks like markup for HTML."""
    line = one_line(text, limit)
    return f"<qt>{html.escape(line)}</qt>" if "<" in line or "&" in line else line


def menu_text(text: str, limit: int = 60) -> str:
    """``text`` for a menu entry, where ``&`` would mark a mnemonic."""
    return one_line(text, limit).replace("&", "&&")


def _is_control(character: str) -> bool:
    return character in _DIRECTION_CONTROLS or unicodedata.category(character) in ("Cc", "Zl", "Zp", "Cs")
