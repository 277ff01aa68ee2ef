"""What main and a renderer to be share: a link, and two pipes for its last words."""

import os
import socket

from shared.channels.process import ProcessKind
from shared.contract import Party
from shared.session import Session, Side

_PARTIES = {ProcessKind.PAGE: Party.PAGE, ProcessKind.WEB_HOST: Party.WEB_HOST}


class Endpoints:
    """Both ends of all three. Main's: ``link``, ``stderr``, ``stacks``; the renderer's: ``theirs``, in that order.

    Each end has one owner: who takes it closes it.
    """

    def __init__(self, kind: ProcessKind) -> None:
        self.link, their_link = socket.socketpair()
        self.stderr, their_stderr = os.pipe()
        self.stacks, their_stacks = os.pipe()
        self.theirs: tuple[int, ...] = (their_link.detach(), their_stderr, their_stacks)
        self.session = Session(side=Side.MAIN, party=_PARTIES[kind])

    def close_ours(self) -> None:
        """Give up before a process came of it."""
        self.link.close()
        os.close(self.stderr)
        os.close(self.stacks)

    def close_theirs(self) -> None:
        """They were not sent: nobody else closes them."""
        for descriptor in self.theirs:
            os.close(descriptor)
