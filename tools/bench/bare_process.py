"""What ``tools.bench.bare`` starts: one widget in a PySide6 process of its own.

``python -m tools.bench.bare_process start|stay|frames|keys …`` prints one line of JSON.
"""

import json
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QSocketNotifier, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from tools.bench import widgets

_WARM_UP_MS = 500
_BETWEEN_KEYS_MS = 47


class Plain(QWidget):
    """Tells when it has been painted."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__()
        self._painted = painted

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._painted()


class Typing(widgets.Typing):
    """Likewise."""

    def __init__(self, painted: Callable[[], None]) -> None:
        super().__init__()
        self._painted = painted

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self._painted()


def start(application: QApplication, *, stays: bool = False) -> None:
    """Say when the widget was painted, in seconds since the epoch; then leave, or stay until standard input ends."""
    said: list[float] = []

    def on_painted() -> None:
        if not said:
            said.append(time.time())
            _say(said[0])
            if not stays:
                QTimer.singleShot(0, application.quit)

    widget = Plain(on_painted)
    widget.resize(800, 600)
    widget.show()
    end = QSocketNotifier(0, QSocketNotifier.Type.Read, widget)
    end.setEnabled(stays)
    end.activated.connect(application.quit)
    application.exec()
    end.setEnabled(False)


def stay(application: QApplication) -> None:
    """To be looked at."""
    start(application, stays=True)


def frames(application: QApplication, width: str, height: str, seconds: str) -> None:
    """Say frames, seconds and seconds of processor time."""
    widget = widgets.Animation()
    widget.resize(int(width), int(height))
    widget.show()
    marks: list[tuple[float, float, float]] = []

    def mark() -> None:
        marks.append((widget.painted, time.perf_counter(), time.process_time()))
        if len(marks) == 2:
            application.quit()

    QTimer.singleShot(_WARM_UP_MS, mark)
    QTimer.singleShot(int(_WARM_UP_MS + float(seconds) * 1000), mark)
    application.exec()
    _say([late - early for early, late in zip(*marks, strict=True)])


def keys(application: QApplication, rounds: str) -> None:
    """Say the seconds of each key until the widget is painted."""
    taken: list[float] = []
    since: list[float] = []

    def press() -> None:
        since[:] = [time.perf_counter()]
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")
        QCoreApplication.sendEvent(widget, event)

    def on_painted() -> None:
        if since:
            taken.append(time.perf_counter() - since.pop())
            if len(taken) == int(rounds) + 1:
                QTimer.singleShot(0, application.quit)

    widget = Typing(on_painted)
    widget.resize(1280, 720)
    widget.show()
    timer = QTimer(widget)
    timer.timeout.connect(press)
    timer.start(_BETWEEN_KEYS_MS)
    application.exec()
    timer.stop()
    _say(taken[1:])


def _say(value: object) -> None:
    print(json.dumps(value), flush=True)


ROLES: dict[str, Callable[..., Any]] = {"start": start, "stay": stay, "frames": frames, "keys": keys}


def main(role: str, *arguments: str) -> None:
    """Show a widget, and say what is asked for."""
    ROLES[role](QApplication([]), *arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
