"""Two sessions joined in memory: a dialogue without a socket, a process or a clock that runs."""

from collections.abc import Callable, Mapping
from typing import Any

from shared.channels import CONTRACTS
from shared.contract import Contract, Party
from shared.errors import IPCError
from shared.session import Session, Side


class Clock:
    """Time that passes when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


class Pair:
    """Main's end and the peer's. ``cut`` splits what travels, to show that it does not matter."""

    def __init__(
        self,
        party: Party = Party.PAGE,
        *,
        contracts: Mapping[str, Contract] = CONTRACTS,
        cut: Callable[[bytes], list[bytes]] = lambda data: [data],
        open_: bool = True,
    ) -> None:
        self.clock = Clock()
        self.main = Session(side=Side.MAIN, party=party, contracts=contracts, clock=self.clock)
        self.peer = Session(side=Side.PEER, party=party, contracts=contracts, clock=self.clock)
        self.failures: list[IPCError] = []
        self.main.failed = self.failures.append
        self._cut = cut
        self.peer.start()
        self.run()
        if open_:
            self.main.open()
            self.peer.open()

    def run(self) -> None:
        """Carry everything that waits, both ways, until nothing does."""
        while self.main.outbox or self.peer.outbox:
            for source, target in ((self.main, self.peer), (self.peer, self.main)):
                if source.outbox:
                    buffers, _ = source.outbox.peek()
                    data = b"".join(buffers)
                    source.outbox.advance(len(data))
                    for piece in self._cut(data):
                        target.receive(piece)

    def call(self, source: Session, channel: str, payload: Any = None) -> Any:
        """A whole request: what it gives, or raises."""
        future = source.invoke(channel, payload)
        self.run()
        return future.result()
