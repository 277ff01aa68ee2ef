"""Presses count once, for a while, and no more than so many at a time."""

import pytest

from main_process.surface.activation import ACTIVATION_SECONDS, MAX_PRESSES, UserActivation
from tests.main_process.supervisor.clock import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_each_press_is_good_for_one(clock: Clock) -> None:
    activation = UserActivation(clock)
    assert not activation.take()
    activation.note_press()
    activation.note_release()
    assert [activation.take() for _ in range(2)] == [True, False]
    for _ in range(MAX_PRESSES + 5):
        activation.note_press()
    assert [activation.take() for _ in range(MAX_PRESSES + 1)] == [True] * MAX_PRESSES + [False]


def test_a_press_counts_for_a_while(clock: Clock) -> None:
    activation = UserActivation(clock)
    activation.note_press()
    clock.now += ACTIVATION_SECONDS + 1
    assert not activation.take()
    activation.note_press()
    assert [activation.take() for _ in range(2)] == [True, False]


def test_a_long_press_counts_from_its_release(clock: Clock) -> None:
    activation = UserActivation(clock)
    activation.note_press()
    clock.now += ACTIVATION_SECONDS - 1
    activation.note_release()
    clock.now += ACTIVATION_SECONDS - 1
    assert activation.take()


def test_another_page_inherits_nothing(clock: Clock) -> None:
    activation = UserActivation(clock)
    activation.note_press()
    activation.forget()
    assert not activation.take()
