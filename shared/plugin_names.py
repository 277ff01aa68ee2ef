"""What a plugin may be called: the grammar of names, and the names that are taken."""

import difflib
import re
import sys
from collections.abc import Iterable
from typing import Final

from shared.ipc_channel import IPCChannel

ID_PATTERN: Final = r"^[a-z][a-z0-9-]{1,39}(?!\n)$"
"""A plugin's id: the host of its addresses and the domain of its channels."""
VERB_PATTERN: Final = r"^[a-z][a-z0-9_]{0,39}(?!\n)$"
"""The part of a channel's name behind the colon."""
PATH_PATTERN: Final = r"^([a-z0-9_-]{1,40}(/[a-z0-9_-]{1,40}){0,7})?(?!\n)$"
"""What stands behind the id in a page's address; the empty path is the plugin's main page."""
ENTRY_PATTERN: Final = r"^[A-Za-z_][A-Za-z0-9_]*(\.[A-Za-z_][A-Za-z0-9_]*)*:[A-Za-z_][A-Za-z0-9_]*(?!\n)$"
"""``module:callable``."""

SHELL_DOMAINS: Final = frozenset(channel.value.partition(":")[0] for channel in IPCChannel)
"""The domains of the shell's own channels."""

_SHELL_PAGES: Final = frozenset(
    {
        "about", "bookmarks", "clipboard", "document", "documents", "downloads", "file", "files", "help", "history",
        "main", "newtab", "notifications", "os", "permissions", "plugins", "port", "processes", "profile", "service",
        "settings", "shell", "storage", "stream", "web",
    }
)  # fmt: skip
"""Names of the shell's pages and of what it will yet have."""

OUR_PACKAGES: Final = frozenset(
    {
        "browser_os",
        "main_process",
        "renderer",
        "shared",
        "tools",
        "PySide6",
        "shiboken6",
        "msgspec",
        "jsonschema",
    }
)
"""Packages that every renderer has imported before a plugin's first line."""


def why_reserved(plugin_id: str) -> str | None:
    """Why ``plugin_id`` cannot be had by a plugin that is not built in, or None."""
    if plugin_id in SHELL_DOMAINS:
        return "the shell's own channels begin with it"
    if plugin_id in _SHELL_PAGES:
        return "the shell keeps it for a page of its own"
    return why_taken(plugin_id.replace("-", "_"))


def why_taken(module: str) -> str | None:
    """Why a plugin's module cannot be called ``module`` (its first part, without dots), or None."""
    if module in sys.stdlib_module_names:
        return "a module of Python's standard library has it"
    if module in OUR_PACKAGES or module in {name.lower() for name in OUR_PACKAGES}:
        return "a package that every page imports has it"
    return None


def is_plugin_id(text: str) -> bool:
    """Whether ``text`` follows the grammar (it may still be reserved)."""
    return re.search(ID_PATTERN, text) is not None


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that was most likely meant."""
    matches = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return matches[0] if matches else None
