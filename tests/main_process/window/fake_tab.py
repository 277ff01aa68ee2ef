"""A tab without a process, for tests of the window."""

from itertools import count
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from main_process.window.tab_interface import Tab, TabState
from shared.channels.page import PageLoadFailed
from shared.contract import Struct

_numbers = count(1)


class FakeDeath(Struct):
    """What a supervisor's record of a death has for the window."""

    reason: str = "crashed"
    code: str = "BOS-CRASHED-SIGSEGV"
    words: str = "Its process was stopped by the system: invalid memory access (SIGSEGV)."
    possibly_out_of_memory: bool = False


class FakeTab(QObject):
    """Keeps what it is told and records the verbs called."""

    changed = Signal()
    closed = Signal()

    def __init__(self, url: str = "https://example.com/", title: str = "") -> None:
        super().__init__()
        self.tab_id = next(_numbers)
        self.url = url
        self.title = title
        self.icon: QImage | None = None
        self.loading = False
        self.progress = 0.0
        self.can_go_back = False
        self.can_go_forward = False
        self.status = ""
        self.state = TabState.LIVE
        self.hung = False
        self.crash_loop = False
        self.death: FakeDeath | None = None
        self.load_failure: PageLoadFailed | None = None
        self.view = QWidget()
        self.view.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.calls: list[tuple[str, ...]] = []

    def update(self, **values: Any) -> None:
        """Set several properties and say so once."""
        for name, value in values.items():
            setattr(self, name, value)
        self.changed.emit()

    def navigate(self, url: str) -> None:
        self.calls.append(("navigate", url))

    def back(self) -> None:
        self.calls.append(("back",))

    def forward(self) -> None:
        self.calls.append(("forward",))

    def reload(self) -> None:
        self.calls.append(("reload",))

    def stop(self) -> None:
        self.calls.append(("stop",))

    def details(self) -> str:
        return f"details of tab {self.tab_id}"


def _fits(tab: FakeTab) -> Tab:
    """Checked by mypy alone: the fake has the whole interface."""
    return tab
