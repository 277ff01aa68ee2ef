"""What is said about renderers' rights, for every way there is."""

from pathlib import Path

import pytest

from shared.channels.process import Isolation
from tools.doctor import isolation
from tools.doctor.attempt import TrialFailed
from tools.doctor.row import Level


@pytest.mark.parametrize(
    ("way", "as_root", "level"),
    [
        (Isolation.AS_USER, False, Level.OK),
        (Isolation.UID, True, Level.OK),
        (Isolation.USER_NAMESPACE, True, Level.WARN),
    ],
)
def test_each_way_is_named_and_judged(way: Isolation, as_root: bool, level: Level) -> None:
    row = isolation.isolation_row("Isolation of pages", {"pages": way}, "pages", as_root=as_root)
    assert row.level is level
    assert way in row.found
    assert bool(row.fix) is (level is not Level.OK)


def test_why_the_better_way_fails_is_told() -> None:
    told = {"pages": Isolation.USER_NAMESPACE, "why": "/somewhere is closed to others"}
    assert "/somewhere is closed" in isolation.isolation_row("x", told, "pages", as_root=True).found


def test_no_way_fails_with_the_reason() -> None:
    row = isolation.isolation_row("x", {"refused": "start it as an ordinary user"}, "pages", as_root=True)
    assert (row.level, row.fix) == (Level.FAIL, "start it as an ordinary user")


def test_the_names_are_those_of_the_contract() -> None:
    assert {isolation.AS_USER, isolation.BY_UID} <= set(Isolation)


@pytest.mark.parametrize(
    ("environ", "namespaces", "filters", "level"),
    [
        ({}, True, True, Level.OK),
        ({}, False, True, Level.WARN),
        ({}, True, False, Level.FAIL),
        ({"QTWEBENGINE_DISABLE_SANDBOX": "1"}, True, True, Level.WARN),
        ({"QTWEBENGINE_DISABLE_SANDBOX": "0"}, True, True, Level.OK),
        ({"QTWEBENGINE_CHROMIUM_FLAGS": "--no-sandbox"}, True, True, Level.WARN),
    ],
)
def test_chromiums_sandbox_needs_namespaces_filters_and_no_meddling(
    environ: dict[str, str], namespaces: bool, filters: bool, level: Level
) -> None:
    assert isolation.sandbox_row(environ, namespaces=namespaces, filters=filters).level is level


def test_partial_confinement_never_looks_full() -> None:
    row = isolation.confinement_row()
    assert row.level is Level.WARN
    assert row.found.startswith("partial")


def test_a_report_that_fails_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def in_program(*_: object) -> None:
        raise TrialFailed("no module named renderer")

    monkeypatch.setattr(isolation, "in_program", in_program)
    rows = isolation.rows(tmp_path, namespaces=True, filters=True)
    assert [row.level for row in rows[:2]] == [Level.FAIL, Level.FAIL]
    assert rows[0].fix == "no module named renderer"


def test_the_renderers_own_code_is_asked(tmp_path: Path) -> None:
    rows = isolation.rows(tmp_path, namespaces=True, filters=True)
    assert all(row.level is not Level.FAIL for row in rows[:2])
