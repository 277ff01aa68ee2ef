"""Whether Chromium's renderer of a page still answers: main's heart beat goes on to where the page's scripts run.

The web host itself answers always; a page that loops for ever stops only its own Chromium process. So a tab's
``link:ping`` is answered when a tiny script has run there, and main's one hang detection covers web tabs.
"""

from collections.abc import Callable
from typing import Final

from shared.contract import Empty
from shared.tasks import Future, settled

HUNG_AFTER: Final = 3.0
"""Seconds without an answer after which a reload, a navigation or closing ends the Chromium process first."""

PROBE_INTERVAL: Final = 2.0
"""Seconds between two scripts in a page; pings in between are answered from the last one: hidden pages may sleep."""


class Responsiveness:
    """Answers pings of one page. ``probe(callback)`` runs a script in it; ``clock`` is in seconds."""

    def __init__(self, probe: Callable[[Callable[[object], None]], None], clock: Callable[[], float]) -> None:
        self._probe = probe
        self._clock = clock
        self._waiting: list[Future[Empty]] = []
        self._asked: float | None = None
        self._answered: float | None = None
        self._number = 0
        self._has_process = True

    def ping(self) -> Future[Empty]:
        """Settles when the page's process has answered; at once while there is none."""
        now = self._clock()
        if not self._has_process or (self._answered is not None and now - self._answered < PROBE_INTERVAL):
            return settled(Empty())
        answer: Future[Empty] = Future()
        self._waiting.append(answer)
        if self._asked is None:
            self._asked = now
            self._number += 1
            number = self._number
            self._probe(lambda _: self._on_answer(number))
        return answer

    def is_hung(self) -> bool:
        """Whether an answer is overdue."""
        return self._asked is not None and self._clock() - self._asked >= HUNG_AFTER

    def process_gone(self) -> None:
        """The Chromium process ended: there is nothing to wait for."""
        self._has_process = False
        self._settle()

    def process_began(self) -> None:
        """Another Chromium process serves the page: what the old one was asked it will not answer."""
        self._has_process = True
        self._settle()

    def _on_answer(self, number: int) -> None:
        if number == self._number and self._asked is not None:
            self._answered = self._clock()
            self._settle()

    def _settle(self) -> None:
        self._asked = None
        waiting, self._waiting = self._waiting, []
        for answer in waiting:
            answer.set_result(Empty())
