"""Writes a new plugin from the template."""

import re
import tempfile
from importlib.resources import files
from pathlib import Path
from string import Template

from shared.manifest_types import FILE_NAME
from shared.plugin_names import is_plugin_id, why_reserved
from shared.version import VERSION


class CannotWrite(Exception):
    """The plugin was not written; the message says why and what would do."""


def write(name: str, parent: Path) -> Path:
    """Write the plugin ``name`` as a new folder in ``parent``; gives the folder. It appears whole or not at all.

    Raises:
        CannotWrite: the name is no plugin id or is taken, the folder exists, or ``parent`` cannot be written.
    """
    if not is_plugin_id(name):
        meant = suggestion(name)
        hint = f"; '{meant}' would do" if meant else ""
        raise CannotWrite(
            f"expected a name of 2 to 40 lower-case letters, digits and hyphens, a letter first, came '{name}'{hint}"
        )
    reason = why_reserved(name)
    if reason is not None:
        raise CannotWrite(f"'{name}' cannot be a plugin's name: {reason}; 'my-{name}' would do")
    folder = parent / name
    if folder.exists() or folder.is_symlink():
        raise CannotWrite(f"{folder} exists already; nothing was written")
    try:
        with tempfile.TemporaryDirectory(prefix=f".{name}-", dir=parent) as scratch:
            whole = Path(scratch) / name
            whole.mkdir()
            for file_name, text in contents(name).items():
                (whole / file_name).write_text(text, encoding="utf-8")
            whole.rename(folder)
    except OSError as error:
        raise CannotWrite(f"{folder} could not be written: {error.strerror}") from error
    return folder


def contents(plugin_id: str) -> dict[str, str]:
    """The files of a new plugin: name → text."""
    module = module_of(plugin_id)
    values = {
        "id": plugin_id,
        "name": plugin_id.replace("-", " ").capitalize(),
        "module": module,
        "shell_version": ".".join(VERSION.split(".")[:2]),
    }
    names = {
        "plugin.toml.txt": FILE_NAME,
        "page.py.txt": f"{module}.py",
        "test_page.py.txt": f"test_{module}.py",
        "README.md.txt": "README.md",
    }
    template = files("tools.plugin_kit.template")
    return {
        name: Template(template.joinpath(source).read_text(encoding="utf-8")).substitute(values)
        for source, name in names.items()
    }


def module_of(plugin_id: str) -> str:
    """The name of the page's module: the plugin's own, so that two plugins' tests can run together."""
    return plugin_id.replace("-", "_") + "_page"


def suggestion(name: str) -> str | None:
    """A plugin id close to ``name``, if there is one."""
    tried = re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-0123456789")[:40].strip("-")
    return tried if is_plugin_id(tried) and why_reserved(tried) is None else None
