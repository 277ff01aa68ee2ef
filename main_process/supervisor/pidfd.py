"""A child process by its pidfd: its end is an event, its status the true one, and no signal can hit another process."""

import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal


class Pidfd(QObject):
    """Watches ``pid``, a child of this process that nobody else waits for.

    Signals:
        exited: the process has ended; ``reap`` gives its status.
    """

    exited = Signal()

    def __init__(self, pid: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.pid = pid
        self.descriptor = os.pidfd_open(pid)
        self._is_closed = False
        self._notifier = QSocketNotifier(self.descriptor, QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    def kill(self) -> None:
        """End it by SIGKILL, if it still runs."""
        if self._is_closed:
            return
        try:
            signal.pidfd_send_signal(self.descriptor, signal.SIGKILL)
        except ProcessLookupError:
            return  # it has ended: its pidfd says so

    def reap(self) -> int | None:
        """Its exit status, negative for a signal's number, once ``exited``; the pidfd is closed.

        None if somebody else has waited for it.
        """
        try:
            result = os.waitid(os.P_PIDFD, self.descriptor, os.WEXITED | os.WNOHANG)
        except ChildProcessError:
            return None
        finally:
            self.close()
        if result is None:
            return None
        return result.si_status if result.si_code == os.CLD_EXITED else -result.si_status

    def close(self) -> None:
        """Watch no more."""
        if not self._is_closed:
            self._is_closed = True
            self._notifier.setEnabled(False)
            os.close(self.descriptor)

    def _on_notifier_activated(self) -> None:
        if not self._is_closed:
            self._notifier.setEnabled(False)
            self.exited.emit()
