"""Where a process that main starts begins: at a function named by a string, so that main imports none of it."""

from importlib import import_module


def run(entry: str, *arguments: object) -> None:
    """Call ``entry`` (``module:function``) with ``arguments``. Raises ImportError or AttributeError if it is not there."""
    module, _, function = entry.partition(":")
    getattr(import_module(module), function)(*arguments)
