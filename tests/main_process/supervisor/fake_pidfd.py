"""A process that is none: tests say when it ends and how."""

import os

from PySide6.QtCore import QObject, Signal


class FakePidfd(QObject):
    """Stands in for ``Pidfd``: killed, it ends with SIGKILL at once."""

    exited = Signal()

    def __init__(self, pid: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pid = pid
        self.status: int | None = None
        self.kills = 0
        self.descriptor = -1

    def end(self, status: int) -> None:
        """The process ends."""
        self.status = status
        self.exited.emit()

    def kill(self) -> None:
        self.kills += 1
        if self.status is None:
            self.end(-9)

    def reap(self) -> int | None:
        return self.status

    def close(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)
            self.descriptor = -1
