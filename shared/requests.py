"""The requests of one side that wait for their replies."""

from collections.abc import Callable
from typing import Any

from shared.codec import Codec
from shared.errors import ErrorCode, Full, IPCError, Late
from shared.limits import PENDING_REQUESTS
from shared.tasks import Future


class Request:
    """One of them. Times are seconds of the session's clock."""

    __slots__ = ("codec", "deadline", "future", "sent")

    def __init__(self, codec: Codec, future: Future[Any], sent: float, deadline: float) -> None:
        self.codec = codec
        self.future = future
        self.sent = sent
        self.deadline = deadline


class Requests:
    """Bounded; each ends exactly once: by its reply, its deadline, its caller or the end of the link."""

    def __init__(self, tell_cancelled: Callable[[str], None]) -> None:
        self._waiting: dict[str, Request] = {}
        self._tell_cancelled = tell_cancelled
        self._last_id = 0
        self._abandoned = 0

    def __len__(self) -> int:
        return len(self._waiting)

    def next_id(self) -> str:
        """The id of the next request. Raises Full if too many wait already."""
        if len(self._waiting) >= PENDING_REQUESTS:
            raise Full(ErrorCode.TOO_MANY, f"{PENDING_REQUESTS} requests wait for their replies already")
        self._last_id += 1
        return str(self._last_id)

    def may_be_late(self, id_: str) -> bool:
        """Whether an honest peer can still answer ``id_``, which nobody waits for: each that was given up, once."""
        was_sent = id_.isdecimal() and str(int(id_)) == id_ and 0 < int(id_) <= self._last_id
        if not was_sent or not self._abandoned:
            return False
        self._abandoned -= 1
        return True

    def add(self, id_: str, codec: Codec, sent: float, deadline: float) -> Future[Any]:
        """A future for the reply to ``id_``; cancelling it tells the peer. ``deadline`` is a time, not a span."""
        future: Future[Any] = Future()
        future.on_cancel = lambda: self._cancel(id_)
        self._waiting[id_] = Request(codec, future, sent, deadline)
        return future

    def get(self, id_: str) -> Request | None:
        """The request that waits under ``id_``."""
        return self._waiting.get(id_)

    def take(self, id_: str) -> Request:
        """Remove and give the request that waits under ``id_``: its reply has come."""
        request = self._waiting.pop(id_)
        request.future.on_cancel = None
        return request

    def expire(self, now: float) -> None:
        """Fail every request whose deadline has passed, and tell the peer."""
        for id_, request in list(self._waiting.items()):
            if now >= request.deadline:
                self._cancel(id_)
                request.future.on_cancel = None
                channel = request.codec.contract.channel
                request.future.set_exception(
                    Late(
                        ErrorCode.DEADLINE,
                        f"no reply on {channel} within {request.deadline - request.sent:g} s",
                    )
                )

    def forget(self, error: IPCError) -> None:
        """Fail them all with ``error``, telling nobody else."""
        waiting, self._waiting = self._waiting, {}
        self._abandoned += len(waiting)
        for request in waiting.values():
            request.future.on_cancel = None
            request.future.set_exception(error)

    def _cancel(self, id_: str) -> None:
        if self._waiting.pop(id_, None) is not None:
            self._abandoned += 1
            self._tell_cancelled(id_)
