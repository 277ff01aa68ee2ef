"""Parts of a birth that can be looked at alone; whole ones are in tests/end_to_end/test_births.py."""

from multiprocessing import resource_tracker
from typing import Any

import pytest

from renderer import birth
from shared import linux
from shared.channels.process import Isolation

_STATUS = {
    "Uid": "1000 1000 1000 1000",
    "Gid": "1000 1000 1000 1000",
    "CapInh": "0",
    "CapPrm": "0",
    "CapEff": "0",
    "CapAmb": "0",
    "NoNewPrivs": "1",
}


def _pretend(
    monkeypatch: pytest.MonkeyPatch,
    descriptors: tuple[int, ...] = (0, 1, 2, 3, 4),
    threads: int = 1,
    status: dict[str, str] | None = None,
) -> None:
    monkeypatch.setattr(linux, "open_descriptors", lambda: list(descriptors))
    monkeypatch.setattr(linux, "thread_count", lambda: threads)
    monkeypatch.setattr(linux, "status_fields", lambda: _STATUS | (status or {}))


def test_the_self_test_passes_a_clean_process(monkeypatch: pytest.MonkeyPatch) -> None:
    _pretend(monkeypatch)
    birth.self_test(Isolation.USER_NAMESPACE)


@pytest.mark.parametrize(
    ("pretended", "words"),
    [
        ({"descriptors": (0, 1, 2, 3, 4, 17)}, "descriptors"),
        ({"descriptors": (0, 1, 2, 3)}, "descriptors"),
        ({"threads": 2}, "one thread"),
        ({"status": {"CapEff": "2000"}}, "capability"),
        ({"status": {"Uid": "0 0 0 0"}}, "uid"),
    ],
)
def test_the_self_test_names_what_is_not_as_it_must_be(
    monkeypatch: pytest.MonkeyPatch, pretended: dict[str, Any], words: str
) -> None:
    _pretend(monkeypatch, **pretended)
    with pytest.raises(RuntimeError, match=words):
        birth.self_test(Isolation.USER_NAMESPACE)


def test_a_tracker_whose_pipe_is_closed_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker: Any = resource_tracker._resource_tracker
    monkeypatch.setattr(tracker, "_fd", 4711)
    monkeypatch.setattr(tracker, "_pid", 4712)
    birth.forget_resource_tracker()
    assert (tracker._fd, tracker._pid) == (None, None)
