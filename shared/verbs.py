"""The verbs of one end of a link: ``handle`` and ``invoke``, ``on`` and ``send``."""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from shared.channels import CONTRACTS
from shared.channels.link import Cancel
from shared.codec import Codec
from shared.contract import Contract, Direction, Empty, Party, Pattern, Phase
from shared.endpoints import Endpoints, Handler, Listener
from shared.envelope import MessageType
from shared.errors import BadCall, ErrorCode, Full, Gone, IPCError, Refused, from_report, report_of
from shared.ipc_channel import IPCChannel
from shared.legality import TYPES, goes
from shared.observation import Observation
from shared.outbox import Outbox
from shared.requests import Requests
from shared.serving import Serving
from shared.tasks import Future
from shared.writer import Writer

_log = logging.getLogger(__name__)


class Side(StrEnum):
    """Which end of the link this is."""

    MAIN = "main"
    PEER = "peer"


def _ignore(*_: object) -> None:
    """The hooks' default."""


def _log_refusal(channel: str, error: IPCError) -> None:
    _log.warning("%s was refused: %s", channel, error)


class Verbs:
    """Registering and sending: what the code on either end of a link does with it.

    ``Session`` adds the other half: what happens with what arrives.
    """

    def __init__(
        self,
        *,
        side: Side,
        party: Party,
        contracts: Mapping[str, Contract] = CONTRACTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.side = side
        self.party = party
        """What the peer of main is: the same value at both ends."""
        self.phase = Phase.NEW
        self.counters: Counter[str] = Counter()
        """received, refused, late_replies, stale, unheard, untold (cancellations), strikes."""
        self.error: IPCError | None = None
        """Why the session closed."""

        self.decide: Callable[[Contract, Any], Refused | None] = lambda contract, payload: None
        """Main's gate: the permission decision for an incoming message."""
        self.opened: Callable[[], None] = _ignore
        """The handshake is done."""
        self.failed: Callable[[IPCError], None] = _ignore
        """The session ended because the peer misbehaved or was too slow; the link must close."""
        self.refusal: Callable[[str, IPCError], None] = _log_refusal
        """The peer refused an event of ours."""

        self._clock = clock
        self._contracts = contracts
        self._inward = Direction.TO_MAIN if side is Side.MAIN else Direction.FROM_MAIN
        self._outward = Direction.FROM_MAIN if side is Side.MAIN else Direction.TO_MAIN
        self._endpoints = Endpoints(contracts, self._inward, party)
        self._writer = Writer(self._outward, clock)
        self._requests = Requests(self._tell_cancelled)
        self._serving = Serving(self._answer, clock)

    @property
    def outbox(self) -> Outbox:
        """What waits to be written; the link drains it."""
        return self._writer.outbox

    @property
    def on_output(self) -> Callable[[], None]:
        """Called when the outbox was empty and is not any more."""
        return self._writer.on_output

    @on_output.setter
    def on_output(self, hook: Callable[[], None]) -> None:
        self._writer.on_output = hook

    @property
    def tap(self) -> Callable[[Observation], None] | None:
        """Sees every message of both directions with its verdict; None costs one look-up a message."""
        return self._writer.tap

    @tap.setter
    def tap(self, tap: Callable[[Observation], None] | None) -> None:
        self._writer.tap = tap

    @property
    def generation(self) -> int:
        """Which page of this link this is."""
        return self._writer.generation

    @generation.setter
    def generation(self, generation: int) -> None:
        self._writer.generation = generation

    # Registering

    def handle(self, channel: str, handler: Handler) -> None:
        """Serve requests on ``channel``: ``handler(payload)`` gives the result, a coroutine or a future.

        Raises BadCall for an unknown channel, one that is no request to this side, or a second handler.
        """
        self._endpoints.handle(channel, handler)

    def remove_handler(self, channel: str) -> None:
        """Requests on ``channel`` get ``no-handler`` from now on; unknown channels are ignored."""
        self._endpoints.remove_handler(channel)

    def on(self, channel: str, listener: Listener) -> Callable[[], None]:
        """Hear events or states on ``channel``; gives the function that ends it. A known state is told at once.

        Raises BadCall for an unknown channel or one that is no event or state to this side.
        """
        return self._endpoints.on(channel, listener)

    def extend(self, contracts: Mapping[str, Contract]) -> None:
        """Add a plugin's channels. Raises BadCall if one would take the place of another."""
        self._endpoints.extend(contracts)

    # Sending

    def send(self, channel: str, payload: Any = None, *, descriptors: tuple[int, ...] = ()) -> None:
        """Send an event or a state; without a payload its defaults. ``descriptors`` are the link's to close from here on.

        Raises BadCall (unknown channel, wrong pattern or direction, value that cannot be sent), Full (too large,
        queue at its bound) or Gone (closed).
        """
        codec = self._sendable(channel)
        pattern = codec.contract.pattern
        if pattern not in (Pattern.EVENT, Pattern.STATE):
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is a {pattern}: use invoke")
        if payload is None:
            payload = codec.default_payload()
        self._writer.write(codec, TYPES[pattern], payload, descriptors=descriptors)

    def invoke(
        self,
        channel: str,
        payload: Any = None,
        *,
        deadline: float | None = None,
        descriptors: tuple[int, ...] = (),
    ) -> Future[Any]:
        """Send a request; without a payload its defaults. The future holds its typed result or the IPCError that came instead.

        ``deadline`` is in seconds, by default the contract's. Cancelling the future tells the peer. Raises as ``send``.
        """
        codec = self._sendable(channel)
        contract = codec.contract
        if contract.pattern is not Pattern.REQUEST:
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is {contract.pattern}, no request: use send")
        if payload is None:
            payload = codec.default_payload()
        id_ = self._requests.next_id()
        self._writer.write(codec, MessageType.COMMAND, payload, descriptors=descriptors, id_=id_)
        now = self._clock()
        return self._requests.add(
            id_, codec, now, now + (contract.deadline if deadline is None else deadline)
        )

    def _tell_cancelled(self, id_: str) -> None:
        if self.phase is Phase.CLOSED:
            return
        try:
            self._writer.write(
                self._endpoints.known(IPCChannel.LINK_CANCEL), MessageType.SYSTEM, Cancel(id=id_)
            )
        except Full:
            # Who waited must still be told, and the peer's own deadline stops its handler.
            self.counters["untold"] += 1

    def _sendable(self, channel: str) -> Codec:
        if self.phase is Phase.CLOSED:
            raise self.error or Gone(ErrorCode.CLOSED, "the link is closed")
        codec = self._endpoints.known(channel)
        contract = codec.contract
        if not goes(contract, self._outward, self.party):
            parties = ", ".join(sorted(contract.parties))
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} goes {contract.direction} for {parties}")
        if self.phase not in contract.phases:
            raise Gone(ErrorCode.CLOSED, f"{channel} cannot be sent on a link that is {self.phase}")
        return codec

    def _answer(
        self,
        id_: str | None,
        codec: Codec,
        *,
        result: Any = None,
        error: BaseException | None = None,
        latency: float,
    ) -> None:
        """Reply to request ``id_``; without an id, refuse an event. A peer that reads no replies is ended."""
        try:
            if error is None:
                if result is None:
                    result = Empty()
                self._writer.write(codec, MessageType.COMMAND, result, in_reply_to=id_, latency=latency)
            else:
                report = report_of(error)
                told = from_report(report)
                self._writer.write(
                    codec, MessageType.ERROR, report, in_reply_to=id_, error=told, latency=latency
                )
        except Full as full:
            if full.code is ErrorCode.TOO_LARGE:
                raise BadCall(ErrorCode.UNENCODABLE, full.message, path=full.path) from full
            self.fail(full)

    # The end

    def close(self, error: IPCError) -> None:
        """End without a word: everything that waits is settled with ``error``."""
        if self.phase is not Phase.CLOSED:
            self.phase = Phase.CLOSED
            self.error = error
            self._forget(error)

    def fail(self, error: IPCError) -> None:
        """End because of the peer: as ``close``, and the link is told."""
        if self.phase is not Phase.CLOSED:
            self.close(error)
            self.failed(error)

    def _forget(self, error: IPCError) -> None:
        self._requests.forget(error)
        self._serving.forget(error)
