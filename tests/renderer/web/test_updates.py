"""Gathering what a tab tells of itself."""

from collections.abc import Mapping
from typing import Any

from renderer.web.updates import Updates


class Bench:
    """Updates with a clock and a timer in hand."""

    def __init__(self) -> None:
        self.now = 0.0
        self.sent: list[Mapping[str, Any]] = []
        self.scheduled: list[int] = []
        self.updates = Updates(self.sent.append, self.scheduled.append, lambda: self.now)

    def run(self, seconds: float = 1.0) -> None:
        """Let the timer come, ``seconds`` later."""
        self.now += seconds
        while self.scheduled:
            self.scheduled.pop()
            self.updates.flush()


def test_fields_set_together_leave_together() -> None:
    bench = Bench()
    bench.updates.set(title="a")
    bench.updates.set(title="b", url="u")
    assert bench.sent == []
    assert len(bench.scheduled) == 1
    bench.run()
    assert bench.sent == [{"title": "b", "url": "u"}]


def test_what_is_as_it_was_is_not_told_again() -> None:
    bench = Bench()
    bench.updates.set(title="a")
    bench.run()
    bench.updates.set(title="a")
    assert bench.scheduled == []


def test_urgent_fields_leave_at_once_and_take_the_others_along() -> None:
    bench = Bench()
    bench.updates.set(title="a")
    bench.updates.set_now(loading=True)
    assert bench.sent == [{"title": "a", "loading": True}]
    bench.updates.set_now(loading=True)
    assert bench.sent[1] == {"loading": True}


def test_a_flood_is_held_to_the_rate_and_ends_with_the_newest() -> None:
    bench = Bench()
    for number in range(10_000):
        bench.now += 0.001
        bench.updates.set_now(title=str(number))
    assert 600 <= len(bench.sent) <= 700
    bench.run()
    assert bench.sent[-1] == {"title": "9999"}


def test_the_beginning_of_a_load_is_told_even_where_it_was_merged_with_its_end() -> None:
    bench = Bench()
    while not bench.scheduled:
        bench.updates.set_now(progress=0.5)
    bench.sent.clear()
    bench.updates.set_now(loading=True)
    bench.updates.set_now(loading=False, progress=1.0)
    bench.run()
    assert bench.sent == [{"loading": True}, {"progress": 1.0, "loading": False}]


def test_who_comes_late_is_told_everything() -> None:
    bench = Bench()
    bench.updates.set_now(title="a", loading=False)
    bench.updates.set_now(title="b")
    bench.sent.clear()
    bench.updates.tell_all()
    assert bench.sent == [{"title": "b", "loading": False}]
