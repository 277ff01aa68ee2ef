"""What the window needs of a tab. ``main_process.tab.Tab`` fits it; tests have a fake that does."""

from enum import StrEnum
from typing import Protocol

from PySide6.QtCore import SignalInstance
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget


class TabState(StrEnum):
    """What stands in a tab. That it hangs is a flag beside it."""

    STARTING = "starting"
    """No frame yet: the plain colour of a page."""
    LIVE = "live"
    LOAD_FAILED = "load-failed"
    CRASHED = "crashed"
    CLOSED = "closed"


class DeathInformation(Protocol):
    """What the crash page tells of a renderer's end."""

    @property
    def reason(self) -> str:
        """A value of the supervisor's enumeration, such as ``crashed``."""

    @property
    def code(self) -> str:
        """To search for, such as ``BOS-CRASHED-SIGSEGV``."""

    @property
    def words(self) -> str:
        """One sentence a person understands."""

    @property
    def possibly_out_of_memory(self) -> bool: ...


class LoadFailure(Protocol):
    """``shared.channels.page.PageLoadFailed``."""

    @property
    def url(self) -> str: ...

    @property
    def code(self) -> int: ...

    @property
    def description(self) -> str: ...


class Tab(Protocol):
    """One tab, owned by the shell. The window reads it and calls its verbs; it never sets anything.

    Signals:
        changed: any of the properties below is different now.
        closed: the tab is over; the window must have let go of ``view``.
    """

    @property
    def changed(self) -> SignalInstance: ...

    @property
    def tab_id(self) -> int: ...

    @property
    def url(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def icon(self) -> QImage | None: ...

    @property
    def loading(self) -> bool: ...

    @property
    def progress(self) -> float:
        """0 to 1."""

    @property
    def can_go_back(self) -> bool: ...

    @property
    def can_go_forward(self) -> bool: ...

    @property
    def status(self) -> str:
        """The address of the link under the pointer, or nothing."""

    @property
    def state(self) -> TabState: ...

    @property
    def hung(self) -> bool: ...

    @property
    def crash_loop(self) -> bool:
        """It crashed several times in quick succession."""

    @property
    def death(self) -> DeathInformation | None: ...

    @property
    def load_failure(self) -> LoadFailure | None: ...

    @property
    def view(self) -> QWidget: ...

    def navigate(self, url: str) -> None: ...

    def back(self) -> None: ...

    def forward(self) -> None: ...

    def reload(self) -> None:
        """Load again; a crashed or hung tab gets a new renderer."""

    def stop(self) -> None: ...

    def details(self) -> str:
        """For "Copy details": reason, code, exit status, last stderr, Python stacks."""
