"""How rights are given up: the decision; the deed is in tests/end_to_end/test_births.py."""

from pathlib import Path

import pytest

from renderer import privileges
from renderer.privileges import Facts, decide, obstacle, verify
from shared.channels.process import Isolation
from shared.errors import ErrorCode, Refused


@pytest.mark.parametrize(
    ("facts", "isolation"),
    [
        (Facts(uid=1000), Isolation.AS_USER),
        (Facts(uid=1000, unreachable="x", no_namespace="y"), Isolation.AS_USER),
        (Facts(uid=0), Isolation.UID),
        (Facts(uid=0, no_namespace="not compiled in"), Isolation.UID),
        (Facts(uid=0, unreachable="/root is closed to others"), Isolation.USER_NAMESPACE),
    ],
)
def test_the_decision(facts: Facts, isolation: Isolation) -> None:
    assert decide(facts) is isolation


def test_where_neither_works_the_refusal_names_reasons_and_fixes() -> None:
    with pytest.raises(Refused) as refused:
        decide(Facts(uid=0, unreachable="/root is closed to others", no_namespace="Operation not permitted"))
    assert refused.value.code is ErrorCode.CAPABILITY_ABSENT
    for words in ("/root is closed to others", "Operation not permitted", "ordinary user", "chmod", "sysctl"):
        assert words in refused.value.message


_NOBODY = {
    "Uid": "65534 65534 65534 65534",
    "Gid": "65534 65534 65534 65534",
    "CapInh": "0" * 16,
    "CapPrm": "0" * 16,
    "CapEff": "0" * 16,
    "CapAmb": "0" * 16,
    "NoNewPrivs": "1",
}
_INSIDE = _NOBODY | {"Uid": "1000 1000 1000 1000", "Gid": "1000 1000 1000 1000"}


@pytest.mark.parametrize(
    ("status", "isolation"),
    [
        (_NOBODY, Isolation.UID),
        (_INSIDE, Isolation.USER_NAMESPACE),
        (_INSIDE, Isolation.AS_USER),
        # Some containers give everybody the gid 0.
        (_INSIDE | {"Gid": "0 0 0 0"}, Isolation.AS_USER),
    ],
)
def test_a_process_without_rights_passes(status: dict[str, str], isolation: Isolation) -> None:
    verify(status, isolation)


@pytest.mark.parametrize(
    ("change", "isolation"),
    [
        ({"Uid": "0 0 0 0"}, Isolation.AS_USER),
        ({"Uid": "65534 65534 0 65534"}, Isolation.UID),
        ({"Uid": "1000 1000 1000 1000"}, Isolation.UID),
        ({}, Isolation.USER_NAMESPACE),
        ({"Gid": "0 0 0 0"}, Isolation.UID),
        ({"CapPrm": "0000000000000001"}, Isolation.UID),
        ({"CapEff": "0000000000200000"}, Isolation.UID),
        ({"CapInh": "1"}, Isolation.UID),
        ({"CapAmb": "1"}, Isolation.UID),
        ({"NoNewPrivs": "0"}, Isolation.UID),
    ],
)
def test_any_right_that_is_left_is_found(change: dict[str, str], isolation: Isolation) -> None:
    with pytest.raises(RuntimeError, match="expected"):
        verify(_NOBODY | change, isolation)


def test_an_open_path_has_no_obstacle(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert obstacle(file) is None
    assert obstacle(tmp_path, write=True) is None


def test_the_first_component_in_the_way_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    inner = tmp_path / "closed" / "inner"
    inner.mkdir(parents=True)
    link = tmp_path / "link"
    link.symlink_to(inner)
    # As somebody who may not enter "closed"; for root no mode would do.
    monkeypatch.setattr("renderer.privileges.os.access", lambda path, mode: Path(path) != tmp_path / "closed")
    assert obstacle(inner) == f"{tmp_path / 'closed'} is closed to others"
    assert obstacle(link) == f"{tmp_path / 'closed'} is closed to others"
    assert obstacle(tmp_path / "missing") == f"{tmp_path / 'missing'} is not there"


def test_the_installation_is_there() -> None:
    paths = privileges.installation()
    assert len(paths) > 5
    assert all(path.exists() for path in paths)


def test_an_ordinary_user_is_not_tried_upon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(privileges.os, "geteuid", lambda: 1000)  # type: ignore[attr-defined]
    monkeypatch.setattr(privileges.os, "fork", lambda: pytest.fail("forked"))  # type: ignore[attr-defined]
    assert privileges.gather([Path("/")]) == Facts(uid=1000)
