"""Who has not answered for too long: a pure count of beats, with a guard against our own sleep."""

import time
from collections.abc import Callable, Hashable, Iterator
from typing import Generic, TypeVar

import msgspec

Key = TypeVar("Key", bound=Hashable)


class Tick(msgspec.Struct, Generic[Key], frozen=True):
    """What follows from one tick: whom to ask, who hangs from now on, and whether we ourselves were away."""

    ask: tuple[Key, ...]
    hung: tuple[Key, ...]
    resumed: bool


class HeartBeats(Generic[Key]):
    """One beat at a time for each key. A key hangs when its beat waits longer than ``threshold`` seconds.

    If a tick comes late (the machine slept, or main was stopped), every wait starts anew: the others were away as
    well, or their answers are still unread.
    """

    def __init__(
        self, *, threshold: float = 5.0, interval: float = 1.0, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.threshold = threshold
        self.interval = interval
        self._clock = clock
        self._asked: dict[Key, float | None] = {}
        self._hung: set[Key] = set()
        self._last_tick = clock()

    def __contains__(self, key: Key) -> bool:
        return key in self._asked

    def __iter__(self) -> Iterator[Key]:
        return iter(self._asked)

    def __len__(self) -> int:
        return len(self._asked)

    def add(self, key: Key) -> None:
        """Watch ``key`` from the next tick on."""
        self._asked.setdefault(key, None)

    def remove(self, key: Key) -> None:
        """Watch it no more."""
        self._asked.pop(key, None)
        self._hung.discard(key)

    def is_hung(self, key: Key) -> bool:
        """Whether it hangs now."""
        return key in self._hung

    def answered(self, key: Key) -> bool:
        """Its beat was answered. Whether that is news: it hung."""
        if key in self._asked:
            self._asked[key] = None
        was_hung = key in self._hung
        self._hung.discard(key)
        return was_hung

    def ask_again(self, key: Key) -> None:
        """Its beat was lost on the way: the next tick asks anew, and what hung still hangs."""
        if key in self._asked:
            self._asked[key] = None

    def tick(self) -> Tick[Key]:
        """To be called every ``interval`` seconds."""
        now = self._clock()
        resumed = now - self._last_tick > 3 * self.interval
        self._last_tick = now
        ask: list[Key] = []
        hung: list[Key] = []
        for key, asked in self._asked.items():
            if asked is None:
                ask.append(key)
                self._asked[key] = now
            elif resumed:
                self._asked[key] = now
            elif now - asked > self.threshold and key not in self._hung:
                self._hung.add(key)
                hung.append(key)
        return Tick(tuple(ask), tuple(hung), resumed)
