"""The writing half of a session: encode, queue, observe."""

from collections.abc import Callable
from typing import Any

import msgspec

from shared.codec import Codec
from shared.contract import Contract, Delivery, Direction
from shared.envelope import Envelope, MessageType, Outgoing
from shared.errors import IPCError
from shared.framing import frame
from shared.observation import Observation
from shared.outbox import Outbox
from shared.values import encode


class Writer:
    """Puts messages into the outbox; every message of either direction is told to ``tap``, if there is one."""

    def __init__(self, outward: Direction, clock: Callable[[], float]) -> None:
        self.outbox = Outbox()
        self.tap: Callable[[Observation], None] | None = None
        self.on_output: Callable[[], None] = lambda: None
        self.generation = 0
        self.written = 0
        self._outward = outward
        self._clock = clock

    def write(
        self,
        codec: Codec,
        type_: MessageType,
        payload: Any,
        *,
        descriptors: tuple[int, ...] = (),
        id_: str | None = None,
        in_reply_to: str | None = None,
        error: IPCError | None = None,
        latency: float | None = None,
    ) -> None:
        """Queue one message. Raises BadCall (cannot be sent) or Full (too large, queue at its bound)."""
        contract = codec.contract
        if type_ is MessageType.ERROR:
            raw = msgspec.Raw(encode(payload))
        elif in_reply_to is not None:
            raw = codec.encode_result(payload)
        else:
            raw = codec.encode_payload(payload)
        outgoing = Outgoing(
            channel=contract.channel,
            type=type_,
            payload=raw,
            timestamp=int(self._clock() * 1e6),
            id=id_,
            in_reply_to=in_reply_to,
            generation=self.generation,
        )
        data = frame(encode(outgoing))
        was_empty = not self.outbox
        replaceable = (
            type_ in (MessageType.EVENT, MessageType.STATE) and contract.delivery is Delivery.LATEST_WINS
        )
        self.outbox.put(contract.channel, data, descriptors, latest_wins=replaceable)
        self.written += 1
        if self.tap is not None:
            self.observe(
                outgoing, len(data), self._outward, contract, payload=payload, error=error, latency=latency
            )
        if was_empty:
            self.on_output()

    def observe(
        self,
        envelope: Envelope | Outgoing | None,
        size: int,
        direction: Direction,
        contract: Contract | None = None,
        *,
        payload: Any = None,
        error: IPCError | None = None,
        latency: float | None = None,
        raw: bytes | None = None,
    ) -> None:
        """Tell the tap; without one this costs a look-up."""
        if self.tap is None:
            return
        self.tap(
            Observation(
                direction=direction,
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
