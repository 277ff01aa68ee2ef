"""The rule of pairs, and packages too old or missing."""

import pytest

from tools.doctor.row import Level
from tools.doctor.software import Version, numbers, packages_row, pyside_row, python_row, rows


@pytest.mark.parametrize(
    ("text", "version"),
    [("6.12.0", (6, 12, 0)), ("0.20", (0, 20)), ("1.2.0rc1", (1, 2, 0)), ("2.1+local3", (2, 1))],
)
def test_versions_are_compared_as_numbers(text: str, version: Version) -> None:
    assert numbers(text) == version


@pytest.mark.parametrize(
    ("version", "level"),
    [((3, 10, 9), Level.FAIL), ((3, 11, 0), Level.OK), ((3, 14, 2), Level.OK), ((3, 15, 0), Level.FAIL)],
)
def test_python_has_an_oldest_and_a_newest(version: Version, level: Level) -> None:
    assert python_row(version).level is level


@pytest.mark.parametrize(
    ("python", "pyside", "level"),
    [
        ((3, 11, 7), "6.11.3", Level.OK),
        ((3, 11, 7), "6.12.0", Level.FAIL),
        ((3, 11, 7), "6.11.2", Level.FAIL),
        ((3, 13, 0), "6.12.0", Level.OK),
        ((3, 12, 1), "6.13.1", Level.OK),
        ((3, 13, 0), "6.11.3", Level.FAIL),
        ((3, 13, 0), None, Level.FAIL),
    ],
)
def test_pyside_and_python_go_in_pairs(python: Version, pyside: str | None, level: Level) -> None:
    row = pyside_row(python, lambda name: pyside)
    assert row.level is level
    assert bool(row.fix) is (level is not Level.OK)


def test_pyside_and_shiboken_are_of_one_version() -> None:
    row = pyside_row((3, 13, 0), {"PySide6": "6.12.0", "shiboken6": "6.12.1"}.get)
    assert row.level is Level.FAIL
    assert "shiboken6 6.12.1" in row.found


def test_packages_are_compared_with_what_is_declared() -> None:
    declared = ["PySide6==6.11.3; python_version < '3.12'", "msgspec>=0.20", "click>=8.1", "rich>=13.9"]
    versions = {"msgspec": "0.19.9", "click": "8.10.0"}
    row = packages_row(declared, versions.get)
    assert row.level is Level.FAIL
    assert row.found == "msgspec 0.19.9, older than 0.20, rich missing"
    assert packages_row(declared, {**versions, "msgspec": "0.20", "rich": "15.0"}.get).found == "all 3"


def test_this_environment_is_sound() -> None:
    assert [row.level for row in rows()] == [Level.OK] * 3
