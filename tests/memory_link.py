"""A main and a peer session joined in memory: what one writes, the other reads when ``pump`` is called."""

import os
from collections import deque

from shared.contract import Party
from shared.session import Session, Side


class MemoryEnd:
    """One end: a session, and the descriptors that came with what it read."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.descriptors: deque[int] = deque()

    def take_descriptor(self) -> int:
        """The oldest descriptor that came."""
        return self.descriptors.popleft()


class MemoryLink:
    """Two ends, greeted and open. ``close`` gives back the descriptors that nobody took."""

    def __init__(self, party: Party = Party.PAGE) -> None:
        self.main = MemoryEnd(Session(side=Side.MAIN, party=party))
        self.peer = MemoryEnd(Session(side=Side.PEER, party=party))
        self.peer.session.start()
        self.pump()
        self.main.session.open()
        self.peer.session.open()

    def pump(self) -> bool:
        """Carry over what waits at both ends, until nothing does. Whether there was anything."""
        moved = False
        while self._carry(self.main, self.peer) or self._carry(self.peer, self.main):
            moved = True
        return moved

    @staticmethod
    def _carry(source: MemoryEnd, target: MemoryEnd) -> bool:
        outbox = source.session.outbox
        if not outbox:
            return False
        buffers, descriptors = outbox.peek()
        data = b"".join(buffers)
        for descriptor in descriptors:
            target.descriptors.append(os.dup(descriptor))
            os.close(descriptor)
        outbox.advance(len(data))
        target.session.receive(data)
        return True

    def close(self) -> None:
        """Close the descriptors that are left at both ends."""
        for end in (self.main, self.peer):
            while end.descriptors:
                os.close(end.descriptors.popleft())
            for descriptor in end.session.outbox.clear():
                os.close(descriptor)
