"""Folders that end-to-end tests open."""

from pathlib import Path

PLUGINS = Path(__file__).parent / "plugins"


def plugin(name: str) -> str:
    """The folder of one of the tests' plugins."""
    return str(PLUGINS / name)
