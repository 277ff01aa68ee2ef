"""The report that the doctor reads says what the zygote will do."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from renderer import privileges, privileges_report
from renderer.privileges import Facts
from shared.channels.process import Isolation


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[list[Path]]:
    """The folders that web hosts must be able to write; only the first question finds nobody's uid usable."""
    questions: list[list[Path]] = []

    def gather(read: Iterable[Path], write: Iterable[Path] = ()) -> Facts:
        questions.append(list(write))
        return Facts(uid=0, unreachable="/closed is closed to others" if questions[-1] else None)

    monkeypatch.setattr(privileges, "gather", gather)
    return questions


def test_pages_and_web_hosts_are_told_apart(asked: list[list[Path]], tmp_path: Path) -> None:
    told = privileges_report.report(tmp_path)
    assert asked == [[], [tmp_path]]
    assert told == {
        "pages": Isolation.UID,
        "web": Isolation.USER_NAMESPACE,
        "why": "/closed is closed to others",
    }


def test_storage_not_made_yet_is_judged_by_what_it_will_be_made_in(
    asked: list[list[Path]], tmp_path: Path
) -> None:
    privileges_report.report(tmp_path / "profile" / "web")
    assert asked[1] == [tmp_path]


def test_a_private_window_needs_no_storage(asked: list[list[Path]]) -> None:
    assert privileges_report.report(None) == {"pages": Isolation.UID, "web": Isolation.UID}


def test_no_way_at_all_is_a_refusal_with_its_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    facts = Facts(uid=0, unreachable="it is closed", no_namespace="the kernel refuses")
    monkeypatch.setattr(privileges, "gather", lambda read, write=(): facts)
    told = privileges_report.report(None)
    assert set(told) == {"refused"}
    assert "ordinary user" in told["refused"]
