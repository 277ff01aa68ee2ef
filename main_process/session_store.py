"""Which windows and tabs are open, kept so that a crash loses none."""

import logging
from collections.abc import Callable
from typing import Final

import msgspec
from PySide6.QtCore import QObject, QTimer

from main_process.storage.storage import Storage
from shared.tasks import Future

SAVE_SECONDS: Final = 1.0
"""A change is stored this much later at most, with all that came meanwhile."""
MAX_CLOSED: Final = 25
"""Closed tabs that can be opened again."""
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
    """``ended`` is false while a shell runs: one that finds it so died without a word."""

    windows: tuple[SavedWindow, ...] = ()
    closed: tuple[SavedTab, ...] = ()
    ended: bool = True


class SessionStore(QObject):
    """Watches nothing itself: the shell says when something changed, and this asks what it looks like a little later."""

    def __init__(
        self, storage: Storage, describe: Callable[[], tuple[SavedWindow, ...]], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._storage = storage
        self._describe = describe
        self.previous = self._load()
        """How the last shell left it."""
        self.closed: list[SavedTab] = list(self.previous.closed)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(int(SAVE_SECONDS * 1000))
        self._timer.timeout.connect(self._on_timer_timeout)

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
        """Store now; ``ended`` says that the shell closes as it should."""
        self._timer.stop()
        return self._storage.set_document(
            _DOCUMENT, Session(windows=self._describe(), closed=tuple(self.closed), ended=ended)
        )

    def _on_timer_timeout(self) -> None:
        self.save().add_done_callback(_log_failure)

    def _load(self) -> Session:
        data = self._storage.documents.get(_DOCUMENT)
        if data is None:
            return Session()
        try:
            return msgspec.json.decode(data, type=Session)
        except msgspec.DecodeError as error:
            _log.warning("the stored session is left aside: %s", error)
            return Session()


def _log_failure(saved: Future[None]) -> None:
    error = saved.exception()
    if error is not None:
        _log.error("the open tabs could not be stored: %s", error)
