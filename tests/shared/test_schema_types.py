"""JSON Schema to types and back."""

import math
from typing import Annotated, Any, Literal

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.contract import Empty, Struct
from shared.errors import BadCall
from shared.schema_types import MAX_SCHEMA_DEPTH, MAX_SCHEMA_NODES, schema_of, schema_problems, type_of

PERSON = {
    "type": "object",
    "required": ["name", "tags"],
    "properties": {
        "name": {"type": "string", "minLength": 1, "maxLength": 5, "description": "Who."},
        "age": {"type": ["integer", "null"], "minimum": 0, "maximum": 150},
        "weight": {"type": "number", "minimum": 0},
        "tags": {"type": "array", "items": {"enum": ["a", "b", 1, None]}, "maxItems": 2},
        "active": {"type": "boolean", "default": True},
        "notes": {"type": "object", "additionalProperties": {"type": "string"}},
        "home": {"type": "object", "required": ["street"], "properties": {"street": {"type": "string"}}},
    },
}

VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-200, 200)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["", "a", "b", "Ada", "Adaline"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["street", "x"]), inner, max_size=2)
    ),
    max_leaves=4,
)
PEOPLE = st.fixed_dictionaries(
    {"name": VALUES, "tags": VALUES},
    optional=dict.fromkeys(("age", "weight", "active", "notes", "home", "unknown"), VALUES),
)


def accepts(type_: Any, value: Any) -> bool:
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError:
        return False
    return True


@given(PEOPLE)
def test_the_type_accepts_what_the_schema_does(person: dict[str, Any]) -> None:
    closed = {**PERSON, "additionalProperties": False}
    home = {**PERSON["properties"]["home"], "additionalProperties": False}  # type: ignore[index]
    closed["properties"] = {**PERSON["properties"], "home": home}  # type: ignore[dict-item]
    by_schema = jsonschema.Draft202012Validator(closed).is_valid(person)
    # JSON Schema takes 1.0 for an integer; the wire has a type of its own for it.
    if not _has_whole_float(person):
        assert accepts(type_of(PERSON, "Person"), person) is by_schema


def _has_whole_float(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_has_whole_float, value.values()))
    if isinstance(value, list):
        return any(map(_has_whole_float, value))
    return isinstance(value, float) and value.is_integer()


def test_defaults_are_filled_in_and_what_is_absent_stays_absent() -> None:
    person = msgspec.convert({"name": "Ada", "tags": []}, type_of(PERSON, "Person"))
    assert person.active is True
    assert person.weight is msgspec.UNSET
    assert msgspec.json.encode(person) == b'{"name":"Ada","tags":[]}'


@pytest.mark.parametrize("number", [math.nan, math.inf, -math.inf])
def test_a_number_is_finite(number: float) -> None:
    assert not accepts(type_of({"type": "number"}, "Number"), number)


def test_an_object_without_properties_is_empty() -> None:
    assert type_of({"type": "object"}, "Nothing") is Empty


@pytest.mark.parametrize(
    ("schema", "path", "words"),
    [
        ({"type": "strin"}, ("type",), "one of object"),
        ({}, ("type",), "nothing"),
        ([], (), "a schema"),
        ({"type": "string", "pattern": "(a+)+$"}, ("pattern",), "no regular expression"),
        ({"type": "string", "maxLenght": 3}, ("maxLenght",), "did you mean 'maxLength'"),
        ({"type": "string", "minimum": 3}, ("minimum",), "goes with string"),
        ({"type": "string", "maxLength": -1}, ("maxLength",), "an integer from 0"),
        ({"type": "integer", "maximum": 2**60}, ("maximum",), "an integer from"),
        ({"type": "integer", "minimum": True}, ("minimum",), "an integer from"),
        ({"type": "number", "minimum": math.inf}, ("minimum",), "a finite number"),
        ({"type": "array"}, ("items",), "items"),
        ({"type": "object", "additionalProperties": True}, ("additionalProperties",), "false"),
        ({"type": "object", "properties": {"class": {"type": "null"}}}, ("properties", "class"), "Python"),
        ({"type": "object", "properties": {"a-b": {"type": "null"}}}, ("properties", "a-b"), "Python"),
        (
            {"type": "object", "required": ["nmae"], "properties": {"name": {"type": "string"}}},
            ("required", 0),
            "did you mean 'name'",
        ),
        (
            {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "default": "x"}}},
            ("properties", "n", "default"),
            "a value of the property's own type 'x'",
        ),
        ({"enum": []}, ("enum",), "a list"),
        ({"enum": [1.5]}, ("enum", 0), "a string, an integer or null"),
        ({"enum": [True]}, ("enum", 0), "a string, an integer or null"),
        ({"$ref": "#/x"}, ("type",), "one of object"),
        ({"type": "object", "$ref": "https://example.org"}, ("$ref",), "subset"),
        ({"type": ["string", "integer"]}, ("type",), "null"),
    ],
)
def test_what_leaves_the_subset_is_named_with_its_path(
    schema: Any, path: tuple[Any, ...], words: str
) -> None:
    problems = [p for p in schema_problems(schema) if p.path == path]
    assert problems, schema_problems(schema)
    assert words in f"{problems[0].expected} {problems[0].came}"
    if isinstance(schema, dict):
        with pytest.raises(BadCall):
            type_of(schema, "Faulty")


def test_a_schema_is_bounded_in_depth_and_size() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(MAX_SCHEMA_DEPTH + 2):
        deep = {"type": "array", "items": deep}
    assert any("levels" in problem.expected for problem in schema_problems(deep))
    wide = {"type": "object", "properties": {f"p{i}": {"type": "null"} for i in range(MAX_SCHEMA_NODES + 5)}}
    assert [problem.came for problem in schema_problems(wide)] == ["more"]


def test_a_default_must_be_of_its_own_type() -> None:
    with pytest.raises(BadCall, match="default"):
        type_of({"type": "object", "properties": {"n": {"type": "integer", "default": "x"}}}, "Faulty")


class Street(Struct):
    name: Annotated[str, msgspec.Meta(max_length=20)]


class Address(Struct):
    """Where."""

    street: Street
    number: Annotated[int, msgspec.Meta(ge=1)] | None = None
    kind: Literal["home", "work"] = "home"
    others: tuple[Street, ...] = ()


class Endless(Struct):
    inner: "Endless | None" = None


def test_from_a_struct_to_its_schema_and_back() -> None:
    back = type_of(schema_of(Address), "Address")
    address = {"street": {"name": "Elm"}, "number": 5, "others": [{"name": "Oak"}]}
    assert msgspec.json.decode(msgspec.json.encode(msgspec.convert(address, back))) == address
    for wrong in ({}, {"street": {"name": "x" * 21}}, {"street": {"name": "x"}, "number": 0}, {"street": 1}):
        assert not accepts(back, wrong)
        assert not accepts(Address, wrong)


def test_a_type_that_contains_itself_has_no_schema() -> None:
    with pytest.raises(BadCall, match="contains itself"):
        schema_of(Endless)
