"""Coroutines on the page's GUI thread: start one, wait a while, and see the errors that nobody waits for."""

from collections.abc import Callable, Coroutine, Generator
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from shared.errors import ErrorCode, IPCError
from shared.tasks import Future, Task

T = TypeVar("T")


def _raise_later(exception: BaseException) -> None:
    """Let the page's guard (``sys.excepthook``) tell it, from an empty stack."""

    def throw() -> None:
        raise exception

    QTimer.singleShot(0, throw)


class Watched(Task[T]):
    """A task whose failure is told if nobody ever asks for its outcome."""

    __slots__ = ("_asked",)

    def __init__(self, coroutine: Coroutine[Any, Any, T]) -> None:
        self._asked = False
        super().__init__(coroutine)

    def set_exception(self, exception: BaseException) -> None:
        """As of Future. The traceback's first frame, which holds the task itself, is cut off."""
        trace = exception.__traceback__
        super().set_exception(exception if trace is None else exception.with_traceback(trace.tb_next))

    def result(self) -> T:
        """As of Future."""
        self._asked = True
        return super().result()

    def exception(self) -> BaseException | None:
        """As of Future."""
        self._asked = True
        return super().exception()

    def add_done_callback(self, callback: Callable[[Future[T]], None]) -> None:
        """As of Future."""
        self._asked = True
        super().add_done_callback(callback)

    def __await__(self) -> Generator[Future[T], None, T]:
        self._asked = True
        return super().__await__()

    @property
    def is_unheard(self) -> bool:
        """Whether it failed (not: was cancelled) and nobody asked."""
        if self._asked or not self.done():
            return False
        exception = super().exception()
        cancelled = isinstance(exception, IPCError) and exception.code is ErrorCode.CANCELLED
        return exception is not None and not cancelled

    def tell_if_unheard(self) -> None:
        """Report the failure, once."""
        if self.is_unheard:
            exception = self.exception()
            assert exception is not None  # is_unheard looked
            _raise_later(exception)


class Reply(Watched[T]):
    """What ``invoke`` gives: await it, or ask it later. A failure nobody looked at is told when it is collected."""

    __slots__ = ()

    def set_exception(self, exception: BaseException) -> None:
        """As of Future. The frames in it are the shell's own, and would keep what nobody keeps alive until some
        garbage collection; the author's are added where it is awaited."""
        super().set_exception(exception.with_traceback(None))

    def __del__(self) -> None:
        if QCoreApplication.instance() is not None:
            self.tell_if_unheard()


def start(coroutine: Coroutine[Any, Any, T]) -> Task[T]:
    """Run ``coroutine`` on the GUI thread, beside everything else; nothing is blocked while it waits.

    It runs at once up to its first ``await``. If it fails and nobody awaits the task that is given back, the error
    is shown on standard error. ``task.cancel()`` ends it with ``Late`` at the place where it waits.

    Raises:
        TypeError: what was given is no coroutine (a function that was not called, for example).
    """
    if not isinstance(coroutine, Coroutine):
        raise TypeError(
            f"expected a coroutine, such as start(load()), came {type(coroutine).__name__}"
            + ("; did you forget to call it?" if callable(coroutine) else "")
        )
    task = Watched(coroutine)
    _when_settled(task, lambda: QTimer.singleShot(0, task.tell_if_unheard))
    return task


def _when_settled(task: Task[Any], callback: Callable[[], None]) -> None:
    """As ``add_done_callback``, without counting as someone who asked."""
    Future.add_done_callback(task, lambda _: callback())


def next_turn() -> Future[None]:
    """The event loop's next turn, behind everything that is queued already.

    No code of the author's runs while a message is being received: a modal dialog of theirs runs an event loop of
    its own, and the link must be readable in it.
    """
    future: Future[None] = Future()
    QTimer.singleShot(0, lambda: future.set_result(None))
    return future


def sleep(seconds: float) -> Future[None]:
    """Wait without blocking: ``await browser_os.sleep(0.5)``. Cancelling the future stops the timer."""
    if not 0 <= seconds <= 2_000_000:
        raise ValueError(f"expected from 0 to 2,000,000 seconds, came {seconds}")
    future: Future[None] = Future()
    timer = QTimer(QCoreApplication.instance())
    timer.setSingleShot(True)
    timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may be early

    def settle() -> None:
        timer.deleteLater()
        future.set_result(None)

    def stop() -> None:
        timer.stop()
        timer.deleteLater()

    timer.timeout.connect(settle)
    future.on_cancel = stop
    timer.start(round(seconds * 1000))
    return future
