"""Which windows and tabs are open, kept so that a crash loses none."""

import logging
from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer

from main_process.storage.storage import Storage
from shared.tasks import Future, settled

SAVE_SECONDS: Final = 1.0
"""A change is stored this much later at most, with all that came meanwhile."""
MAX_CLOSED: Final = 25
"""Closed tabs that can be opened again."""
MAX_OFFERED: Final = 20
"""Windows that may be offered: each crash before an answer adds those of its run."""
_DOCUMENT: Final = "session"

_log = logging.getLogger(__name__)


class SavedTab(msgspec.Struct, frozen=True):
    """A tab to open again."""

    url: str
    title: str = ""


class SavedWindow(msgspec.Struct, frozen=True):
    """A window's tabs in order, and which was shown."""

    tabs: tuple[SavedTab, ...]
    active: int = 0


class Session(msgspec.Struct, frozen=True):
    """As it stands in the storage."""

    windows: tuple[SavedWindow, ...] = ()
    """What is open; of a run that is over, what can be opened again."""
    closed: tuple[SavedTab, ...] = ()
    """Tabs that were closed, the last one last."""
    ended: bool = True
    """False while a shell runs: one that finds it so died without a word."""
    offered: tuple[SavedWindow, ...] = ()
    """What an earlier run left and the user has not answered about; kept so that a second crash does not lose it."""


class SessionStore(QObject):
    """Watches nothing itself: the shell says when something changed, and this asks what it looks like a little later.

    A private shell has a storage in memory, so nothing of it is kept.
    """

    def __init__(
        self, storage: Storage, describe: Callable[[], tuple[SavedWindow, ...]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._storage = storage
        self._describe = describe
        self.previous = _of_last_time(_load(storage.documents.get(_DOCUMENT)))
        """How the last shell left it, what it had not yet been answered about included."""
        self.closed: list[SavedTab] = list(self.previous.closed)
        self._offered = self.previous.windows
        self._stored: Session | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(SAVE_SECONDS * 1000))
        self._timer.timeout.connect(self._on_timer_timeout)

    def forget_offer(self) -> None:
        """The windows of the last time are open again, or not wanted."""
        self._offered = ()
        self.touch()

    def touch(self) -> None:
        """Something changed."""
        if not self._timer.isActive():
            self._timer.start()

    def remember_closed(self, tab: SavedTab) -> None:
        """A tab was closed; the newest ``MAX_CLOSED`` are kept."""
        self.closed.append(tab)
        del self.closed[:-MAX_CLOSED]
        self.touch()

    def take_closed(self) -> SavedTab | None:
        """The tab closed last, to be opened again."""
        if not self.closed:
            return None
        self.touch()
        return self.closed.pop()

    def save(self, *, ended: bool = False) -> Future[None]:
        """Store now, unless it is stored so already; ``ended`` says that the shell closes as it should."""
        self._timer.stop()
        session = Session(
            windows=self._describe(),
            closed=tuple(self.closed),
            ended=ended,
            offered=() if ended else self._offered,
        )
        if session == self._stored:
            return settled(None)
        saved = self._storage.set_document(_DOCUMENT, session)
        self._stored = session
        saved.add_done_callback(self._on_saved)
        return saved

    def _on_timer_timeout(self) -> None:
        self.save()

    def _on_saved(self, saved: Future[None]) -> None:
        error = saved.exception()
        if error is not None:
            self._stored = None  # the next change tries again, whatever it is
            _log.error("the open tabs could not be stored: %s", error)


def _load(data: bytes | None) -> Session:
    if data is None:
        return Session()
    try:
        return msgspec.json.decode(data, type=Session)
    except ValueError as error:
        _log.warning("the stored session is left aside: %s", error)
        return Session()


def _of_last_time(stored: Session) -> Session:
    """What there is to open again: after a crash also what was offered and not answered about before it."""
    earlier = (
        () if stored.ended else tuple(window for window in stored.offered if window not in stored.windows)
    )
    windows = tuple(window for window in (*earlier, *stored.windows) if window.tabs)[-MAX_OFFERED:]
    return msgspec.structs.replace(stored, windows=windows, offered=())
