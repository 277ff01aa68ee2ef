"""Futures and the coroutines that wait for them, without an event loop of their own.

A future settles when somebody calls it; a task is run by whoever settles the future it waits for. So the same
code works in main, in a renderer and in a test that has no loop at all. asyncio is not involved: its futures
cannot be awaited here, nor these there.
"""

import logging
from collections.abc import Callable, Coroutine, Generator
from typing import Any, Generic, TypeVar

from shared.errors import ErrorCode, Late

T = TypeVar("T")

_log = logging.getLogger(__name__)


class Future(Generic[T]):
    """A value to come. Settled once: later settlements are ignored, so that a late reply cannot do harm."""

    __slots__ = ("__weakref__", "_callbacks", "_done", "_exception", "_value", "on_cancel")

    def __init__(self) -> None:
        self._done = False
        self._value: T | None = None
        self._exception: BaseException | None = None
        self._callbacks: list[Callable[[Future[T]], None]] = []
        self.on_cancel: Callable[[], None] | None = None
        """Called once if the waiting side cancels, before the future settles."""

    def done(self) -> bool:
        """Whether it holds a value or an exception."""
        return self._done

    def result(self) -> T:
        """The value. Raises the exception if it failed, RuntimeError if it is not settled."""
        if not self._done:
            raise RuntimeError("the future is not settled yet")
        if self._exception is not None:
            raise self._exception
        return self._value  # type: ignore[return-value]  # T may itself be None

    def exception(self) -> BaseException | None:
        """The exception, or None. Raises RuntimeError if it is not settled."""
        if not self._done:
            raise RuntimeError("the future is not settled yet")
        return self._exception

    def set_result(self, value: T) -> None:
        """Settle with a value."""
        if not self._done:
            self._value = value
            self._settle()

    def set_exception(self, exception: BaseException) -> None:
        """Settle with a failure."""
        if not self._done:
            self._exception = exception
            self._settle()

    def cancel(self, message: str = "cancelled by the caller") -> bool:
        """Settle with ``Late(CANCELLED)``. False if it was settled already."""
        if self._done:
            return False
        on_cancel, self.on_cancel = self.on_cancel, None
        if on_cancel is not None:
            on_cancel()
        self.set_exception(Late(ErrorCode.CANCELLED, message))
        return True

    def add_done_callback(self, callback: Callable[["Future[T]"], None]) -> None:
        """Call ``callback(self)`` once settled; at once if it is."""
        if self._done:
            callback(self)
        else:
            self._callbacks.append(callback)

    def _settle(self) -> None:
        self._done = True
        self.on_cancel = None
        callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            try:
                callback(self)
            except Exception:  # noqa: BLE001  one callback's fault must not keep the others from being told
                _log.exception("a done callback failed")

    def __await__(self) -> Generator["Future[T]", None, T]:
        if not self._done:
            yield self
        return self.result()


class Task(Future[T]):
    """A running coroutine. Starts at once and runs until its first unsettled future."""

    __slots__ = ("_coroutine", "_waiting_for")

    def __init__(self, coroutine: Coroutine[Any, Any, T]) -> None:
        super().__init__()
        self._coroutine = coroutine
        self._waiting_for: Future[Any] | None = None
        self.on_cancel = self._throw_cancelled
        self._step(None)

    def _step(self, settled: Future[Any] | None) -> None:
        if self._done or settled is not self._waiting_for:
            return  # it was cancelled meanwhile
        self._waiting_for = None
        try:
            awaited = self._coroutine.send(None)
        except StopIteration as stop:
            self.set_result(stop.value)
        except (KeyboardInterrupt, SystemExit) as exception:
            self.set_exception(exception)
            raise
        except BaseException as exception:  # noqa: BLE001  a coroutine may raise anything; the waiter gets it
            self.set_exception(exception)
        else:
            if not isinstance(awaited, Future):
                self._coroutine.close()
                self.set_exception(
                    TypeError(
                        f"expected a Browser OS future to be awaited, got {type(awaited).__name__}: "
                        "asyncio's awaitables need asyncio's loop, which does not run here"
                    )
                )
                return
            self._waiting_for = awaited
            awaited.add_done_callback(self._step)

    def _throw_cancelled(self) -> None:
        waiting_for, self._waiting_for = self._waiting_for, None
        try:
            self._coroutine.throw(Late(ErrorCode.CANCELLED, "cancelled by the caller"))
        except (Late, StopIteration) as ended:
            _log.debug("a cancelled coroutine ended: %r", ended)
        except Exception:  # noqa: BLE001  a coroutine may raise anything while it cleans up
            _log.exception("a coroutine failed while it was cancelled")
        else:
            # It caught the cancellation and awaits something else: it gets no second chance.
            self._coroutine.close()
        if waiting_for is not None:
            waiting_for.cancel()


def settled(value: T) -> Future[T]:
    """A future that holds ``value`` already."""
    future: Future[T] = Future()
    future.set_result(value)
    return future
