"""The requests of the peer that wait for our replies."""

import logging
from collections import Counter
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from shared.codec import Codec
from shared.errors import BadCall, BadMessage, ErrorCode, Full, IPCError, Late
from shared.tasks import Future, Task

_log = logging.getLogger(__name__)


class Answer(Protocol):
    """Writes a reply: a result, or the error that stands for it. ``latency`` is seconds since the request came."""

    def __call__(
        self,
        id_: str,
        codec: Codec,
        *,
        result: Any = None,
        error: BaseException | None = None,
        latency: float,
    ) -> None: ...


class _Served:
    __slots__ = ("codec", "deadline", "future", "received")

    def __init__(self, codec: Codec, received: float) -> None:
        self.codec = codec
        self.received = received
        self.deadline = received + codec.contract.deadline
        self.future: Future[Any] | None = None


class Serving:
    """Each is answered exactly once, or not at all if it was cancelled or its page replaced."""

    def __init__(self, answer: Answer, clock: Callable[[], float]) -> None:
        self._answer = answer
        self._clock = clock
        self._served: dict[str, _Served] = {}
        self._in_flight: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._served)

    def check_room(self, codec: Codec) -> None:
        """Raises Full if the peer has as many unanswered requests on the channel as its contract allows."""
        contract = codec.contract
        if self._in_flight[contract.channel] >= contract.in_flight:
            raise Full(
                ErrorCode.TOO_MANY,
                f"{contract.channel}: {contract.in_flight} requests are unanswered already",
            )

    def serve(self, id_: str, codec: Codec, handler: Callable[[Any], Any], payload: Any) -> None:
        """Run ``handler`` and answer with what it gives or raises, now or when its coroutine or future ends.

        Raises BadMessage if request ``id_`` is unanswered already, and whatever BadMessage the handler raises.
        """
        if id_ in self._served:
            raise BadMessage(ErrorCode.MALFORMED_ENVELOPE, f"request {id_} is unanswered already")
        served = self._served[id_] = _Served(codec, self._clock())
        self._in_flight[codec.contract.channel] += 1
        try:
            result = handler(payload)
        except BadMessage:
            raise
        except Exception as exception:  # noqa: BLE001  a handler may raise anything; the caller gets it
            self._finish(id_, served, error=exception)
            return
        if isinstance(result, Coroutine):
            result = Task(result)
        if isinstance(result, Future):
            served.future = result
            result.add_done_callback(lambda future: self._settled(id_, served, future))
        else:
            self._finish(id_, served, result=result)

    def cancel(self, id_: str) -> None:
        """The peer no longer waits for ``id_``. Unknown ids are too late, which is nobody's fault."""
        served = self._remove(id_)
        if served is not None and served.future is not None:
            served.future.cancel()

    def expire(self, now: float) -> None:
        """Answer ``deadline`` to every request that took longer than its contract allows, and stop its handler."""
        for id_, served in list(self._served.items()):
            if now >= served.deadline:
                channel = served.codec.contract.channel
                self._finish(
                    id_, served, error=Late(ErrorCode.DEADLINE, f"{channel} was not answered in time")
                )
                if served.future is not None:
                    served.future.cancel()

    def forget(self, error: IPCError) -> None:
        """Stop every handler; nobody is answered."""
        all_served, self._served = self._served, {}
        self._in_flight.clear()
        for served in all_served.values():
            if served.future is not None:
                served.future.cancel(error.message)

    def _settled(self, id_: str, served: _Served, future: Future[Any]) -> None:
        exception = future.exception()
        if exception is not None:
            self._finish(id_, served, error=exception)
        else:
            self._finish(id_, served, result=future.result())

    def _finish(
        self, id_: str, served: _Served, *, result: Any = None, error: BaseException | None = None
    ) -> None:
        if self._served.get(id_) is not served:
            return  # cancelled, late, or of a page that was replaced
        self._remove(id_)
        if error is not None and not isinstance(error, IPCError):
            _log.error("the handler of %s failed", served.codec.contract.channel, exc_info=error)
        latency = self._clock() - served.received
        try:
            self._answer(id_, served.codec, result=result, error=error, latency=latency)
        except BadCall as unencodable:
            self._answer(id_, served.codec, error=unencodable, latency=latency)

    def _remove(self, id_: str) -> _Served | None:
        served = self._served.pop(id_, None)
        if served is not None:
            self._in_flight[served.codec.contract.channel] -= 1
        return served
