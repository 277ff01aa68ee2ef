"""One end of a link, without the link: bytes in, bytes out, and every message checked in one place.

``Session._receive`` is the way of every message of every kind:

    frame → envelope → channel known → type and direction legal → state legal → rate → payload typed → permitted
    → handler → result typed → frame

Each step can refuse; a refusal has a code, a reason and a place, is told to the sender where it can act on it, and
is observed. What no honest peer can send fails the whole session.

Ordering: one first-in-first-out per direction over everything sent on the session.
"""

import difflib
import logging
import time
from collections import Counter
from collections.abc import Callable, Coroutine, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from shared.channels import CONTRACTS
from shared.channels.link import Cancel, Generation, Hello, Welcome
from shared.codec import Codec, codec_of, digest
from shared.contract import Contract, Delivery, Direction, Empty, Party, Pattern, Phase
from shared.envelope import Envelope, MessageType, Outgoing
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
from shared.framing import HEADER_BYTES, FrameDecoder, frame
from shared.ipc_channel import IPCChannel
from shared.limits import HANDSHAKE_TIMEOUT, MAX_FRAME_BYTES, PENDING_REQUESTS, PROTOCOL_VERSION
from shared.outbox import Outbox
from shared.rate import Bucket
from shared.tasks import Future, Task
from shared.values import decode, decoder, encode

_log = logging.getLogger(__name__)

_HANDSHAKE_FRAME_BYTES = 4096
_MAX_STRIKES = 10_000
"""Refusals for rate or size after which a peer that goes on is ended."""

_envelope_decoder = decoder(Envelope)
_report_decoder = decoder(ErrorReport)

_TYPES = {
    Pattern.REQUEST: MessageType.COMMAND,
    Pattern.EVENT: MessageType.EVENT,
    Pattern.STATE: MessageType.STATE,
    Pattern.SYSTEM: MessageType.SYSTEM,
}


class Side(StrEnum):
    """Which end of the link this is."""

    MAIN = "main"
    PEER = "peer"


class Observation(msgspec.Struct, frozen=True, kw_only=True):
    """One message as it passed, for a tap. ``payload`` is the value, not its bytes; ``size`` counts the length too.

    ``latency`` (seconds) stands on replies; ``error`` on refusals and failed replies; ``raw`` on what could not
    be read, cut to 4 KiB.
    """

    direction: Direction
    channel: str
    type: str
    size: int
    contract: Contract | None = None
    id: str | None = None
    in_reply_to: str | None = None
    payload: Any = None
    error: IPCError | None = None
    latency: float | None = None
    raw: bytes | None = None


class _Pending:
    """A request of ours that waits for its reply."""

    __slots__ = ("codec", "deadline", "future", "sent")

    def __init__(self, codec: Codec, future: Future[Any], sent: float, deadline: float) -> None:
        self.codec = codec
        self.future = future
        self.sent = sent
        self.deadline = deadline


class _Incoming:
    """A request of the peer that waits for our reply."""

    __slots__ = ("codec", "deadline", "future", "received")

    def __init__(self, codec: Codec, received: float) -> None:
        self.codec = codec
        self.received = received
        self.deadline = received + codec.contract.deadline
        self.future: Future[Any] | None = None


Handler = Callable[[Any], Any]
Listener = Callable[[Any], None]


def _ignore(*_: object) -> None:
    """The hooks' default."""


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
        self.generation = 0
        self.counters: Counter[str] = Counter()
        """received, sent, refused, late_replies, stale, unheard, strikes."""
        self.outbox = Outbox()
        self.error: IPCError | None = None
        """Why the session closed."""

        self.on_output: Callable[[], None] = _ignore
        """There is something in the outbox."""
        self.tap: Callable[[Observation], None] | None = None
        self.decide: Callable[[Contract, Any], Refused | None] = lambda contract, payload: None
        """Main's gate: the permission decision for an incoming message."""
        self.opened: Callable[[], None] = _ignore
        """The handshake is done."""
        self.failed: Callable[[IPCError], None] = _ignore
        """The session ended because the peer misbehaved or was too slow; the link must close."""
        self.refusal: Callable[[str, IPCError], None] = lambda channel, error: _log.warning(
            "%s was refused: %s", channel, error
        )
        """The peer refused an event of ours."""

        self._clock = clock
        self._begun = clock()
        self._codecs: dict[str, Codec] = {name: codec_of(contract) for name, contract in contracts.items()}
        self._contracts = contracts
        self._frames = FrameDecoder(clock, _HANDSHAKE_FRAME_BYTES)
        self._incoming_direction = Direction.TO_MAIN if side is Side.MAIN else Direction.FROM_MAIN
        self._outgoing_direction = Direction.FROM_MAIN if side is Side.MAIN else Direction.TO_MAIN
        self._handlers: dict[str, Handler] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self._states: dict[str, Any] = {}
        self._buckets: dict[str, Bucket] = {}
        self._pending: dict[str, _Pending] = {}
        self._incoming: dict[str, _Incoming] = {}
        self._in_flight: Counter[str] = Counter()
        self._last_id = 0

    # Life

    def start(self) -> None:
        """The peer's first word; main waits for it."""
        self._write(IPCChannel.LINK_HELLO, MessageType.SYSTEM, Hello(version=PROTOCOL_VERSION, digest=self._digest()))

    def open(self) -> None:
        """A page begins: messages of the open phase become legal."""
        if self.phase is Phase.IDLE:
            self.phase = Phase.OPEN

    def extend(self, contracts: Mapping[str, Contract]) -> None:
        """Add a plugin's channels. Raises BadCall if one would take the place of another."""
        for name, contract in contracts.items():
            if name in self._codecs:
                raise BadCall(ErrorCode.INVALID_PAYLOAD, f"channel {name} exists already")
            self._codecs[name] = codec_of(contract)

    def new_generation(self) -> None:
        """Main: another page begins on this link; nothing of the old one reaches it, nor the other way."""
        self.generation += 1
        self._forget(Gone(ErrorCode.PAGE_REPLACED, "the page was replaced"))
        self._write(IPCChannel.LINK_GENERATION, MessageType.SYSTEM, Generation(generation=self.generation))

    def close(self, error: IPCError) -> None:
        """End without a word: everything that waits is settled with ``error``."""
        if self.phase is Phase.CLOSED:
            return
        self.phase = Phase.CLOSED
        self.error = error
        self._forget(error)

    def fail(self, error: IPCError) -> None:
        """End because of the peer: as ``close``, and the link is told."""
        if self.phase is not Phase.CLOSED:
            self.close(error)
            self.failed(error)

    def _forget(self, error: IPCError) -> None:
        pending, self._pending = self._pending, {}
        incoming, self._incoming = self._incoming, {}
        self._in_flight.clear()
        for request in pending.values():
            request.future.on_cancel = None
            request.future.set_exception(error)
        for served in incoming.values():
            if served.future is not None:
                served.future.cancel(error.message)

    # Registering

    def handle(self, channel: str, handler: Handler) -> None:
        """Serve requests on ``channel``: ``handler(payload)`` gives the result, a coroutine or a future.

        Raises BadCall for an unknown channel, one that is no request to this side, or a second handler.
        """
        contract = self._known(channel).contract
        if contract.pattern is not Pattern.REQUEST or not self._is_incoming(contract):
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is no request to the {self.side} side")
        if channel in self._handlers:
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} has a handler already")
        self._handlers[channel] = handler

    def remove_handler(self, channel: str) -> None:
        """Requests on ``channel`` get ``no-handler`` from now on; unknown channels are ignored."""
        self._handlers.pop(channel, None)

    def on(self, channel: str, listener: Listener) -> Callable[[], None]:
        """Hear events or states on ``channel``; gives the function that ends it. A known state is told at once.

        Raises BadCall for an unknown channel or one that is no event or state to this side.
        """
        contract = self._known(channel).contract
        if contract.pattern not in (Pattern.EVENT, Pattern.STATE) or not self._is_incoming(contract):
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is no event or state to the {self.side} side")
        self._listeners.setdefault(channel, []).append(listener)
        if channel in self._states:
            listener(self._states[channel])

        def dispose() -> None:
            listeners = self._listeners.get(channel, [])
            if listener in listeners:
                listeners.remove(listener)

        return dispose

    # Sending

    def send(self, channel: str, payload: Any = None, *, descriptors: tuple[int, ...] = ()) -> None:
        """Send an event or a state. ``descriptors`` are the link's to close from here on.

        Raises BadCall (unknown channel, wrong pattern or direction, value that cannot be sent), Full (too large,
        queue at its bound) or Gone (closed).
        """
        codec = self._sendable(channel)
        contract = codec.contract
        if contract.pattern not in (Pattern.EVENT, Pattern.STATE):
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is a {contract.pattern}: use invoke")
        self._write(channel, _TYPES[contract.pattern], payload, codec=codec, descriptors=descriptors)

    def invoke(
        self, channel: str, payload: Any = None, *, deadline: float | None = None, descriptors: tuple[int, ...] = ()
    ) -> Future[Any]:
        """Send a request. The future holds its typed result or the IPCError that came instead.

        ``deadline`` is in seconds, by default the contract's. Cancelling the future tells the peer. Raises as ``send``.
        """
        codec = self._sendable(channel)
        contract = codec.contract
        if contract.pattern is not Pattern.REQUEST:
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is {contract.pattern}, no request: use send")
        if len(self._pending) >= PENDING_REQUESTS:
            raise Full(ErrorCode.TOO_MANY, f"{PENDING_REQUESTS} requests wait for their replies already")
        self._last_id += 1
        id_ = str(self._last_id)
        self._write(channel, MessageType.COMMAND, payload, codec=codec, descriptors=descriptors, id_=id_)
        now = self._clock()
        future: Future[Any] = Future()
        future.on_cancel = lambda: self._abandon(id_)
        limit = contract.deadline if deadline is None else deadline
        self._pending[id_] = _Pending(codec, future, now, now + limit)
        return future

    def _abandon(self, id_: str) -> None:
        if self._pending.pop(id_, None) is not None and self.phase is not Phase.CLOSED:
            self._write(IPCChannel.LINK_CANCEL, MessageType.SYSTEM, Cancel(id=id_))

    def _sendable(self, channel: str) -> Codec:
        if self.phase is Phase.CLOSED:
            raise self.error or Gone(ErrorCode.CLOSED, "the link is closed")
        codec = self._known(channel)
        contract = codec.contract
        if contract.direction not in (self._outgoing_direction, Direction.BOTH) or self.party not in contract.parties:
            raise BadCall(
                ErrorCode.WRONG_PATTERN, f"{channel} goes {contract.direction} for {', '.join(sorted(contract.parties))}"
            )
        if self.phase not in contract.phases:
            raise Gone(ErrorCode.CLOSED, f"{channel} cannot be sent on a link that is {self.phase}")
        return codec

    def _known(self, channel: str) -> Codec:
        codec = self._codecs.get(channel)
        if codec is None:
            near = difflib.get_close_matches(channel, self._codecs, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise BadCall(ErrorCode.UNKNOWN_CHANNEL, f"there is no channel '{channel}'{hint}")
        return codec

    def _is_incoming(self, contract: Contract) -> bool:
        return contract.direction in (self._incoming_direction, Direction.BOTH) and self.party in contract.parties

    def _write(
        self,
        channel: str,
        type_: MessageType,
        payload: Any,
        *,
        codec: Codec | None = None,
        descriptors: tuple[int, ...] = (),
        id_: str | None = None,
        in_reply_to: str | None = None,
        error: IPCError | None = None,
        latency: float | None = None,
    ) -> None:
        """Encode and queue one message, observed."""
        codec = codec or self._codecs[channel]
        if payload is None and type_ is not MessageType.ERROR:
            payload = Empty()
        if type_ is MessageType.ERROR:
            raw = msgspec.Raw(encode(payload))
        elif in_reply_to is None:
            raw = codec.encode_payload(payload)
        else:
            raw = codec.encode_result(payload)
        outgoing = Outgoing(
            channel=channel,
            type=type_,
            payload=raw,
            timestamp=int(self._clock() * 1e6),
            id=id_,
            in_reply_to=in_reply_to,
            generation=self.generation,
        )
        data = frame(encode(outgoing))
        was_empty = not self.outbox
        latest = codec.contract.delivery is Delivery.LATEST_WINS and type_ in (MessageType.EVENT, MessageType.STATE)
        self.outbox.put(channel, data, descriptors, latest_wins=latest)
        self.counters["sent"] += 1
        if self.tap is not None:
            self.tap(
                Observation(
                    direction=self._outgoing_direction,
                    channel=channel,
                    type=type_,
                    size=len(data),
                    contract=codec.contract,
                    id=id_,
                    in_reply_to=in_reply_to,
                    payload=payload,
                    error=error,
                    latency=latency,
                )
            )
        if was_empty:
            self.on_output()

    # Receiving

    def receive(self, data: bytes | bytearray | memoryview) -> None:
        """Take bytes as they came. What no honest peer can send ends the session through ``failed``."""
        if self.phase is Phase.CLOSED:
            return
        try:
            for body in self._frames.feed(data):
                self._receive(body)
                if self._is_closed():
                    return
        except BadMessage as error:
            self.fail(error)

    def _is_closed(self) -> bool:
        return self.phase is Phase.CLOSED

    def _receive(self, body: bytes) -> None:
        self.counters["received"] += 1
        size = len(body) + HEADER_BYTES
        try:
            envelope: Envelope = decode(_envelope_decoder, body)
        except BadCall as error:
            bad = BadMessage(ErrorCode.MALFORMED_ENVELOPE, error.message, path=error.path)
            self._observe(None, size, error=bad, raw=body[:4096])
            raise bad from error
        codec = self._codecs.get(envelope.channel)
        if codec is None:
            raise self._forged(envelope, size, ErrorCode.MALFORMED_ENVELOPE, f"no channel '{envelope.channel}'")
        if envelope.in_reply_to is not None:
            self._receive_reply(envelope, codec, size)
            return
        if envelope.type is MessageType.ERROR and self.side is Side.PEER:
            refusal = from_report(decode(_report_decoder, envelope.payload))
            self.refusal(envelope.channel, refusal)
            return
        contract = codec.contract
        if envelope.type is not _TYPES[contract.pattern] or (envelope.id is None) is (contract.pattern is Pattern.REQUEST):
            raise self._forged(
                envelope, size, ErrorCode.MALFORMED_ENVELOPE, f"{contract.pattern} channels carry no such {envelope.type}"
            )
        if not self._is_incoming(contract):
            raise self._forged(
                envelope, size, ErrorCode.WRONG_DIRECTION, f"{contract.channel} does not go this way for a {self.party}"
            )
        if self.phase not in contract.phases:
            raise self._forged(
                envelope, size, ErrorCode.WRONG_STATE, f"{contract.channel} is not legal while the link is {self.phase}"
            )
        if contract.pattern is Pattern.SYSTEM:
            self._receive_system(envelope, codec, size)
        elif envelope.generation != self.generation:
            self._receive_stale(envelope, size)
        else:
            self._admit(envelope, codec, size)

    def _forged(self, envelope: Envelope, size: int, code: ErrorCode, message: str) -> BadMessage:
        error = BadMessage(code, message)
        self._observe(envelope, size, error=error)
        return error

    def _receive_stale(self, envelope: Envelope, size: int) -> None:
        if envelope.generation > self.generation:
            raise self._forged(envelope, size, ErrorCode.WRONG_STATE, "the message is of a page that has not begun")
        self.counters["stale"] += 1
        self._observe(envelope, size, error=Gone(ErrorCode.PAGE_REPLACED, "the page that sent it was replaced"))

    def _admit(self, envelope: Envelope, codec: Codec, size: int) -> None:
        """Rate, payload, permission; then the handler or the listeners."""
        contract = codec.contract
        payload = None
        refused: IPCError
        try:
            self._check_rate(contract)
            payload = codec.decode_payload(envelope.payload)
            denied = self.decide(contract, payload)
            if denied is not None:
                raise denied
        except IPCError as error:
            refused = error
        else:
            self._observe(envelope, size, contract=contract, payload=payload)
            if contract.pattern is Pattern.REQUEST:
                self._serve(envelope, codec, payload)
            else:
                self._tell(contract, payload)
            return
        self.counters["refused"] += 1
        self._observe(envelope, size, contract=contract, payload=payload, error=refused)
        self._refuse(envelope, codec, refused)
        if isinstance(refused, Full):
            self.counters["strikes"] += 1
            if self.counters["strikes"] > _MAX_STRIKES:
                self.fail(Full(ErrorCode.TOO_MANY, f"more than {_MAX_STRIKES} messages over the limits: {refused.message}"))

    def _check_rate(self, contract: Contract) -> None:
        now = self._clock()
        bucket = self._buckets.get(contract.channel)
        if bucket is None:
            bucket = self._buckets[contract.channel] = Bucket(contract.rate, now)
        if not bucket.take(now):
            raise Full(
                ErrorCode.RATE,
                f"{contract.channel}: expected at most {contract.rate.per_second:g} a second, "
                f"{contract.rate.burst:g} at once",
            )
        if contract.pattern is Pattern.REQUEST and self._in_flight[contract.channel] >= contract.in_flight:
            raise Full(ErrorCode.TOO_MANY, f"{contract.channel}: {contract.in_flight} requests are unanswered already")

    def _refuse(self, envelope: Envelope, codec: Codec, error: IPCError) -> None:
        if codec.contract.pattern is Pattern.REQUEST or self.side is Side.MAIN:
            self._write(
                envelope.channel,
                MessageType.ERROR,
                error.report(),
                codec=codec,
                in_reply_to=envelope.id,
                error=error,
            )

    def _tell(self, contract: Contract, payload: Any) -> None:
        if contract.pattern is Pattern.STATE:
            self._states[contract.channel] = payload
        listeners = self._listeners.get(contract.channel)
        if not listeners:
            self.counters["unheard"] += 1
            return
        for listener in tuple(listeners):
            try:
                listener(payload)
            except BadMessage:
                raise
            except Exception:
                _log.exception("a listener of %s failed", contract.channel)

    def _serve(self, envelope: Envelope, codec: Codec, payload: Any) -> None:
        contract = codec.contract
        id_ = envelope.id
        assert id_ is not None  # checked with the envelope's type
        if id_ in self._incoming:
            raise BadMessage(ErrorCode.MALFORMED_ENVELOPE, f"request {id_} is unanswered already")
        handler = self._handlers.get(contract.channel)
        if handler is None and contract.channel in (IPCChannel.LINK_PING, IPCChannel.LINK_ECHO):
            handler = _echo
        if handler is None:
            error = BadCall(ErrorCode.NO_HANDLER, f"nothing serves {contract.channel} here")
            self._refuse(envelope, codec, error)
            return
        served = self._incoming[id_] = _Incoming(codec, self._clock())
        self._in_flight[contract.channel] += 1
        try:
            result = handler(payload)
        except BadMessage:
            raise
        except Exception as exception:
            self._fail_reply(id_, served, exception)
            return
        if isinstance(result, Coroutine):
            result = Task(result)
        if isinstance(result, Future):
            served.future = result
            result.add_done_callback(lambda future: self._settle_reply(id_, served, future))
        else:
            self._reply(id_, served, result)

    def _settle_reply(self, id_: str, served: _Incoming, future: Future[Any]) -> None:
        exception = future.exception()
        if exception is not None:
            self._fail_reply(id_, served, exception)
        else:
            self._reply(id_, served, future.result())

    def _reply(self, id_: str, served: _Incoming, result: Any) -> None:
        if self._incoming.get(id_) is not served:
            return  # cancelled, late, or of a page that was replaced
        latency = self._clock() - served.received
        channel = served.codec.contract.channel
        try:
            self._write(
                channel, MessageType.COMMAND, result, codec=served.codec, in_reply_to=id_, latency=latency
            )
        except (BadCall, Full) as error:
            self._fail_reply(id_, served, error)
            return
        del self._incoming[id_]
        self._in_flight[channel] -= 1

    def _fail_reply(self, id_: str, served: _Incoming, exception: BaseException) -> None:
        if self._incoming.get(id_) is not served:
            return
        del self._incoming[id_]
        channel = served.codec.contract.channel
        self._in_flight[channel] -= 1
        if not isinstance(exception, IPCError):
            _log.error("the handler of %s failed", channel, exc_info=exception)
        report = report_of(exception)
        self._write(
            channel,
            MessageType.ERROR,
            report,
            codec=served.codec,
            in_reply_to=id_,
            error=from_report(report),
            latency=self._clock() - served.received,
        )

    def _receive_reply(self, envelope: Envelope, codec: Codec, size: int) -> None:
        id_ = envelope.in_reply_to
        assert id_ is not None
        pending = self._pending.get(id_)
        if pending is None:
            if not (id_.isdecimal() and 0 < int(id_) <= self._last_id):
                raise self._forged(envelope, size, ErrorCode.MALFORMED_ENVELOPE, f"no request {id_} was sent")
            self.counters["late_replies"] += 1
            late = Late(ErrorCode.CANCELLED, "nobody waits for this reply any more")
            self._observe(envelope, size, error=late)
            return
        if pending.codec is not codec or envelope.type not in (MessageType.COMMAND, MessageType.ERROR):
            raise self._forged(envelope, size, ErrorCode.MALFORMED_ENVELOPE, f"no reply to request {id_}")
        del self._pending[id_]
        pending.future.on_cancel = None
        latency = self._clock() - pending.sent
        payload = None
        error: IPCError | None = None
        try:
            if envelope.type is MessageType.ERROR:
                error = from_report(decode(_report_decoder, envelope.payload))
            else:
                payload = codec.decode_result(envelope.payload)
        except IPCError as undecodable:
            error = undecodable
        self._observe(envelope, size, contract=codec.contract, payload=payload, error=error, latency=latency)
        if error is not None:
            pending.future.set_exception(error)
        else:
            pending.future.set_result(payload)

    def _receive_system(self, envelope: Envelope, codec: Codec, size: int) -> None:
        try:
            payload = codec.decode_payload(envelope.payload)
        except IPCError as error:
            raise self._forged(envelope, size, ErrorCode.MALFORMED_ENVELOPE, error.message) from error
        self._observe(envelope, size, contract=codec.contract, payload=payload)
        if isinstance(payload, Hello | Welcome):
            self._greet(payload)
        elif isinstance(payload, Cancel):
            served = self._incoming.pop(payload.id, None)
            if served is not None:
                self._in_flight[served.codec.contract.channel] -= 1
                if served.future is not None:
                    served.future.cancel()
        elif isinstance(payload, Generation):
            self.generation = payload.generation
            self._forget(Gone(ErrorCode.PAGE_REPLACED, "the page was replaced"))

    def _greet(self, greeting: Hello | Welcome) -> None:
        ours = self._digest()
        if greeting.version != PROTOCOL_VERSION or greeting.digest != ours:
            raise BadMessage(
                ErrorCode.VERSION_MISMATCH,
                f"expected protocol {PROTOCOL_VERSION} with contracts {ours[:12]}, "
                f"got {greeting.version} with {greeting.digest[:12]}: main and its peer are of different versions",
            )
        if self.side is Side.MAIN:
            self._write(IPCChannel.LINK_WELCOME, MessageType.SYSTEM, Welcome(version=PROTOCOL_VERSION, digest=ours))
        self._frames.limit = MAX_FRAME_BYTES
        self.phase = Phase.IDLE if self.party is Party.PAGE else Phase.OPEN
        self.opened()

    def _digest(self) -> str:
        return digest(dict(CONTRACTS)) if self._contracts is not CONTRACTS else _built_in_digest()

    def _observe(
        self,
        envelope: Envelope | None,
        size: int,
        *,
        contract: Contract | None = None,
        payload: Any = None,
        error: IPCError | None = None,
        latency: float | None = None,
        raw: bytes | None = None,
    ) -> None:
        if self.tap is not None:
            self.tap(
                Observation(
                    direction=self._incoming_direction,
                    channel=envelope.channel if envelope else "",
                    type=envelope.type if envelope else "",
                    size=size,
                    contract=contract,
                    id=envelope.id if envelope else None,
                    in_reply_to=envelope.in_reply_to if envelope else None,
                    payload=payload,
                    error=error,
                    latency=latency,
                    raw=raw,
                )
            )

    # Time

    @property
    def needs_tick(self) -> bool:
        """Whether ``tick`` has anything to watch."""
        return bool(self._pending or self._incoming or self._frames.pending or self.phase is Phase.NEW)

    def tick(self) -> None:
        """Expire what is late. To be called about every 50 ms while ``needs_tick``."""
        now = self._clock()
        if self.phase is Phase.NEW and now - self._begun > HANDSHAKE_TIMEOUT:
            self.fail(Late(ErrorCode.DEADLINE, f"no handshake within {HANDSHAKE_TIMEOUT} s"))
            return
        try:
            self._frames.check_time()
        except BadMessage as error:
            self.fail(error)
            return
        for id_, request in list(self._pending.items()):
            if now >= request.deadline:
                self._abandon(id_)
                request.future.on_cancel = None
                channel = request.codec.contract.channel
                request.future.set_exception(
                    Late(ErrorCode.DEADLINE, f"no reply on {channel} within {request.deadline - request.sent:g} s")
                )
        for id_, served in list(self._incoming.items()):
            if now >= served.deadline:
                channel = served.codec.contract.channel
                self._fail_reply(id_, served, Late(ErrorCode.DEADLINE, f"{channel} was not answered in time"))
                if served.future is not None:
                    served.future.cancel()


def _echo(payload: Any) -> Any:
    return payload


_digests: list[str] = []


def _built_in_digest() -> str:
    if not _digests:
        _digests.append(digest(CONTRACTS))
    return _digests[0]
