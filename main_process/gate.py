"""The gate: every link of main is admitted here, and nowhere else.

Admitting gives a session its principal (on whose behalf it speaks), its handlers, and its tap. The session's own
pipeline then checks every message of every kind; ``shared.permissions.decide`` is asked at each use.
"""

import itertools
from collections import Counter
from functools import partial

from main_process.handlers import Caller, register
from main_process.recorder import Recorder, Tap
from shared.permissions import Principal, decide
from shared.session import Session


class _Admitted:
    def __init__(self, number: int, tap: Tap | None) -> None:
        self.number = number
        self.tap = tap


class Gate:
    """Hands out link numbers and keeps who is behind each."""

    def __init__(self, recorder: Recorder | None = None) -> None:
        self._recorder = recorder
        self._numbers = itertools.count(1)
        self._admitted: dict[Session, _Admitted] = {}
        self._closed: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._admitted)

    def admit(self, session: Session, principal: Principal, caller: Caller | None = None) -> int:
        """Let ``session`` speak for ``principal``; ``caller`` is what its handlers act on. Gives the link's number.

        It is admitted again when the spare behind it becomes a page; only then does its principal change.
        """
        admitted = self._admitted.get(session)
        if admitted is None:
            number = next(self._numbers)
            tap = self._recorder.watch(session, link=number, peer=principal.name) if self._recorder else None
            admitted = self._admitted[session] = _Admitted(number, tap)
        elif admitted.tap is not None:
            admitted.tap.peer = principal.name
        session.decide = partial(decide, principal)
        if caller is not None:
            register(session, caller)
        return admitted.number

    def dismiss(self, session: Session) -> None:
        """The link is closed."""
        if self._admitted.pop(session, None) is not None:
            self._closed += _counters(session)

    def counters(self) -> Counter[str]:
        """What all links counted, those that are closed included: see ``Verbs.counters`` and ``Outbox``."""
        return sum(map(_counters, self._admitted), Counter(self._closed))

    def number_of(self, session: Session) -> int | None:
        """The number of an admitted link."""
        admitted = self._admitted.get(session)
        return admitted.number if admitted is not None else None


def _counters(session: Session) -> Counter[str]:
    outbox = session.outbox
    return session.counters + Counter(coalesced=outbox.coalesced, queue_full=outbox.refused)
