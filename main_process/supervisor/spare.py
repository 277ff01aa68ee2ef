"""The warm spare: one renderer that is born, greeted and idle before anybody asks for it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer

from main_process.supervisor.crash_loop import BackOff
from main_process.supervisor.death import Death
from main_process.supervisor.renderer_process import RendererProcess
from shared.tasks import Future

_REFILL_MS: Final = 100
"""After it was taken: the tab that took it has the machine to itself first."""


class Spare(QObject):
    """Keeps one process ready. ``bear`` makes one."""

    def __init__(self, bear: Callable[[], Future[RendererProcess]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bear = bear
        self._coming: Future[RendererProcess] | None = None
        self._process: RendererProcess | None = None
        self._back_off = BackOff()
        self._is_stopped = False
        self._refill = QTimer(self)
        self._refill.setSingleShot(True)
        self._refill.timeout.connect(self.fill)

    @property
    def process(self) -> RendererProcess | None:
        """The one that is ready, if it is."""
        return self._process

    def fill(self) -> None:
        """Have one made, unless there is one or one is coming."""
        if self._coming is None and not self._is_stopped:
            self._coming = coming = self._bear()
            coming.add_done_callback(self._on_coming_done)

    def stop(self) -> None:
        """Make none any more."""
        self._is_stopped = True
        self._refill.stop()

    def take(self) -> Future[RendererProcess] | None:
        """The one that is there or coming; another follows. None if there is neither."""
        taken, self._coming = self._coming, None
        if self._process is not None:
            self._process.died.disconnect(self._on_process_died)
            self._process = None
        if not self._is_stopped:
            self._refill.start(_REFILL_MS)
        return taken

    def _on_coming_done(self, coming: Future[RendererProcess]) -> None:
        if coming is not self._coming:
            return
        if coming.exception() is not None:
            self._retry()
        else:
            self._process = coming.result()
            self._process.died.connect(self._on_process_died)

    def _on_process_died(self, _: Death) -> None:
        self._process = None
        self._retry()

    def _retry(self) -> None:
        self._coming = None
        delay = self._back_off.failed()
        if not self._is_stopped:
            self._refill.start(max(_REFILL_MS, int(delay * 1000)))
