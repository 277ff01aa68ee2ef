"""The Chromium process that runs one page: whether it answers, how it ended, and ending it when it hangs."""

import os
import signal
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineScript

from renderer.web.responsiveness import Responsiveness
from shared.channels.page import PageRendererGone, RendererGoneStatus
from shared.contract import Empty
from shared.tasks import Future

_Ended = QWebEnginePage.RenderProcessTerminationStatus

_STATUS: Final = {
    _Ended.NormalTerminationStatus: RendererGoneStatus.NORMAL,
    _Ended.AbnormalTerminationStatus: RendererGoneStatus.ABNORMAL,
    _Ended.CrashedTerminationStatus: RendererGoneStatus.CRASHED,
    _Ended.KilledTerminationStatus: RendererGoneStatus.KILLED,
}
_WORLD: Final = QWebEngineScript.ScriptWorldId.ApplicationWorld.value
"""Probes run apart from the page's own scripts, which cannot answer for themselves."""


class PageProcess(QObject):
    """Watches the process of ``page``, its parent. ``clock`` is in seconds.

    Signals:
        gone: the process ended, and nobody here wanted it to; with the PageRendererGone.
    """

    gone = Signal(object)

    def __init__(self, page: QWebEnginePage, clock: Callable[[], float]) -> None:
        super().__init__(page)
        self._page = page
        self._pid = 0
        self._after_end: Callable[[], None] | None = None
        self._responsiveness = Responsiveness(self._probe, clock)
        page.renderProcessTerminated.connect(self._on_page_render_process_terminated)
        page.renderProcessPidChanged.connect(self._on_page_render_process_pid_changed)

    def ping(self) -> Future[Empty]:
        """Settles when scripts of the page can run."""
        # Qt announces a process that replaces a living one, but none that takes the place of a dead one.
        self._see(self._page.renderProcessPid())
        return self._responsiveness.ping()

    def act_on_live(self, act: Callable[[], None]) -> None:
        """Call ``act``, which needs the page to move on. A process that hangs would never let it: it is ended first."""
        if self._responsiveness.is_hung() and self._kill():
            self._after_end = act
        else:
            act()

    def end_if_hung(self) -> None:
        """The page is about to be destroyed: a process that hangs would outlive it for a while, at full load."""
        if self._responsiveness.is_hung():
            self._kill()

    def _kill(self) -> bool:
        """Whether there was a process to kill."""
        pid = self._page.renderProcessPid()
        if pid <= 0:
            return False
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True

    def _probe(self, callback: Callable[[object], None]) -> None:
        self._page.runJavaScript("1", _WORLD, callback)

    def _on_page_render_process_terminated(
        self, status: QWebEnginePage.RenderProcessTerminationStatus, exit_code: int
    ) -> None:
        self._pid = 0
        self._responsiveness.process_gone()
        after, self._after_end = self._after_end, None
        if after is not None:
            # Not in here: Chromium is still clearing the old process away.
            QTimer.singleShot(0, self, after)
        else:
            self.gone.emit(PageRendererGone(status=_STATUS[status], exit_code=exit_code))

    def _on_page_render_process_pid_changed(self, pid: int) -> None:
        self._see(pid)

    def _see(self, pid: int) -> None:
        if pid > 0 and pid != self._pid:
            self._pid = pid
            self._responsiveness.process_began()
