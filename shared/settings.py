"""The settings: their one declaration. The page, its search, validation and documentation are derived from it."""

import difflib
from enum import StrEnum
from typing import Final
from urllib.parse import SplitResult, urlsplit

import msgspec

from shared.channels.settings import SettingValue
from shared.errors import BadCall, ErrorCode

QUERY: Final = "{query}"
"""Stands for the words in ``search.template``."""
MAX_ADDRESS: Final = 2048
"""Longest address a setting may hold, in characters."""


class Kind(StrEnum):
    """What a setting holds."""

    FLAG = "flag"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"


class Choice(msgspec.Struct, frozen=True):
    """One of the values of a choice, and what people read."""

    value: str
    label: str


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """One setting. ``minimum`` and ``maximum`` bound numbers, ``choices`` choices; ``keywords`` help to find it."""

    key: str
    category: str
    title: str
    description: str
    kind: Kind
    default: SettingValue
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    unit: str = ""
    keywords: tuple[str, ...] = ()


SETTINGS: Final[tuple[Setting, ...]] = (
    Setting(
        key="appearance.theme",
        category="Appearance",
        title="Theme",
        description="Colours of the window and of pages that follow it.",
        kind=Kind.CHOICE,
        default="system",
        choices=(Choice("system", "System"), Choice("light", "Light"), Choice("dark", "Dark")),
        keywords=("dark mode", "colour", "color", "night"),
    ),
    Setting(
        key="startup.restore",
        category="Start",
        title="Tabs of the last time",
        description="What to do at the start with the tabs that were open.",
        kind=Kind.CHOICE,
        default="ask",
        choices=(Choice("ask", "Offer"), Choice("always", "Open"), Choice("never", "Forget")),
        keywords=("session", "restore", "reopen"),
    ),
    Setting(
        key="startup.page",
        category="Start",
        title="First page",
        description="The address that a new window opens with.",
        kind=Kind.TEXT,
        default="os://newtab",
        keywords=("home", "homepage", "new tab"),
    ),
    Setting(
        key="search.template",
        category="Search",
        title="Search address",
        description="Where words typed into the address bar are looked up; {query} stands for the words. "
        "Empty: words are not looked up.",
        kind=Kind.TEXT,
        default="https://duckduckgo.com/?q={query}",
        keywords=("engine", "google", "duckduckgo", "find"),
    ),
    Setting(
        key="processes.hang_seconds",
        category="Processes",
        title="Patience with pages that do not answer",
        description="After so many seconds without an answer a page counts as hanging, and you are asked what to do.",
        kind=Kind.NUMBER,
        default=5,
        minimum=2,
        maximum=120,
        unit="s",
        keywords=("hang", "unresponsive", "freeze", "timeout"),
    ),
)

BY_KEY: Final = {setting.key: setting for setting in SETTINGS}


def find(key: str) -> Setting:
    """The setting of that key. Raises BadCall(NOT_FOUND) with the nearest one."""
    setting = BY_KEY.get(key)
    if setting is None:
        names = {key: key for key in BY_KEY} | {key.rpartition(".")[2]: key for key in BY_KEY}
        near = difflib.get_close_matches(key, names, n=1)
        hint = f"; did you mean '{names[near[0]]}'?" if near else f"; there are {', '.join(BY_KEY)}"
        raise BadCall(ErrorCode.NOT_FOUND, f"there is no setting '{key}'{hint}", path="$.key")
    return setting


def validate(setting: Setting, value: object) -> SettingValue:
    """``value`` if ``setting`` can hold it. Raises BadCall that says what was expected and what came."""
    match setting.kind:
        case Kind.FLAG if isinstance(value, bool):
            return value
        case Kind.NUMBER if isinstance(value, int) and not isinstance(value, bool):
            low, high = setting.minimum, setting.maximum
            if (low is None or value >= low) and (high is None or value <= high):
                return value
        case Kind.CHOICE if isinstance(value, str):
            if any(choice.value == value for choice in setting.choices):
                return value
        case Kind.TEXT if isinstance(value, str):
            if _TEXT_RULES[setting.key](value):
                return value
    raise BadCall(
        ErrorCode.INVALID_PAYLOAD,
        f"{setting.key}: expected {expectation(setting)}, got {value!r:.100}",
        path="$.value",
    )


def expectation(setting: Setting) -> str:
    """What the setting can hold, in words."""
    match setting.kind:
        case Kind.FLAG:
            return "true or false"
        case Kind.NUMBER:
            unit = f" {setting.unit}" if setting.unit else ""
            return f"a whole number from {setting.minimum} to {setting.maximum}{unit}"
        case Kind.CHOICE:
            return "one of " + ", ".join(f"'{choice.value}'" for choice in setting.choices)
        case Kind.TEXT:
            return _TEXT_WORDS[setting.key]


def _web_parts(value: str) -> SplitResult | None:
    """The parts of an address in one unambiguous spelling; None for anything else."""
    # urlsplit removes tabs and line ends where another parser keeps them; a backslash ends the host in some only.
    if len(value) > MAX_ADDRESS or not value.isprintable() or " " in value or "\\" in value:
        return None
    try:
        parts = urlsplit(value)
        return parts if parts.hostname and parts.port != 0 else None
    except ValueError:
        return None


def _is_search_template(value: str) -> bool:
    if not value:
        return True
    parts = _web_parts(value)
    if parts is None or parts.scheme not in ("http", "https"):
        return False
    return QUERY in value and QUERY not in parts.netloc


def _is_page_address(value: str) -> bool:
    parts = _web_parts(value)
    return parts is not None and parts.scheme in ("http", "https", "os")


_TEXT_RULES = {"search.template": _is_search_template, "startup.page": _is_page_address}
_TEXT_WORDS = {
    "search.template": "nothing, or an http or https address with {query} behind its host",
    "startup.page": "an http, https or os address",
}
