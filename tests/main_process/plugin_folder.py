"""A plugin's folder as its author leaves it."""

from pathlib import Path

TOML = """\
schema_version = 1
id = "{id}"
name = "{name}"
version = "0.1.0"
summary = "What it does"
icon = "star"

[[pages]]
entry = "first:page"

[[pages]]
entry = "second:page"
path = "more/here"
title = "More"

[[channels]]
verb = "greet"
summary = "Greets."

[[permissions]]
name = "{permission}"
reason = "It would like to."
"""


def plugin(folder: Path, id_: str = "hello", name: str = "Hello", permission: str = "tabs") -> Path:
    """A plugin's folder, with the modules that its pages name."""
    folder.mkdir(parents=True)
    (folder / "plugin.toml").write_text(TOML.format(id=id_, name=name, permission=permission))
    for module in ("first", "second"):
        (folder / f"{module}.py").write_text("raise RuntimeError('imported')")
    return folder
