"""From a manifest's ``module:callable`` to the callable, out of the plugin's own folder."""

import sys
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from shared.plugin_names import nearest


class EntryError(Exception):
    """The entry is not there, or not the plugin's; the message says which and what to do."""


def entry_point(folder: Path, entry: str) -> Callable[..., Any]:
    """The callable that ``entry`` names. ``folder`` goes last on the module path: a plugin replaces no one's module.

    Raises:
        EntryError: no such module or callable, or another package has the module's name.
        Exception: whatever the module raises while it is imported.
    """
    module_name, _, name = entry.partition(":")
    if str(folder) not in sys.path:
        sys.path.append(str(folder))
    top = module_name.partition(".")[0]
    spec = find_spec(top)
    if spec is None:
        raise EntryError(f"There is no module {top} in {folder}: the entry of plugin.toml is '{entry}'.")
    # The shell's own pages are modules of its own renderer package.
    if top != "renderer" and not _within(spec.origin, spec.submodule_search_locations, folder):
        raise EntryError(
            f"The module {top} that Python finds is {spec.origin or 'a built-in one'}, not the one in {folder}: "
            f"give the plugin's module another name."
        )
    module = import_module(module_name)
    return _callable_of(module, name)


def _within(origin: str | None, locations: Any, folder: Path) -> bool:
    places = [origin] if origin and origin not in ("built-in", "frozen") else list(locations or ())
    return any(Path(place).resolve().is_relative_to(folder.resolve()) for place in places)


def _callable_of(module: ModuleType, name: str) -> Callable[..., Any]:
    found = getattr(module, name, None)
    if callable(found):
        return found  # type: ignore[no-any-return]  # callable() cannot say of what
    if found is not None:
        raise EntryError(
            f"{module.__name__}.{name} is a {type(found).__name__}, not a function that makes a widget."
        )
    callables = [key for key, value in vars(module).items() if callable(value) and not key.startswith("_")]
    meant = nearest(name, callables)
    hint = f" Did you mean '{meant}'?" if meant else ""
    raise EntryError(f"The module {module.__name__} ({module.__file__}) has no {name}.{hint}")
