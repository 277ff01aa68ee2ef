"""Every code has one blame and one class, and survives the wire."""

import pytest

from shared.errors import (
    BLAME,
    BadCall,
    Blame,
    ErrorCode,
    ErrorReport,
    IPCError,
    error,
    from_report,
    report_of,
)
from shared.limits import MAX_ERROR_TEXT, MAX_TEXT


@pytest.mark.parametrize("code", ErrorCode)
def test_every_code_has_a_blame_a_class_and_comes_back(code: ErrorCode) -> None:
    original = error(code, "because", path="$.a")
    assert original.blame is BLAME[code]
    again = from_report(report_of(original))
    assert (type(again), again.code, again.message, again.path) == (type(original), code, "because", "$.a")


def test_every_blame_has_a_code() -> None:
    assert set(BLAME.values()) == set(Blame)


def test_a_foreign_exception_keeps_its_name_and_not_its_stack() -> None:
    report = report_of(KeyError("x"))
    assert (report.code, report.message) == (ErrorCode.HANDLER_FAILED, "KeyError: 'x'")
    assert report_of(ValueError()).message == "ValueError: "


def test_texts_are_cut() -> None:
    assert len(report_of(ValueError("x" * 100_000)).message) == MAX_ERROR_TEXT
    long = from_report(ErrorReport(code=ErrorCode.INTERNAL, message="x" * 100_000, path="$" * 100_000))
    assert (len(long.message), len(str(long.path))) == (MAX_ERROR_TEXT, MAX_TEXT)
    assert len(str(long)) < 6 * MAX_TEXT


def test_the_text_says_code_reason_and_place() -> None:
    shown: IPCError = BadCall(ErrorCode.INVALID_PAYLOAD, "Expected `int`, got `str`", path="$.a")
    assert str(shown) == "invalid-payload: Expected `int`, got `str` (at $.a)"
