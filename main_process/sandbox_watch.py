"""Whether web pages are confined as they should be: measured by main, host by host, and never silently less."""

import logging
from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from main_process.sandbox_check import SandboxLevel, SandboxReport, check_sandbox

_log = logging.getLogger(__name__)


class SandboxWatch(QObject):
    """Looks at each web host once it runs pages.

    Signals:
        weak: a host's pages are not fully confined; with the SandboxReport. Once for each host.
    """

    weak = Signal(object)

    def __init__(
        self, parent: QObject | None = None, *, check: Callable[[int], SandboxReport] = check_sandbox
    ) -> None:
        super().__init__(parent)
        self._check = check
        self._levels: dict[int, SandboxLevel] = {}

    @property
    def level(self) -> SandboxLevel:
        """That of the worst host that runs; unknown before the first page."""
        order = (SandboxLevel.NONE, SandboxLevel.PARTIAL, SandboxLevel.FULL)
        return next((level for level in order if level in self._levels.values()), SandboxLevel.UNKNOWN)

    def look(self, hosts: Iterable[int]) -> None:
        """``hosts`` are the process ids of all web hosts; one that was found to be confined is not looked at again."""
        running = tuple(hosts)
        self._levels = {host: level for host, level in self._levels.items() if host in running}
        for host in running:
            if host not in self._levels:
                self._look_at(host)

    def _look_at(self, host: int) -> None:
        try:
            report = self._check(host)
        except OSError as error:
            _log.info(
                "the sandbox of web host %d could not be looked at: %s", host, error
            )  # it has just ended
            return
        if report.level is SandboxLevel.UNKNOWN:
            return  # no page yet: the next one that is loaded asks again
        self._levels[host] = report.level
        if report.level is not SandboxLevel.FULL:
            _log.warning(
                "web pages are confined in part only (%s): %s", report.level, "; ".join(report.reasons)
            )
            self.weak.emit(report)
