"""The gate: every link of main is admitted here, and nowhere else.

Admitting gives a session its principal (on whose behalf it speaks), its handlers, and its tap. The session's own
pipeline then checks every message of every kind; ``shared.permissions.decide`` is asked at each use.
"""

import itertools
from functools import partial

from shared.permissions import Principal, decide
from shared.session import Session

from main_process.handlers import Caller, register
from main_process.recorder import Recorder


class Gate:
    """Hands out link numbers and keeps who is behind each."""

    def __init__(self, recorder: Recorder | None = None) -> None:
        self._recorder = recorder
        self._numbers = itertools.count(1)
        self.principals: dict[int, Principal] = {}
        """Who speaks on each open link, by its number."""

    def admit(self, session: Session, principal: Principal, caller: Caller | None = None) -> int:
        """Let ``session`` speak for ``principal``; ``caller`` is what its handlers act on. Gives the link's number.

        A session is admitted again when the spare behind it becomes a page; only then does its principal change.
        """
        number = next(self._numbers)
        self.principals[number] = principal
        session.decide = partial(decide, principal)
        if self._recorder is not None:
            self._recorder.watch(session, link=number, peer=principal.name)
        if caller is not None:
            register(session, caller)
        return number

    def dismiss(self, number: int) -> None:
        """The link is closed."""
        self.principals.pop(number, None)
