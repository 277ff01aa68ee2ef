"""What one end of a link does with what arrives: its handlers, its listeners, and the states it was told."""

import difflib
import logging
from collections.abc import Callable, Mapping
from typing import Any

from shared.codec import Codec, codec_of
from shared.contract import Contract, Direction, Party, Pattern
from shared.errors import BadCall, BadMessage, ErrorCode, IPCError
from shared.ipc_channel import IPCChannel
from shared.legality import goes

_log = logging.getLogger(__name__)

Handler = Callable[[Any], Any]
Listener = Callable[[Any], None]


def _echo(payload: Any) -> Any:
    return payload


class Endpoints:
    """The channels of one session by name, and who serves them here."""

    def __init__(self, contracts: Mapping[str, Contract], inward: Direction, party: Party) -> None:
        self._codecs: dict[str, Codec] = {name: codec_of(contract) for name, contract in contracts.items()}
        self._inward = inward
        self._party = party
        self._listeners: dict[str, list[Listener]] = {}
        self._states: dict[str, Any] = {}
        self._handlers: dict[str, Handler] = {
            IPCChannel.LINK_ECHO: _echo,
            IPCChannel.LINK_PING: lambda payload: None,
        }

    def find(self, channel: str) -> Codec | None:
        """The codec of ``channel``, if there is such a channel."""
        return self._codecs.get(channel)

    def known(self, channel: str) -> Codec:
        """The codec of ``channel``. Raises BadCall with the nearest name if there is none."""
        codec = self._codecs.get(channel)
        if codec is None:
            near = difflib.get_close_matches(channel, self._codecs, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            raise BadCall(ErrorCode.UNKNOWN_CHANNEL, f"there is no channel '{channel}'{hint}")
        return codec

    def extend(self, contracts: Mapping[str, Contract]) -> None:
        """Add channels. Raises BadCall if one would take the place of another."""
        for name in contracts:
            if name in self._codecs:
                raise BadCall(ErrorCode.INVALID_PAYLOAD, f"channel {name} exists already")
        self._codecs.update({name: codec_of(contract) for name, contract in contracts.items()})

    def handle(self, channel: str, handler: Handler) -> None:
        """See ``Session.handle``."""
        self._check_inward(channel, (Pattern.REQUEST,), "request")
        if channel in self._handlers:
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} has a handler already")
        self._handlers[channel] = handler

    def remove_handler(self, channel: str) -> None:
        """See ``Session.remove_handler``."""
        self._handlers.pop(channel, None)

    def handler(self, channel: str) -> Handler:
        """Who serves ``channel``. Raises BadCall(NO_HANDLER)."""
        handler = self._handlers.get(channel)
        if handler is None:
            raise BadCall(ErrorCode.NO_HANDLER, f"nothing serves {channel} here")
        return handler

    def on(self, channel: str, listener: Listener) -> Callable[[], None]:
        """See ``Session.on``."""
        self._check_inward(channel, (Pattern.EVENT, Pattern.STATE), "event or state")
        listeners = self._listeners.setdefault(channel, [])
        listeners.append(listener)
        if channel in self._states:
            listener(self._states[channel])

        is_disposed = False

        def dispose() -> None:
            nonlocal is_disposed
            if not is_disposed:  # the same function may have been registered again
                is_disposed = True
                listeners.remove(listener)

        return dispose

    def tell(self, contract: Contract, payload: Any) -> bool:
        """Call every listener; one that fails harms no other. False if there is none.

        Raises a BadMessage of theirs at once. In main, what a listener refuses (any other IPCError) is raised when all
        have heard: the sender is to be told.
        """
        if contract.pattern is Pattern.STATE:
            self._states[contract.channel] = payload
        listeners = self._listeners.get(contract.channel)
        refused: IPCError | None = None
        for listener in tuple(listeners or ()):
            try:
                listener(payload)
            except BadMessage:
                raise
            except Exception as error:  # noqa: BLE001  a listener may raise anything; the others must still hear
                if isinstance(error, IPCError) and self._inward is Direction.TO_MAIN:
                    refused = refused or error
                else:
                    _log.exception("a listener of %s failed", contract.channel)
        if refused is not None:
            raise refused
        return bool(listeners)

    def _check_inward(self, channel: str, patterns: tuple[Pattern, ...], words: str) -> None:
        contract = self.known(channel).contract
        if contract.pattern not in patterns or not goes(contract, self._inward, self._party):
            raise BadCall(ErrorCode.WRONG_PATTERN, f"{channel} is no {words} that comes this way")
