"""The author's classes against the manifest's declarations."""

from typing import Any

import pytest

from browser_os._types import argument_type, check_agreement, checked_result, converted
from shared.contract import PAGE, Contract, Direction, Pattern, Struct
from shared.errors import BadCall, ErrorCode
from shared.schema_types import type_of


def contract(payload: dict[str, Any], result: dict[str, Any] | None = None) -> Contract:
    return Contract(
        channel="hello:greet",
        summary="x",
        pattern=Pattern.REQUEST,
        direction=Direction.BOTH,
        parties=PAGE,
        payload=type_of(payload, "Greet"),
        result=type_of(result or {"type": "object"}, "Greeting"),
    )


GREET = contract(
    {
        "type": "object",
        "required": ["name"],
        "properties": {"name": {"type": "string"}, "times": {"type": "integer"}},
    },
    {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "maxLength": 5}}},
)


class Greet(Struct):
    name: str
    times: int | None = None


class Greeting(Struct):
    text: str


async def greet(request: Greet) -> Greeting:
    return Greeting(text=request.name)


def test_a_payload_becomes_the_authors_class() -> None:
    declared = converted({"name": "Ada"}, GREET.payload)
    assert converted(declared, Greet) == Greet(name="Ada")
    assert converted(Greet(name="Ada", times=2), GREET.payload).times == 2
    assert converted(declared, Any) is declared
    assert converted(declared, GREET.payload) is declared


def test_what_does_not_fit_has_a_path() -> None:
    with pytest.raises(BadCall) as caught:
        converted({"name": 5}, Greet)
    assert caught.value.path == "$.name"


class Receiver:
    def method(self, request: Greet) -> None: ...
    def nothing(self) -> None: ...


def test_the_parameter_says_what_a_function_takes() -> None:
    assert argument_type(greet) is Greet
    assert argument_type(Receiver().method) is Greet
    assert argument_type(Receiver().nothing) is None
    assert argument_type(lambda: None) is None
    assert argument_type(lambda request: None) is Any
    assert argument_type(lambda *everything: None) is Any
    assert argument_type(lambda request, more=1: None) is Any
    assert argument_type([].append) is Any


def test_functions_of_several_arguments_are_refused() -> None:
    with pytest.raises(BadCall, match="takes several arguments"):
        argument_type(lambda a, b: None)


def test_an_annotation_that_names_nothing_is_told() -> None:
    def faulty(request: "Gret") -> None: ...  # type: ignore[name-defined]  # noqa: F821  the mistake under test

    with pytest.raises(BadCall, match="Gret"):
        argument_type(faulty)


def test_a_class_that_can_hold_the_declaration_is_accepted() -> None:
    check_agreement(GREET, Greet, greet)
    check_agreement(GREET, GREET.payload, greet)
    check_agreement(GREET, Any, greet)
    check_agreement(GREET, dict, greet)


def test_a_class_that_cannot_is_told_by_its_fields() -> None:
    class Wrong(Struct):
        nmae: str
        times: int

    with pytest.raises(BadCall) as caught:
        check_agreement(GREET, Wrong, greet)
    for words in (
        "Wrong, which greet takes",
        "lacks 'name'",
        "requires 'nmae'",
        "requires 'times', which may be absent",
    ):
        assert words in caught.value.message


def test_a_result_is_held_against_its_declaration_and_blamed_on_the_handler() -> None:
    assert checked_result(GREET, {"text": "hi"}, greet).text == "hi"
    assert checked_result(GREET, Greeting(text="hi"), greet).text == "hi"
    for wrong in (Greeting(text="too long"), {"text": 3}, None, object()):
        with pytest.raises(BadCall, match="greet returned a") as caught:
            checked_result(GREET, wrong, greet)
        assert caught.value.code is ErrorCode.HANDLER_FAILED
