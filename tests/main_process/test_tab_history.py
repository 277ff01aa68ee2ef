"""Where a tab has been, across processes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from main_process.tab_history import MAX_STEPS, TabHistory


def test_at_first_there_is_nowhere_to_go() -> None:
    history = TabHistory()
    assert not history.can_go_back
    assert not history.can_go_forward
    with pytest.raises(IndexError):
        history.back("a")
    with pytest.raises(IndexError):
        history.forward("a")


def test_a_tab_without_an_address_leaves_nothing() -> None:
    history = TabHistory()
    history.leave("")
    assert not history.can_go_back


def test_something_new_ends_the_way_forward() -> None:
    history = TabHistory()
    history.leave("a")
    assert history.back("b") == "a"
    assert (history.can_go_back, history.can_go_forward) == (False, True)
    history.leave("a")
    assert (history.can_go_back, history.can_go_forward) == (True, False)
    assert history.back("c") == "a"


@given(st.lists(st.sampled_from(["go", "back", "forward"]), max_size=40))
def test_it_is_a_list_with_a_place_in_it(steps: list[str]) -> None:
    """The model: every address visited, and an index."""
    history, visited, place = TabHistory(), ["0"], 0
    for number, step in enumerate(steps, start=1):
        if step == "go":
            history.leave(visited[place])
            visited[place + 1 :] = [str(number)]
            place += 1
        elif step == "back" and place > 0:
            assert history.back(visited[place]) == visited[place - 1]
            place -= 1
        elif step == "forward" and place < len(visited) - 1:
            assert history.forward(visited[place]) == visited[place + 1]
            place += 1
        assert history.can_go_back is (place > 0)
        assert history.can_go_forward is (place < len(visited) - 1)


def test_the_farthest_steps_are_forgotten() -> None:
    history = TabHistory()
    for number in range(MAX_STEPS + 5):
        history.leave(str(number))
    steps = [history.back("here") for _ in range(MAX_STEPS)]
    assert (steps[0], steps[-1], history.can_go_back) == (str(MAX_STEPS + 4), "5", False)
