"""The shell's version, and requirements on it."""

import tomllib
from pathlib import Path

import pytest

from shared.version import VERSION, satisfies


def test_the_version_is_that_of_the_package() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION


@pytest.mark.parametrize(
    ("requirement", "version", "holds"),
    [
        (">=0.1", "0.1.0", True),
        (">=0.1", "0.0.9", False),
        (">=0.1,<2", "1.9.9", True),
        (">=0.1,<2", "2.0.0", False),
        ("==1.2", "1.2.0", True),
        ("!=1.2", "1.2.0", False),
        (" > 1 , <= 1.10 ", "1.9", True),
        (">1.9", "1.10", True),
    ],
)
def test_a_requirement_holds_if_every_clause_does(requirement: str, version: str, holds: bool) -> None:
    assert satisfies(requirement, version) is holds


@pytest.mark.parametrize("requirement", ["", "1.0", "~=1.0", ">=1,", ">=1.0.0.0", ">= x", ">=1\n>=2"])
def test_what_is_no_requirement_says_what_one_looks_like(requirement: str) -> None:
    with pytest.raises(ValueError, match=r"such as '>=0\.1'"):
        satisfies(requirement)
