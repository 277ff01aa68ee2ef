"""One end of a link, without the link: bytes in, bytes out, and every message checked in one place.

``Session._receive`` is the way of every message of every kind:

    frame → envelope → channel known → type, direction and state legal → rate → payload typed → permitted
    → handler → result typed → frame

Each step can refuse; a refusal has a code, a reason and a place, is told to the sender where it can act on it, and
is observed. What no honest peer can send fails the whole session.

Ordering: one first-in-first-out per direction over everything sent on the session.
"""

import logging
import time
from collections import Counter
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any

from shared.channels import CONTRACTS
from shared.channels.link import Cancel, Generation, Hello, Welcome
from shared.codec import Codec, digest
from shared.contract import Contract, Direction, Empty, Party, Pattern, Phase
from shared.endpoints import Endpoints, Handler, Listener
from shared.envelope import Envelope, MessageType
from shared.errors import (
    BadCall,
    BadMessage,
    ErrorCode,
    ErrorReport,
    Full,
    Gone,
    IPCError,
    Late,
    Refused,
    from_report,
    report_of,
)
from shared.framing import HEADER_BYTES, FrameDecoder
from shared.ipc_channel import IPCChannel
from shared.legality import TYPES, goes, illegality
from shared.limits import (
    HANDSHAKE_FRAME_BYTES,
    HANDSHAKE_TIMEOUT,
    MAX_FRAME_BYTES,
    MAX_STRIKES,
    PROTOCOL_VERSION,
)
from shared.observation import Observation
from shared.outbox import Outbox
from shared.rate import Rates
from shared.requests import Requests
from shared.serving import Serving
from shared.tasks import Future
from shared.values import decode, decoder
from shared.writer import Writer

__all__ = ["Observation", "Session", "Side"]

_log = logging.getLogger(__name__)

_envelope_decoder = decoder(Envelope)
_report_decoder = decoder(ErrorReport)


class Side(StrEnum):
    """Which end of the link this is."""

    MAIN = "main"
    PEER = "peer"


def _ignore(*_: object) -> None:
    """The hooks' default."""


def _log_refusal(channel: str, error: IPCError) -> None:
    _log.warning("%s was refused: %s", channel, error)


class Session:
    """The protocol machine of one link. Not thread-safe: it lives on its link's thread."""

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
        """received, refused, late_replies, stale, unheard, strikes."""
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
        self._begun = clock()
        self._contracts = contracts
        self._inward = Direction.TO_MAIN if side is Side.MAIN else Direction.FROM_MAIN
        self._outward = Direction.FROM_MAIN if side is Side.MAIN else Direction.TO_MAIN
        self._frames = FrameDecoder(clock, HANDSHAKE_FRAME_BYTES)
        self._endpoints = Endpoints(contracts, self._inward, party)
        self._rates = Rates()
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

    # Life

    def start(self) -> None:
        """The peer's first word; main waits for it."""
        hello = Hello(version=PROTOCOL_VERSION, digest=digest(self._contracts))
        self._writer.write(self._endpoints.known(IPCChannel.LINK_HELLO), MessageType.SYSTEM, hello)

    def open(self) -> None:
        """A page begins: messages of the open phase become legal."""
        if self.phase is Phase.IDLE:
            self.phase = Phase.OPEN

    def new_generation(self) -> None:
        """Main: another page begins on this link; nothing of the old one reaches it, nor the other way."""
        self.generation += 1
        self._forget(Gone(ErrorCode.PAGE_REPLACED, "the page was replaced"))
        self._writer.write(
            self._endpoints.known(IPCChannel.LINK_GENERATION),
            MessageType.SYSTEM,
            Generation(generation=self.generation),
        )

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
        if self.phase is not Phase.CLOSED:
            self._writer.write(
                self._endpoints.known(IPCChannel.LINK_CANCEL), MessageType.SYSTEM, Cancel(id=id_)
            )

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

    # Receiving

    def receive(self, data: bytes | bytearray | memoryview) -> None:
        """Take bytes as they came. What no honest peer can send ends the session through ``failed``."""
        if self.phase is Phase.CLOSED:
            return
        try:
            for body in self._frames.feed(data):
                self._receive(body)
                if self.error is not None:
                    return
        except BadMessage as error:
            self._fail_frame(error)

    def _fail_frame(self, error: BadMessage) -> None:
        if error.code is ErrorCode.MALFORMED_FRAME:  # all others were observed with their envelope
            raw = self._frames.beginning()
            self._writer.observe(None, self._frames.waiting, self._inward, error=error, raw=raw)
        self.fail(error)

    def _receive(self, body: bytes) -> None:
        self.counters["received"] += 1
        size = len(body) + HEADER_BYTES
        try:
            envelope: Envelope = decode(_envelope_decoder, body)
        except BadCall as error:
            bad = BadMessage(ErrorCode.MALFORMED_ENVELOPE, error.message, path=error.path)
            self._writer.observe(None, size, self._inward, error=bad, raw=body[:4096])
            raise bad from error
        codec = self._endpoints.find(envelope.channel)
        if codec is None:
            near = f"no channel '{envelope.channel}'"
            raise self._forged(
                envelope, size, BadMessage(ErrorCode.MALFORMED_ENVELOPE, near, path="$.channel")
            )
        if envelope.in_reply_to is not None:
            self._receive_reply(envelope, codec, size, envelope.in_reply_to)
            return
        if envelope.type is MessageType.ERROR and self.side is Side.PEER:
            self.refusal(envelope.channel, from_report(decode(_report_decoder, envelope.payload)))
            return
        contract = codec.contract
        illegal = illegality(envelope, contract, direction=self._inward, party=self.party, phase=self.phase)
        if illegal is not None:
            raise self._forged(envelope, size, illegal)
        if contract.pattern is Pattern.SYSTEM:
            self._receive_system(envelope, codec, size)
        elif envelope.generation != self.generation:
            self._receive_stale(envelope, size)
        else:
            self._admit(envelope, codec, size)

    def _forged(self, envelope: Envelope, size: int, error: BadMessage) -> BadMessage:
        self._writer.observe(envelope, size, self._inward, error=error)
        return error

    def _receive_stale(self, envelope: Envelope, size: int) -> None:
        if envelope.generation > self.generation:
            unborn = BadMessage(ErrorCode.WRONG_STATE, "the message is of a page that has not begun")
            raise self._forged(envelope, size, unborn)
        self.counters["stale"] += 1
        gone = Gone(ErrorCode.PAGE_REPLACED, "the page that sent it was replaced")
        self._writer.observe(envelope, size, self._inward, error=gone)

    def _admit(self, envelope: Envelope, codec: Codec, size: int) -> None:
        """Rate, payload, permission; then the handler or the listeners."""
        contract = codec.contract
        payload = None
        try:
            self._rates.check(contract, self._clock())
            if contract.pattern is Pattern.REQUEST:
                self._serving.check_room(codec)
            payload = codec.decode_payload(envelope.payload)
            denied = self.decide(contract, payload)
            if denied is not None:
                raise denied
        except IPCError as error:
            self._refuse(envelope, codec, size, payload, error)
            return
        self._writer.observe(envelope, size, self._inward, contract, payload=payload)
        if contract.pattern is Pattern.REQUEST:
            assert envelope.id is not None  # legality saw to it
            try:
                handler = self._endpoints.handler(contract.channel)
            except BadCall as absent:
                self._answer(envelope.id, codec, error=absent, latency=0.0)
            else:
                self._serving.serve(envelope.id, codec, handler, payload)
        elif not self._endpoints.tell(contract, payload):
            self.counters["unheard"] += 1

    def _refuse(self, envelope: Envelope, codec: Codec, size: int, payload: Any, error: IPCError) -> None:
        self.counters["refused"] += 1
        self._writer.observe(envelope, size, self._inward, codec.contract, payload=payload, error=error)
        if envelope.id is not None or self.side is Side.MAIN:
            self._answer(envelope.id, codec, error=error, latency=0.0)
        if isinstance(error, Full):
            self.counters["strikes"] += 1
            if self.counters["strikes"] > MAX_STRIKES:
                self.fail(
                    Full(
                        ErrorCode.TOO_MANY,
                        f"more than {MAX_STRIKES} messages over the limits: {error.message}",
                    )
                )

    def _receive_reply(self, envelope: Envelope, codec: Codec, size: int, id_: str) -> None:
        request = self._requests.get(id_)
        if request is None:
            if not self._requests.was_sent(id_):
                unasked = BadMessage(
                    ErrorCode.MALFORMED_ENVELOPE, f"no request {id_} was sent", path="$.in_reply_to"
                )
                raise self._forged(envelope, size, unasked)
            self.counters["late_replies"] += 1
            late = Late(ErrorCode.CANCELLED, "nobody waits for this reply any more")
            self._writer.observe(envelope, size, self._inward, error=late)
            return
        if request.codec is not codec or envelope.type not in (MessageType.COMMAND, MessageType.ERROR):
            wrong = BadMessage(
                ErrorCode.MALFORMED_ENVELOPE, f"no reply to request {id_}", path="$.in_reply_to"
            )
            raise self._forged(envelope, size, wrong)
        latency = self._clock() - self._requests.take(id_).sent
        payload = None
        failure: IPCError | None = None
        try:
            if envelope.type is MessageType.ERROR:
                failure = from_report(decode(_report_decoder, envelope.payload))
            else:
                payload = codec.decode_result(envelope.payload)
        except IPCError as undecodable:
            failure = undecodable
        self._writer.observe(
            envelope, size, self._inward, codec.contract, payload=payload, error=failure, latency=latency
        )
        if failure is not None:
            request.future.set_exception(failure)
        else:
            request.future.set_result(payload)

    def _receive_system(self, envelope: Envelope, codec: Codec, size: int) -> None:
        try:
            payload = codec.decode_payload(envelope.payload)
        except IPCError as error:
            bad = BadMessage(ErrorCode.MALFORMED_ENVELOPE, error.message, path=error.path)
            raise self._forged(envelope, size, bad) from error
        if isinstance(payload, Hello | Welcome) and (stranger := self._mismatch(payload)) is not None:
            raise self._forged(envelope, size, stranger)
        self._writer.observe(envelope, size, self._inward, codec.contract, payload=payload)
        if isinstance(payload, Hello | Welcome):
            self._greet()
        elif isinstance(payload, Cancel):
            self._serving.cancel(payload.id)
        elif isinstance(payload, Generation):
            self.generation = payload.generation
            self._forget(Gone(ErrorCode.PAGE_REPLACED, "the page was replaced"))

    def _mismatch(self, greeting: Hello | Welcome) -> BadMessage | None:
        ours = digest(self._contracts)
        if greeting.version == PROTOCOL_VERSION and greeting.digest == ours:
            return None
        return BadMessage(
            ErrorCode.VERSION_MISMATCH,
            f"expected protocol {PROTOCOL_VERSION} with contracts {ours[:12]}, "
            f"got {greeting.version} with {greeting.digest[:12]}: main and its peer are of different versions",
        )

    def _greet(self) -> None:
        if self.side is Side.MAIN:
            welcome = Welcome(version=PROTOCOL_VERSION, digest=digest(self._contracts))
            self._writer.write(self._endpoints.known(IPCChannel.LINK_WELCOME), MessageType.SYSTEM, welcome)
        self._frames.limit = MAX_FRAME_BYTES
        self.phase = Phase.IDLE if self.party is Party.PAGE else Phase.OPEN
        self.opened()

    # Time

    @property
    def needs_tick(self) -> bool:
        """Whether ``tick`` has anything to watch."""
        return bool(self._requests or self._serving or self._frames.pending or self.phase is Phase.NEW)

    def tick(self) -> None:
        """Expire what is late. To be called about every 50 ms while ``needs_tick``."""
        now = self._clock()
        if self.phase is Phase.NEW and now - self._begun > HANDSHAKE_TIMEOUT:
            self.fail(Late(ErrorCode.DEADLINE, f"no handshake within {HANDSHAKE_TIMEOUT} s"))
            return
        try:
            self._frames.check_time()
        except BadMessage as error:
            self._fail_frame(error)
            return
        self._requests.expire(now)
        self._serving.expire(now)
