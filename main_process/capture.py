"""A picture of a window once the page of one of its tabs is there."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from main_process.screenshot import ScreenshotError, save_screenshot
from main_process.tab import Tab
from main_process.window.tab_interface import TabState
from main_process.window.window import BrowserWindow

TIMEOUT_SECONDS: Final = 60
QUIET_MS: Final = 300
"""No new frame for so long after loading: what the page paints at first is on the screen."""
PATIENCE_MS: Final = 3000
"""A page that never stops painting is pictured after so long."""


class Capture(QObject):
    """Waits for ``tab`` to settle and its surface to be quiet, then writes the picture.

    Signals:
        finished: done; ``error`` says why if there is no picture of a loaded page.
    """

    finished = Signal()

    def __init__(self, tab: Tab, window: BrowserWindow, target: Path) -> None:
        super().__init__(tab)
        self.error: str | None = None
        self._tab = tab
        self._window = window
        self._target = target
        self._done = False
        self._quiet = self._timer(QUIET_MS, self._take)
        self._patience = self._timer(PATIENCE_MS, self._take)
        self._timeout = self._timer(TIMEOUT_SECONDS * 1000, self._give_up)
        self._timeout.start()
        tab.settled.connect(self._on_tab_settled)
        tab.closed.connect(self._on_tab_closed)
        tab.view.frame_shown.connect(self._on_view_frame_shown)
        if tab.is_settled:
            self._on_tab_settled()

    def _timer(self, milliseconds: int, then: object) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(then)
        return timer

    def _on_tab_settled(self) -> None:
        self._quiet.start()
        self._patience.start()

    def _on_view_frame_shown(self) -> None:
        if self._quiet.isActive():
            self._quiet.start()

    def _on_tab_closed(self) -> None:
        self._finish("the tab was closed before its page was loaded")

    def _give_up(self) -> None:
        self._finish(f"{self._tab.url} was not loaded within {TIMEOUT_SECONDS} s")

    def _take(self) -> None:
        tab = self._tab
        if not tab.is_settled:
            return  # it went on loading; it settles again
        problem: str | None = None
        if tab.state is TabState.CRASHED and tab.death is not None:
            problem = f"{tab.url}: {tab.death.words} ({tab.death.code})"
        elif tab.state is TabState.LOAD_FAILED and tab.load_failure is not None:
            problem = f"{tab.url}: {tab.load_failure.description} ({tab.load_failure.code})"
        try:
            save_screenshot(self._window, self._target)
        except ScreenshotError as error:
            problem = str(error)
        self._finish(problem)

    def _finish(self, error: str | None) -> None:
        if not self._done:
            self._done = True
            self.error = error
            for timer in (self._quiet, self._patience, self._timeout):
                timer.stop()
            self.finished.emit()
