"""What can be measured: each gives the seconds (or rates) of its rounds, by name."""

import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, Final

import msgspec
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, SignalInstance
from PySide6.QtGui import QKeyEvent

from main_process.shell import NEW_TAB, Shell
from main_process.tab import Tab
from main_process.window.tab_interface import TabState
from shared.errors import Bug, ErrorCode
from shared.session import Session
from shared.tasks import Future

_LOOK_MS: Final = 5
_QUIET_MS: Final = 400
"""Before each measurement: the spare is there, and nothing else is going on."""
_BETWEEN_KEYS_MS: Final = 47
_MEASURED: Final = "bench:measured"
_FAILED: Final = (TabState.LOAD_FAILED, TabState.CRASHED)

Samples = dict[str, list[float]]


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """How often and how many. ``count`` is of pages; ``kinds`` of messages, ``each`` the rounds of each."""

    rounds: int = 5
    count: int = 8
    kinds: tuple[str, ...] = ()
    each: tuple[int, ...] = ()


def pause(milliseconds: int) -> Future[None]:
    """The event loop goes on meanwhile."""
    future: Future[None] = Future()
    QTimer.singleShot(milliseconds, lambda: future.set_result(None))
    return future


def once(signal: SignalInstance) -> Future[float]:
    """When ``signal`` is next emitted, by the steady clock. What follows is done on the loop's next turn: the
    emitter may be painting."""
    future: Future[float] = Future()

    def note(*_: object) -> None:
        now = time.monotonic()
        signal.disconnect(note)
        QTimer.singleShot(0, lambda: future.set_result(now))

    signal.connect(note)
    return future


async def until(condition: Callable[[], bool]) -> None:
    """Look every few milliseconds."""
    while not condition():
        await pause(_LOOK_MS)


async def _open(shell: Shell, url: str, *, background: bool = False) -> Tab:
    """A tab that is there. Raises Bug with its details if it cannot be."""
    tab = shell.open_tab(url, background=background)
    await until(lambda: tab.state in _FAILED or (tab.server is not None and not tab.loading))
    if tab.state in _FAILED:
        raise Bug(ErrorCode.INTERNAL, tab.details())
    if not background:
        await until(partial(_is_settled, tab))
    return tab


def _is_settled(tab: Tab) -> bool:
    return tab.is_settled


async def births(shell: Shell, order: Order) -> Samples:
    """Seconds from the wish for a new tab to its first frame: with the warm spare, and without."""
    await _open(shell, NEW_TAB)
    samples: Samples = {"warm": [], "anew": []}
    for _ in range(order.rounds):
        for kind, taken in samples.items():
            await until(lambda: shell.supervisor.spare_pid is not None)
            await pause(_QUIET_MS)
            spare = await shell.supervisor.page_process() if kind == "anew" else None
            start = time.monotonic()
            tab = shell.open_tab(NEW_TAB)
            taken.append(await once(tab.view.first_frame_shown) - start)
            await until(partial(_is_settled, tab))
            shell.close_tab(tab)
            if spare is not None:
                spare.close()
    return samples


async def messages(shell: Shell, order: Order) -> Samples:
    """What a page measures: round trips of requests, or events per second."""
    tab = await _open(shell, "os://bench/messages")
    assert tab.server is not None  # it is there
    session = tab.server.link.session
    samples: Samples = {}
    for kind, rounds in zip(order.kinds, order.each, strict=True):
        await pause(_QUIET_MS)
        session.send("bench:begin", {"kind": kind, "rounds": rounds})
        samples[kind] = (await _told(session)).values
    return samples


def _told(session: Session) -> Future[Any]:
    """What the page says next."""
    future: Future[Any] = Future()
    dispose = session.on(_MEASURED, future.set_result)
    future.add_done_callback(lambda _: dispose())
    return future


async def broadcast(shell: Shell, order: Order) -> Samples:
    """Seconds until the last of several pages has a state that changed."""
    tabs = [await _open(shell, "os://bench/listener", background=True) for _ in range(order.count)]
    stamps: dict[int, float] = {}

    def note(tab_id: int, payload: Any) -> None:
        stamps[tab_id] = payload.values[0]

    for tab in tabs:
        assert tab.server is not None  # it is there
        tab.server.link.session.on(_MEASURED, partial(note, tab.tab_id))
    taken = []
    for _ in range(order.rounds + 1):
        await pause(_QUIET_MS)
        stamps.clear()
        start = time.monotonic()
        shell.power.changed.emit()
        await until(lambda: len(stamps) == len(tabs))
        taken.append(max(stamps.values()) - start)
    return {"broadcast": taken[1:]}


async def keys(shell: Shell, order: Order) -> Samples:
    """Seconds from a key in the window to the frame that shows it."""
    tab = await _open(shell, "os://bench/typing")
    taken = []
    for _ in range(order.rounds + 3):
        await pause(_BETWEEN_KEYS_MS)
        shown = once(tab.view.frame_shown)
        start = time.monotonic()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
            QCoreApplication.sendEvent(tab.view, event)
        taken.append(await shown - start)
    return {"keys": taken[3:]}


MEASUREMENTS: Final[dict[str, Callable[[Shell, Order], Coroutine[Any, Any, Samples]]]] = {
    "births": births,
    "messages": messages,
    "broadcast": broadcast,
    "keys": keys,
}
