"""Trials tell how they went, however they end."""

import os

import pytest

from tools.doctor import attempt
from tools.doctor.attempt import TrialFailed, in_child, in_program


def refuse() -> None:
    raise PermissionError(1, "Operation not permitted")


def test_a_trial_in_a_child_tells_why_it_failed() -> None:
    assert in_child(lambda: None) is None
    assert in_child(refuse) == "Operation not permitted"


def test_a_trial_changes_nothing_here(tmp_path: object) -> None:
    before = os.getcwd()
    assert in_child(lambda: os.chdir("/")) is None
    assert os.getcwd() == before


def test_a_program_answers_with_its_last_line() -> None:
    assert in_program(["-c", "print('noise'); print('{\"a\": 1}')"], os.environ) == {"a": 1}


@pytest.mark.parametrize(
    ("program", "words"),
    [
        ("import sys; sys.exit('no display')", "no display"),
        ("import os; os.abort()", "status -6"),
        ("print('[]')", "it said"),
        ("print('hello')", "it said"),
        ("", "it said"),
    ],
)
def test_a_program_that_fails_is_quoted(program: str, words: str) -> None:
    with pytest.raises(TrialFailed, match=words):
        in_program(["-c", program], os.environ)


def test_a_program_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempt, "TRIAL_SECONDS", 0.3)
    with pytest.raises(TrialFailed, match=r"within 0\.3 s"):
        in_program(["-c", "import signal; signal.pause()"], os.environ)
