"""JSON Schema, the subset that plugins declare channels in, to types that msgspec decodes, and back.

The subset: ``type`` (one, or one with ``"null"``), ``properties``, ``required``, ``additionalProperties``
(``false``; or a schema, for a map), ``items``, ``enum``, ``default``, ``minimum``, ``maximum``, ``minLength``,
``maxLength``, ``minItems``, ``maxItems``, ``title``, ``description``. An object's unknown fields are refused, as
everywhere on the wire. Regular expressions are left out on purpose: a pattern can be written that takes main's
GUI thread for minutes.
"""

import keyword
import sys
from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from shared.contract import Empty, Struct
from shared.errors import BadCall, ErrorCode
from shared.plugin_names import nearest

MAX_SCHEMA_DEPTH: Final = 16
"""Deepest nesting of schemas."""
MAX_SCHEMA_NODES: Final = 512
"""Schemas within one schema."""
LARGEST_INTEGER: Final = 2**53
"""Integers beyond it are not safe in JSON."""

_ANNOTATIONS: Final = frozenset({"title", "description", "default"})
_KEYWORDS: Final[Mapping[str, frozenset[str]]] = {
    "object": frozenset({"properties", "required", "additionalProperties"}),
    "array": frozenset({"items", "minItems", "maxItems"}),
    "string": frozenset({"minLength", "maxLength"}),
    "integer": frozenset({"minimum", "maximum"}),
    "number": frozenset({"minimum", "maximum"}),
    "boolean": frozenset(),
    "null": frozenset(),
}
_INWARD: Final = ("properties", "items", "additionalProperties")
"""Keywords that lead from a schema to one within it."""
_LENGTHS: Final = frozenset({"minLength", "maxLength", "minItems", "maxItems"})
_ALL_KEYWORDS: Final = frozenset({"type", "enum"}).union(_ANNOTATIONS, *_KEYWORDS.values())


class SchemaProblem(msgspec.Struct, frozen=True):
    """One place where a schema leaves the subset: ``path`` of keys from its top."""

    path: tuple[str | int, ...]
    expected: str
    came: str


def schema_problems(schema: Any) -> list[SchemaProblem]:
    """Everything in ``schema`` that :func:`type_of` could not turn into a type."""
    budget = [MAX_SCHEMA_NODES]
    return list(_problems(schema, (), budget))


def type_of(schema: Mapping[str, Any], name: str) -> Any:
    """The type of the values that ``schema`` describes; objects become frozen Structs called after ``name``.

    Raises:
        BadCall: the schema leaves the subset; the first problem is named.
    """
    for problem in schema_problems(schema):
        path = ".".join(("$", *map(str, problem.path)))
        raise BadCall(
            ErrorCode.INVALID_PAYLOAD,
            f"expected {problem.expected}, came {problem.came} in a JSON Schema",
            path=path,
        )
    return _build(schema, name)


def schema_of(type_: Any) -> dict[str, Any]:
    """The schema, within the subset, of a Struct (or any type msgspec can describe), without references.

    Raises:
        BadCall: the type contains itself, or something that the subset cannot say.
    """
    document = msgspec.json.schema(type_)
    schema: dict[str, Any] = _inline(document, document.get("$defs", {}), ())
    for problem in schema_problems(schema):
        path = ".".join(("$", *map(str, problem.path)))
        raise BadCall(
            ErrorCode.INVALID_PAYLOAD,
            f"expected {problem.expected}, came {problem.came}: plugins' channels cannot say it",
            path=path,
        )
    return schema


# Looking for problems


def _problems(schema: Any, path: tuple[str | int, ...], budget: list[int]) -> Iterator[SchemaProblem]:
    budget[0] -= 1
    if budget[0] < 0:
        if budget[0] == -1:
            yield SchemaProblem(path, f"at most {MAX_SCHEMA_NODES} schemas in one", "more")
        return
    if not isinstance(schema, dict):
        yield SchemaProblem(path, "a schema (a table)", _kind(schema))
        return
    if sum(part in _INWARD for part in path) > MAX_SCHEMA_DEPTH:
        yield SchemaProblem(path, f"at most {MAX_SCHEMA_DEPTH} levels", "more")
        return
    base, _ = _base_and_nullable(schema)
    if "enum" in schema:
        yield from _enum_problems(schema, path)
        allowed = _ANNOTATIONS | {"enum", "type"}
    elif base is None:
        yield SchemaProblem((*path, "type"), "one of " + ", ".join(_KEYWORDS) + ', or one of them with "null"',
                            repr(schema["type"]) if "type" in schema else "nothing")  # fmt: skip
        return
    else:
        allowed = _ANNOTATIONS | {"type"} | _KEYWORDS[base]
    for key in schema:
        if key not in allowed:
            yield SchemaProblem((*path, key), _expected_keyword(key, base), repr(key))
    if base is None or "enum" in schema:
        return
    yield from _bound_problems(schema, base, path)
    if base == "object":
        yield from _object_problems(schema, path, budget)
    elif base == "array":
        if "items" in schema:
            yield from _problems(schema["items"], (*path, "items"), budget)
        else:
            yield SchemaProblem((*path, "items"), "the schema of the array's items", "nothing")


def _expected_keyword(key: str, base: str | None) -> str:
    if key == "pattern":
        return "no regular expression (use enum or maxLength: main must not run foreign patterns)"
    if key in _ALL_KEYWORDS:
        return f"a keyword that goes with {base or 'enum'}"
    meant = nearest(key, _ALL_KEYWORDS)
    return f"a keyword of the subset (did you mean {meant!r}?)" if meant else "a keyword of the subset"


def _enum_problems(schema: Mapping[str, Any], path: tuple[str | int, ...]) -> Iterator[SchemaProblem]:
    values = schema["enum"]
    if not isinstance(values, list) or not values or len(values) > MAX_SCHEMA_NODES:
        yield SchemaProblem((*path, "enum"), f"a list of 1 to {MAX_SCHEMA_NODES} values", _kind(values))
        return
    for index, value in enumerate(values):
        if isinstance(value, bool) or not isinstance(value, str | int | None):
            yield SchemaProblem((*path, "enum", index), "a string, an integer or null", _kind(value))


def _bound_problems(
    schema: Mapping[str, Any], base: str, path: tuple[str | int, ...]
) -> Iterator[SchemaProblem]:
    for key in _KEYWORDS[base] - {"properties", "required", "additionalProperties", "items"}:
        if key not in schema:
            continue
        value = schema[key]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if key in _LENGTHS or base == "integer":
            smallest = 0 if key in _LENGTHS else -LARGEST_INTEGER
            if not is_number or value != int(value) or not smallest <= value <= LARGEST_INTEGER:
                yield SchemaProblem(
                    (*path, key), f"an integer from {smallest} to {LARGEST_INTEGER}", repr(value)
                )
        elif not is_number or not abs(value) <= sys.float_info.max:
            yield SchemaProblem((*path, key), "a finite number", repr(value))


def _object_problems(
    schema: Mapping[str, Any], path: tuple[str | int, ...], budget: list[int]
) -> Iterator[SchemaProblem]:
    properties = schema.get("properties", {})
    additional = schema.get("additionalProperties", False)
    if not isinstance(properties, dict):
        yield SchemaProblem((*path, "properties"), "a table of schemas", _kind(properties))
        return
    if isinstance(additional, dict):
        if properties:
            yield SchemaProblem((*path, "additionalProperties"), "false beside properties", "a schema")
        yield from _problems(additional, (*path, "additionalProperties"), budget)
    elif additional is not False:
        yield SchemaProblem((*path, "additionalProperties"), "false, or a schema", repr(additional))
    for name, inner in properties.items():
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("__") or not name.isascii():
            yield SchemaProblem(
                (*path, "properties", name), "a name that Python can use for a field", repr(name)
            )
        found = list(_problems(inner, (*path, "properties", name), budget))
        yield from found
        if not found and "default" in inner and not _is_of(inner):
            yield SchemaProblem(
                (*path, "properties", name, "default"),
                "a value of the property's own type",
                repr(inner["default"]),
            )
    required = schema.get("required", [])
    if not isinstance(required, list):
        yield SchemaProblem((*path, "required"), "a list of properties", _kind(required))
        return
    for index, name in enumerate(required):
        if name not in properties:
            meant = nearest(str(name), properties)
            hint = f" (did you mean {meant!r}?)" if meant else ""
            yield SchemaProblem((*path, "required", index), f"one of the properties{hint}", repr(name))


def _kind(value: Any) -> str:
    names = {
        dict: "a table",
        list: "a list",
        str: "a string",
        bool: "true or false",
        int: "an integer",
        float: "a number",
    }
    return names.get(type(value), type(value).__name__)


def _base_and_nullable(schema: Mapping[str, Any]) -> tuple[str | None, bool]:
    declared = schema.get("type")
    if isinstance(declared, str):
        return (declared if declared in _KEYWORDS else None), declared == "null"
    if isinstance(declared, list) and len(declared) == 2 and "null" in declared:
        other = next((entry for entry in declared if entry != "null"), None)
        return (other if isinstance(other, str) and other in _KEYWORDS else None), True
    return None, False


# Building types


def _build(schema: Mapping[str, Any], name: str) -> Any:
    if "enum" in schema:
        return Literal[tuple(schema["enum"])]
    base, nullable = _base_and_nullable(schema)
    built = _build_base(schema, base, name)
    return built | None if nullable and base != "null" else built


def _build_base(schema: Mapping[str, Any], base: str | None, name: str) -> Any:
    if base == "object":
        return _build_object(schema, name)
    if base == "array":
        # mypy has no words for a type made at run time.
        items = tuple.__class_getitem__((_build(schema["items"], f"{name}Item"), ...))
        return _bounded(items, schema, min_length="minItems", max_length="maxItems")
    if base == "string":
        return _bounded(str, schema, min_length="minLength", max_length="maxLength")
    if base == "integer":
        return _bounded(int, schema, ge="minimum", le="maximum")
    if base == "number":
        # Without bounds a float may be nan or infinite, which JSON Schema's numbers are not.
        limits = {"minimum": -sys.float_info.max, "maximum": sys.float_info.max}
        return _bounded(float, {**limits, **schema}, ge="minimum", le="maximum")
    return bool if base == "boolean" else None


def _bounded(type_: Any, schema: Mapping[str, Any], **keys: str) -> Any:
    bounds = {name: schema[key] for name, key in keys.items() if key in schema}
    if type_ is not float:
        bounds = {name: int(bound) for name, bound in bounds.items()}
    return Annotated[type_, Meta(**bounds)] if bounds else type_


def _build_object(schema: Mapping[str, Any], name: str) -> Any:
    additional = schema.get("additionalProperties", False)
    if isinstance(additional, dict):
        return dict.__class_getitem__((str, _build(additional, f"{name}Value")))
    properties = schema.get("properties", {})
    if not properties:
        return Empty
    required = set(schema.get("required", []))
    fields: list[Any] = []
    for field, inner in properties.items():
        type_ = _build(inner, f"{name}{field.title().replace('_', '')}")
        if field in required:
            fields.append((field, type_))
        elif "default" in inner:
            fields.append((field, type_, _frozen_default(inner["default"], type_)))
        else:
            fields.append((field, type_ | UnsetType, UNSET))
    return msgspec.defstruct(name, fields, bases=(Struct,), frozen=True, kw_only=True)


def _is_of(schema: Mapping[str, Any]) -> bool:
    """Whether the default of ``schema`` is a value that ``schema`` describes."""
    try:
        msgspec.convert(schema["default"], _build(schema, "Default"))
    except msgspec.ValidationError:
        return False
    return True


def _frozen_default(value: Any, type_: Any) -> Any:
    try:
        converted = msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        raise BadCall(
            ErrorCode.INVALID_PAYLOAD, f"expected a default of the property's own type: {error}"
        ) from error
    if isinstance(converted, dict):
        return msgspec.field(default_factory=lambda: dict(converted))
    return converted


# From types


def _inline(schema: Any, definitions: Mapping[str, Any], above: tuple[str, ...]) -> Any:
    """``schema`` with references replaced by what they name, and ``anyOf`` with null by a list of types."""
    if isinstance(schema, list):
        return [_inline(entry, definitions, above) for entry in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        if name in above:
            raise BadCall(
                ErrorCode.INVALID_PAYLOAD, f"expected a type without cycles, {name} contains itself"
            )
        target = _inline(definitions[name], definitions, (*above, name))
        return {**target, **{key: value for key, value in schema.items() if key not in ("$ref", "$defs")}}
    if "anyOf" in schema:
        others = [entry for entry in schema["anyOf"] if entry != {"type": "null"}]
        if len(others) == 1:
            inner = _inline(others[0], definitions, above)
            nullable = (
                {"enum": [*inner["enum"], None]} if "enum" in inner else {"type": [inner.get("type"), "null"]}
            )
            rest = {key: value for key, value in schema.items() if key != "anyOf"}
            return {**inner, **nullable, **rest}
    return {key: _inline(value, definitions, above) for key, value in schema.items() if key != "$defs"}
