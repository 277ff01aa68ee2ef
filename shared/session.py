"""One end of a link, without the link: bytes in, bytes out, and every message checked in one place.

``Session._receive`` is the way of every message of every kind:

    frame → envelope → channel known → type, direction and state legal → rate → payload typed → permitted
    → handler → result typed → frame

Each step can refuse; a refusal has a code, a reason and a place, is told to the sender where it can act on it, and
is observed. What no honest peer can send fails the whole session.

Ordering: one first-in-first-out per direction over everything sent on the session.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any

from shared.channels import CONTRACTS
from shared.channels.link import Cancel, Generation, Hello, Welcome
from shared.codec import Codec, digest
from shared.contract import Contract, Party, Pattern, Phase
from shared.envelope import Envelope, MessageType
from shared.errors import BadCall, BadMessage, ErrorCode, ErrorReport, Full, Gone, IPCError, Late, from_report
from shared.framing import HEADER_BYTES, FrameDecoder
from shared.ipc_channel import IPCChannel
from shared.legality import illegality
from shared.limits import (
    HANDSHAKE_FRAME_BYTES,
    HANDSHAKE_TIMEOUT,
    MAX_FRAME_BYTES,
    MAX_STRIKES,
    PROTOCOL_VERSION,
)
from shared.observation import Observation
from shared.rate import Rates
from shared.values import decode, decoder
from shared.verbs import Side, Verbs

__all__ = ["Observation", "Session", "Side"]

_envelope_decoder = decoder(Envelope)
_report_decoder = decoder(ErrorReport)


class Session(Verbs):
    """The protocol machine of one link. Not thread-safe: it lives on its link's thread."""

    def __init__(
        self,
        *,
        side: Side,
        party: Party,
        contracts: Mapping[str, Contract] = CONTRACTS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__(side=side, party=party, contracts=contracts, clock=clock)
        self._begun = clock()
        self._frames = FrameDecoder(clock, HANDSHAKE_FRAME_BYTES)
        self._rates = Rates()

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
        self.outbox.fence()
        self._writer.write(
            self._endpoints.known(IPCChannel.LINK_GENERATION),
            MessageType.SYSTEM,
            Generation(generation=self.generation),
        )

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
        else:
            self._tell(codec, payload)

    def _tell(self, codec: Codec, payload: Any) -> None:
        try:
            if not self._endpoints.tell(codec.contract, payload):
                self.counters["unheard"] += 1
        except BadMessage:
            raise
        except IPCError as refused:
            self.counters["refused"] += 1
            self._answer(None, codec, error=refused, latency=0.0)

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
            if not self._requests.may_be_late(id_):
                unasked = BadMessage(
                    ErrorCode.MALFORMED_ENVELOPE,
                    f"request {id_} was not sent, or is answered already",
                    path="$.in_reply_to",
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
            self._rates.check(codec.contract, self._clock())
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
