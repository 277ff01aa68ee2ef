"""When to stop trying again."""

from main_process.supervisor.crash_loop import BackOff, CrashLoop
from tests.main_process.supervisor.clock import Clock


def test_three_deaths_in_a_minute_are_a_loop() -> None:
    clock = Clock()
    loop = CrashLoop(clock=clock)
    for _ in range(2):
        loop.record()
        assert not loop.is_looping
    clock.now += 60
    loop.record()
    assert loop.is_looping
    clock.now += 1
    assert not loop.is_looping


def test_deaths_far_apart_are_none() -> None:
    clock = Clock()
    loop = CrashLoop(clock=clock)
    for _ in range(10):
        loop.record()
        assert not loop.is_looping
        clock.now += 30.1


def test_back_off_grows_to_its_bound_and_calms_down() -> None:
    clock = Clock()
    back_off = BackOff(clock=clock)
    assert [back_off.failed() for _ in range(7)] == [0.0, 0.2, 1.0, 5.0, 15.0, 15.0, 15.0]
    assert back_off.failures == 7
    clock.now += 31
    assert back_off.failed() == 0.0
    assert back_off.failures == 1
