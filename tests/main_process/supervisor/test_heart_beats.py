"""Beats counted with a clock of our own."""

from main_process.supervisor.heart_beats import HeartBeats, Tick
from tests.main_process.supervisor.clock import Clock


def _beats(*keys: str) -> tuple[HeartBeats[str], Clock]:
    clock = Clock()
    beats: HeartBeats[str] = HeartBeats(threshold=5.0, interval=1.0, clock=clock)
    for key in keys:
        beats.add(key)
    return beats, clock


def _tick(beats: HeartBeats[str], clock: Clock, after: float = 1.0) -> Tick[str]:
    clock.now += after
    return beats.tick()


def test_each_is_asked_again_only_after_its_answer() -> None:
    beats, clock = _beats("quick", "slow")
    assert _tick(beats, clock).ask == ("quick", "slow")
    assert not beats.answered("quick")
    assert _tick(beats, clock).ask == ("quick",)


def test_silence_beyond_the_threshold_hangs_once() -> None:
    beats, clock = _beats("silent")
    ticks = [_tick(beats, clock) for _ in range(12)]
    assert [number for number, tick in enumerate(ticks) if tick.hung] == [6]
    assert beats.is_hung("silent")
    assert beats.answered("silent")
    assert not beats.is_hung("silent")
    assert _tick(beats, clock).ask == ("silent",)


def test_a_late_tick_of_our_own_blames_nobody() -> None:
    beats, clock = _beats("innocent")
    _tick(beats, clock)
    _tick(beats, clock)
    late = _tick(beats, clock, after=3600)
    assert late == Tick(ask=(), hung=(), resumed=True)
    assert [_tick(beats, clock).hung for _ in range(5)] == [()] * 5
    assert _tick(beats, clock).hung == ("innocent",)


def test_a_slightly_late_tick_is_none() -> None:
    beats, clock = _beats("page")
    assert not _tick(beats, clock, after=2.9).resumed


def test_a_lost_beat_is_sent_again_and_what_hung_still_hangs() -> None:
    beats, clock = _beats("page")
    for _ in range(8):
        _tick(beats, clock)
    beats.ask_again("page")
    assert _tick(beats, clock) == Tick(ask=("page",), hung=(), resumed=False)
    assert beats.is_hung("page")


def test_those_removed_are_forgotten() -> None:
    beats, clock = _beats("page")
    assert "page" in beats
    assert len(beats) == 1
    _tick(beats, clock)
    beats.remove("page")
    assert not beats.answered("page")
    beats.ask_again("page")
    assert _tick(beats, clock) == Tick(ask=(), hung=(), resumed=False)
    assert len(beats) == 0
