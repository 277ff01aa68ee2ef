"""The page in the place of a tab whose renderer ended. Nothing on it happens by itself."""

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QGuiApplication

from main_process.window.buttons import push_button
from main_process.window.icons import Icon
from main_process.window.message_page import MessagePage
from main_process.window.plain_text import one_line
from main_process.window.tab_interface import DeathInformation

TITLES: dict[str, str] = {
    "clean-exit": "This page closed itself",
    "abnormal-exit": "This page ended with an error",
    "killed": "This page was ended",
    "crashed": "This page crashed",
    "launch-failed": "This page could not be started",
    "hung": "This page was ended because it did not respond",
    "bad-message": "This page was ended because it broke the rules",
    "limit": "This page was ended because it used too much",
}
"""By the value of the supervisor's reason."""

LOOP_TITLE = "This page keeps crashing"
LOOP_TEXT = "It crashed several times in quick succession, so it is not started again unless you ask for it."
MEMORY_TEXT = "The computer was short of memory, which is the likely cause. Closing other tabs may help."
REASSURANCE = "Your other tabs are not affected."
_COPIED_SHOWN = 2000


class CrashPage(MessagePage):
    """Reason in words, a code to search for, and three ways on.

    Signals:
        reload_requested, close_requested.
    """

    reload_requested = Signal()
    close_requested = Signal()

    def __init__(
        self, death: DeathInformation | None, details: Callable[[], str], *, looping: bool = False
    ) -> None:
        super().__init__(Icon.LOOP if looping else Icon.CRASH, tone="danger", name="crash-page")
        self._details = details
        reason = str(death.reason) if death is not None else ""
        title = LOOP_TITLE if looping else TITLES.get(reason, "This page ended unexpectedly")
        self.setAccessibleName(title)
        self.add_text(title, "title")
        if death is not None:
            self.add_text(one_line(death.words, 600), "body")
        if looping:
            self.add_text(LOOP_TEXT, "body")
        if death is not None and death.possibly_out_of_memory:
            self.add_text(MEMORY_TEXT, "body")
        self.add_text(REASSURANCE, "secondary")
        if death is not None:
            self.add_code(death.code)
        reload_button = push_button("Try again" if looping else "Reload", "crash-reload", primary=True)
        reload_button.clicked.connect(self.reload_requested)
        close_button = push_button("Close tab", "crash-close")
        close_button.clicked.connect(self.close_requested)
        self._copy_button = push_button("Copy details", "crash-copy")
        self._copy_button.clicked.connect(self._on_copy_button_clicked)
        self._copied = QTimer(self)
        self._copied.setSingleShot(True)
        self._copied.setInterval(_COPIED_SHOWN)
        self._copied.timeout.connect(self._on_copied_timeout)
        self.add_buttons(reload_button, close_button, self._copy_button)

    def _on_copy_button_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details())
        self._copy_button.setText("Copied")
        self._copied.start()

    def _on_copied_timeout(self) -> None:
        self._copy_button.setText("Copy details")
