"""Writes small plugins for tests."""

from pathlib import Path
from textwrap import dedent

MANIFEST = """\
schema_version = 1
id = "guest"
name = "Guest"
version = "0.1.0"

[[pages]]
entry = "guest_page:page"

[[pages]]
path = "other"
entry = "guest_page:other"

[[channels]]
verb = "greet"
summary = "Greets."
[channels.payload]
type = "object"
required = ["name"]
properties.name = { type = "string", maxLength = 20 }
[channels.result]
type = "object"
required = ["text"]
properties.text = { type = "string" }

[[channels]]
verb = "waved"
pattern = "event"
summary = "Somebody waved."
[channels.payload]
type = "object"
required = ["times"]
properties.times = { type = "integer", minimum = 1 }
"""

HEAD = """\
import browser_os
from PySide6.QtWidgets import QLabel

class Greet(browser_os.Struct):
    name: str

class Greeting(browser_os.Struct):
    text: str

class Waved(browser_os.Struct):
    times: int

def page(context):
    label = QLabel(context.path)
    label.heard = []
    setup(context, label)
    return label

def other(context):
    return QLabel("other " + context.path)

def setup(context, label):
    pass

"""


def write(folder: Path, code: str = "") -> Path:
    """A plugin whose ``setup(context, label)`` is in ``code``; ``label.heard`` is a list to put things in."""
    (folder / "plugin.toml").write_text(MANIFEST)
    (folder / "guest_page.py").write_text(HEAD + dedent(code))
    return folder
