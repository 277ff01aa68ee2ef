"""A row is ok, or says what to do."""

import pytest

from tools.doctor.row import Level, judged


def test_a_good_row_needs_no_fix() -> None:
    row = judged("Name", "this", "this", good=True, fix="do that")
    assert (row.level, row.fix) == (Level.OK, "")


@pytest.mark.parametrize("level", [Level.FAIL, Level.WARN])
def test_a_bad_row_has_its_fix(level: Level) -> None:
    row = judged("Name", "this", "that", good=False, fix="do that", otherwise=level)
    assert (row.level, row.fix) == (level, "do that")
