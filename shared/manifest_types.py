"""A plugin's manifest, ``plugin.toml``: its one declaration, from which ``manifest.schema.json`` is generated."""

import json
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from shared.channels import CONTRACTS
from shared.contract import Party, Pattern, Struct
from shared.errors import BadCall, ErrorCode
from shared.icons import DEFAULT_ICON, ICONS
from shared.limits import MAX_TEXT
from shared.plugin_names import ENTRY_PATTERN, ID_PATTERN, PATH_PATTERN, VERB_PATTERN

FILE_NAME: Final = "plugin.toml"
SCHEMA_FILE: Final = Path(__file__).with_name("manifest.schema.json")
"""The JSON Schema that editors and ``shared.manifest`` use; ``python -m shared.manifest_types`` writes it."""
MAX_MANIFEST_BYTES: Final = 256 * 1024

KNOWN_PERMISSIONS: Final = sorted(
    {
        contract.permission
        for contract in CONTRACTS.values()
        if contract.permission is not None and Party.PAGE in contract.parties
    }
)
"""The permissions that a page can hold: those that some contract asks of one."""

PluginId = Annotated[
    str,
    Meta(pattern=ID_PATTERN, description="2 to 40 lower-case letters, digits and hyphens, a letter first"),
]
Line = Annotated[str, Meta(min_length=1, max_length=200, description="1 to 200 characters of text")]
Summary = Annotated[str, Meta(max_length=MAX_TEXT, description=f"at most {MAX_TEXT} characters of text")]


class PageDeclaration(Struct):
    """A page of the plugin: ``os://<id>/<path>``."""

    entry: Annotated[
        str,
        Meta(
            pattern=ENTRY_PATTERN,
            max_length=200,
            description="'module:callable', the module within the folder",
        ),
    ]
    path: Annotated[
        str,
        Meta(
            pattern=PATH_PATTERN,
            description="lower-case words joined by slashes, without one at either end; empty for the main page",
        ),
    ] = ""
    title: Annotated[
        str, Meta(max_length=200, description="at most 200 characters; empty takes the plugin's name")
    ] = ""
    kind: Annotated[Literal["widget"], Meta(description="'widget': the entry returns a QWidget")] = "widget"


class ChannelDeclaration(Struct):
    """A channel of the plugin: ``<id>:<verb>``, typed by JSON Schema."""

    verb: Annotated[
        str,
        Meta(
            pattern=VERB_PATTERN,
            description="1 to 40 lower-case letters, digits and underscores, a letter first",
        ),
    ]
    summary: Line
    pattern: Annotated[
        Literal["request", "event"], Meta(description="'request' (answered) or 'event' (not)")
    ] = "request"
    payload: Annotated[dict[str, Any], Meta(description="the JSON Schema of what is sent")] = {}
    result: Annotated[dict[str, Any], Meta(description="the JSON Schema of a request's answer")] = {}


class PermissionRequest(Struct):
    """A permission that the plugin asks for, and why, in words for its user."""

    name: Annotated[
        str,
        Meta(
            max_length=100,
            description="one of " + ", ".join(KNOWN_PERMISSIONS),
            extra_json_schema={"enum": KNOWN_PERMISSIONS},
        ),
    ]
    reason: Line


class Manifest(Struct):
    """A plugin: who it is, what it shows, what it says and what it asks for."""

    schema_version: Annotated[Literal[1], Meta(description="1, the version of this format")]
    id: PluginId
    name: Line
    version: Annotated[
        str,
        Meta(
            pattern=r"^\d{1,6}(\.\d{1,6}){0,3}([ab]\d{1,4}|rc\d{1,4})?(?!\n)$",
            description="a version such as 0.1.0",
        ),
    ]
    pages: Annotated[
        tuple[PageDeclaration, ...], Meta(min_length=1, max_length=64, description="1 to 64 [[pages]]")
    ]
    summary: Summary = ""
    icon: Annotated[
        str,
        Meta(
            max_length=40,
            description="one of " + ", ".join(sorted(ICONS)),
            extra_json_schema={"enum": sorted(ICONS)},
        ),
    ] = DEFAULT_ICON
    requires_shell: Annotated[
        str, Meta(max_length=100, description="versions of the shell that it works with, such as '>=0.1'")
    ] = msgspec.field(default=">=0.1", name="requires-shell")
    channels: Annotated[
        tuple[ChannelDeclaration, ...], Meta(max_length=128, description="at most 128 [[channels]]")
    ] = ()
    permissions: Annotated[
        tuple[PermissionRequest, ...], Meta(max_length=64, description="at most 64 [[permissions]]")
    ] = ()

    def page(self, path: str) -> PageDeclaration | None:
        """The page at ``path`` (slashes at its ends do not matter), or None."""
        wanted = path.strip("/")
        return next((page for page in self.pages if page.path == wanted), None)

    def title_of(self, page: PageDeclaration) -> str:
        """What to call ``page`` until it names itself."""
        return page.title or self.name

    def channel_name(self, channel: ChannelDeclaration) -> str:
        """The whole name of one of its channels."""
        return f"{self.id}:{channel.verb}"


class Problem(Struct):
    """One thing wrong with a plugin folder. ``path`` points into the manifest (``$.pages[0].entry``)."""

    file: str
    expected: str
    came: str
    line: int | None = None
    path: str = "$"
    hint: str = ""

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        hint = f"; {self.hint}" if self.hint else ""
        return f"{where}: {self.path}: expected {self.expected}, came {self.came}{hint}"


class InvalidManifest(BadCall):
    """The folder holds no plugin that can be opened. ``problems`` has all there is to mend."""

    def __init__(self, folder: Path, problems: list[Problem]) -> None:
        lines = "\n".join(f"  {problem}" for problem in problems)
        super().__init__(ErrorCode.INVALID_PAYLOAD, f"{folder} holds no valid plugin:\n{lines}")
        self.problems = problems


def schema() -> dict[str, Any]:
    """The manifest's JSON Schema, as generated from the Structs of this file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Browser OS plugin.toml",
        **msgspec.json.schema(Manifest),
    }


def schema_text() -> str:
    """What ``manifest.schema.json`` must hold."""
    return json.dumps(schema(), indent=2, ensure_ascii=False) + "\n"


def pattern_of(channel: ChannelDeclaration) -> Pattern:
    """The contract pattern that a manifest's word stands for."""
    return Pattern(channel.pattern)


if __name__ == "__main__":
    SCHEMA_FILE.write_text(schema_text(), encoding="utf-8")
