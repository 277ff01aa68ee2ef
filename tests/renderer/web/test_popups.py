"""New tabs that wait for main."""

import pytest

from renderer.web.popups import ADOPTION_DEADLINE, MAX_WAITING, Popups


class Bench:
    def __init__(self) -> None:
        self.now = 0.0
        self.discarded: list[str] = []
        self.popups: Popups[str] = Popups(self.discarded.append, lambda: self.now)


def test_a_page_is_adopted_once() -> None:
    bench = Bench()
    number = bench.popups.keep("page")
    assert bench.popups.adopt(number + 1) is None
    assert bench.popups.adopt(number) == "page"
    assert bench.popups.adopt(number) is None
    bench.now += ADOPTION_DEADLINE
    bench.popups.expire()
    assert bench.discarded == []


def test_numbers_are_never_used_again() -> None:
    bench = Bench()
    first = bench.popups.keep("a")
    bench.popups.adopt(first)
    assert bench.popups.keep("b") != first


def test_who_is_not_adopted_in_time_is_destroyed() -> None:
    bench = Bench()
    bench.popups.keep("early")
    bench.now += ADOPTION_DEADLINE / 2
    late = bench.popups.keep("late")
    bench.now += ADOPTION_DEADLINE / 2
    bench.popups.expire()
    assert bench.discarded == ["early"]
    assert bench.popups.adopt(late) == "late"


@pytest.mark.parametrize("way", ["adopt", "forget", "clear"])
def test_there_is_a_bound_and_room_again(way: str) -> None:
    bench = Bench()
    pages = [str(index) for index in range(MAX_WAITING)]
    numbers = [bench.popups.keep(page) for page in pages]
    assert bench.popups.is_full
    if way == "adopt":
        bench.popups.adopt(numbers[0])
    elif way == "forget":
        bench.popups.forget(pages[0])
    else:
        bench.popups.clear()
        assert len(bench.discarded) == MAX_WAITING
    assert not bench.popups.is_full
