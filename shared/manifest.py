"""Reads a plugin folder and says all that is wrong with it: file, line, path, what was expected and what came.

Nothing of the folder is imported: ``plugin.toml`` is read, and looked which files exist, no more.
"""

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import msgspec

from shared.manifest_types import (
    FILE_NAME,
    MAX_MANIFEST_BYTES,
    SCHEMA_FILE,
    InvalidManifest,
    Manifest,
    PageDeclaration,
    Problem,
)
from shared.plugin_names import nearest, why_reserved, why_taken
from shared.schema_types import schema_problems
from shared.toml_lines import Path as KeyPath
from shared.toml_lines import key_lines, line_of
from shared.version import VERSION, satisfies

_NOTHING = "nothing"
_LONG_LIST = 8
"""Names beyond which the nearest alone is told."""
_TOML_PLACE = re.compile(
    r"^(?P<what>.*?) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL
)


def load(folder: Path, *, built_in: bool = False) -> Manifest:
    """The manifest of the plugin in ``folder``. ``built_in`` plugins may have reserved names.

    Raises:
        InvalidManifest: with every problem found.
    """
    manifest, problems = _read(folder, built_in=built_in)
    if manifest is None or problems:
        raise InvalidManifest(folder, problems)
    return manifest


def validate_folder(folder: Path, *, built_in: bool = False) -> list[Problem]:
    """Everything that keeps the plugin in ``folder`` from being opened; empty if nothing does.

    What only a manifest of the right form can be asked (whether names clash, modules exist) waits until it has it.
    """
    return _read(folder, built_in=built_in)[1]


def _read(folder: Path, *, built_in: bool = False) -> tuple[Manifest | None, list[Problem]]:
    file = folder / FILE_NAME
    try:
        with file.open("rb") as stream:
            data = stream.read(MAX_MANIFEST_BYTES + 1)
    except OSError as error:
        return None, [
            Problem(
                file=str(file), expected=f"a plugin folder with a {FILE_NAME}", came=error.strerror or "none"
            )
        ]
    if len(data) > MAX_MANIFEST_BYTES:
        return None, [Problem(file=str(file), expected=f"at most {MAX_MANIFEST_BYTES} bytes", came="more")]
    try:
        text = data.decode()
        document = tomllib.loads(text)
    except UnicodeDecodeError as error:
        return None, [
            Problem(file=str(file), expected="UTF-8", came=f"byte {data[error.start]:#04x} at {error.start}")
        ]
    except tomllib.TOMLDecodeError as error:
        return None, [_toml_problem(str(file), str(error), data.count(b"\n") + 1)]
    except RecursionError:
        return None, [
            Problem(file=str(file), expected="TOML nested a few levels deep", came="hundreds of levels")
        ]
    manifest, problems = _checked(_Reader(file, document, key_lines(text)), built_in=built_in)
    return manifest, sorted(problems, key=lambda problem: problem.line or 0)


def _toml_problem(file: str, message: str, last_line: int) -> Problem:
    """tomllib's error carries its place only in its words."""
    match = _TOML_PLACE.match(message)
    if match is None:
        return Problem(file=file, expected="TOML", came=message)
    line = int(match["line"]) if match["line"] else last_line
    return Problem(file=file, line=line, expected="TOML", came=f"something else: {match['what']}")


class _Reader:
    """The document that is being looked at, and a maker of problems with their places."""

    def __init__(self, file: Path, document: dict[str, Any], lines: dict[KeyPath, int]) -> None:
        self.folder = file.parent
        self.document = document
        self._file = str(file)
        self._lines = lines

    def problem(self, path: KeyPath, expected: str, came: str, hint: str = "") -> Problem:
        return Problem(
            file=self._file,
            line=line_of(path, self._lines),
            path=_text(path),
            expected=expected,
            came=came,
            hint=hint,
        )


def _text(path: KeyPath) -> str:
    return "$" + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)


def _checked(reader: _Reader, *, built_in: bool) -> tuple[Manifest | None, list[Problem]]:
    problems = _schema_problems(reader)
    if problems:
        return None, problems
    try:
        manifest = msgspec.convert(reader.document, Manifest)
    except msgspec.ValidationError as error:
        # The schema is generated from the Struct: what passes the one and not the other is a value JSON has no word for.
        return None, [reader.problem((), "what the manifest's schema describes", str(error))]
    problems += _identity_problems(reader, manifest, built_in=built_in)
    problems += _page_problems(reader, manifest, built_in=built_in)
    problems += _channel_problems(reader, manifest)
    problems += _permission_problems(reader, manifest)
    return manifest, problems


@cache
def _validator() -> jsonschema.Draft202012Validator:
    schema = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def _schema_problems(reader: _Reader) -> list[Problem]:
    found: dict[KeyPath, Problem] = {}
    mistyped: set[KeyPath] = set()
    for error in _validator().iter_errors(reader.document):
        for path, meant, problem in _problems_of(reader, error):
            found.setdefault(path, problem)
            if meant is not None:
                mistyped.add((*path[:-1], meant))
    # A key with a letter wrong is one problem, not an unknown key and a missing one.
    return [problem for path, problem in found.items() if not (path in mistyped and problem.came == _NOTHING)]


def _problems_of(
    reader: _Reader, error: jsonschema.ValidationError
) -> Iterator[tuple[KeyPath, str | None, Problem]]:
    """Where, which key was probably meant there, and what is wrong."""
    path: KeyPath = tuple(error.absolute_path)
    known = error.schema.get("properties", {})
    if error.validator == "additionalProperties":
        for key in error.instance.keys() - known.keys():
            meant = nearest(key, known)
            problem = reader.problem(
                (*path, key), "one of " + ", ".join(sorted(known)), repr(key), _hint(meant)
            )
            yield (*path, key), meant, problem
    elif error.validator == "required":
        for key in error.validator_value:
            if key not in error.instance:
                wanted = _described(known.get(key, {})) or "a value"
                yield (*path, key), None, reader.problem((*path, key), wanted, _NOTHING)
    else:
        expected, hint = _table(path, known) or _described(error.schema) or _constraint(error), ""
        if error.validator == "enum" and isinstance(error.instance, str):
            hint = _hint(nearest(error.instance, map(str, error.validator_value)))
            if hint and len(error.validator_value) > _LONG_LIST:
                expected = f"one of {len(error.validator_value)} known names"
        yield path, None, reader.problem(path, expected, _shown(error.instance), hint)


def _table(path: KeyPath, known: dict[str, Any]) -> str | None:
    """How a table that was expected at ``path`` is written; None if none was."""
    if not known:
        return None
    return f"a [[{path[0]}]] table with " + ", ".join(sorted(known)) if path else "a table"


def _hint(meant: str | None) -> str:
    return f"did you mean '{meant}'?" if meant else ""


def _described(schema: dict[str, Any]) -> str | None:
    description = schema.get("description")
    return description if isinstance(description, str) else None


def _constraint(error: jsonschema.ValidationError) -> str:
    value = error.validator_value
    return f"{value}" if error.validator == "type" else f"{error.validator} {value}"


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}…"


def _identity_problems(reader: _Reader, manifest: Manifest, *, built_in: bool) -> Iterator[Problem]:
    reason = None if built_in else why_reserved(manifest.id)
    if reason is not None:
        yield reader.problem(("id",), "an id of the plugin's own", repr(manifest.id), reason)
    try:
        if not satisfies(manifest.requires_shell):
            yield reader.problem(
                ("requires-shell",), "a range with this shell's version in it", repr(manifest.requires_shell),
                f"this is Browser OS {VERSION}",
            )  # fmt: skip
    except ValueError as error:
        yield reader.problem(("requires-shell",), str(error), repr(manifest.requires_shell))


def _page_problems(reader: _Reader, manifest: Manifest, *, built_in: bool) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, page in enumerate(manifest.pages):
        where: KeyPath = ("pages", index)
        if page.path in seen:
            yield reader.problem((*where, "path"), "a path that no other page has", repr(page.path))
        seen.add(page.path)
        if built_in:
            continue  # their modules are the renderer's own
        module = page.entry.partition(":")[0]
        reason = why_taken(module.partition(".")[0])
        if reason is not None:
            yield reader.problem((*where, "entry"), "a module of the plugin's own", repr(page.entry), reason)
            continue
        stem = reader.folder.joinpath(*module.split("."))
        if not stem.with_suffix(".py").is_file() and not (stem / "__init__.py").is_file():
            relative = stem.with_suffix(".py").relative_to(reader.folder)
            meant = nearest(module, sorted(file.stem for file in reader.folder.glob("*.py")))
            yield reader.problem(
                (*where, "entry"),
                f"a module that exists ({relative} does not)",
                repr(page.entry),
                _hint(meant and f"{meant}:{page.entry.partition(':')[2]}"),
            )


def _channel_problems(reader: _Reader, manifest: Manifest) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, channel in enumerate(manifest.channels):
        where: KeyPath = ("channels", index)
        if channel.verb in seen:
            yield reader.problem((*where, "verb"), "a verb that no other channel has", repr(channel.verb))
        seen.add(channel.verb)
        if channel.pattern == "event" and channel.result:
            yield reader.problem((*where, "result"), "no result, for an event is not answered", "a schema")
        for key, schema in (("payload", channel.payload), ("result", channel.result)):
            if not schema:
                continue
            if schema.get("type") != "object":
                yield reader.problem((*where, key, "type"), "'object' (payloads and results have named fields)",
                                     repr(schema["type"]) if "type" in schema else _NOTHING)  # fmt: skip
                continue
            for problem in schema_problems(schema):
                yield reader.problem((*where, key, *problem.path), problem.expected, problem.came)


def _permission_problems(reader: _Reader, manifest: Manifest) -> Iterator[Problem]:
    seen: set[str] = set()
    for index, permission in enumerate(manifest.permissions):
        if permission.name in seen:
            where: KeyPath = ("permissions", index, "name")
            yield reader.problem(where, "a permission asked for once", repr(permission.name))
        seen.add(permission.name)


__all__ = [
    "FILE_NAME",
    "InvalidManifest",
    "Manifest",
    "PageDeclaration",
    "Problem",
    "load",
    "validate_folder",
]
