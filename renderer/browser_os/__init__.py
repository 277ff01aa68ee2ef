"""The author's API of Browser OS: everything a plugin's page needs beside PySide6.

    import browser_os
    from PySide6.QtWidgets import QLabel, QWidget

    def page(context: browser_os.Page) -> QWidget:
        return QLabel(f"Hello from {context.url}")

Errors are grouped by who has to act:

    IPCError
    ├── BadCall            you       the call is wrong: the message says how to mend it
    ├── Refused            the user  a permission or capability is missing
    ├── Gone               nobody    the other side has closed
    ├── Late               nobody    the deadline passed, or the call was cancelled
    ├── Full               you       too large, too many, too often
    └── Bug                us        please report it
"""

from browser_os._page import Page
from browser_os._tasks import sleep, start
from renderer.icons import icon
from shared.channels.settings import SettingsValues
from shared.channels.system import Appearance, ColorScheme, PowerState, SystemEvent
from shared.contract import Empty, Struct
from shared.errors import BadCall, Bug, ErrorCode, Full, Gone, IPCError, Late, Refused
from shared.ipc_channel import IPCChannel
from shared.tasks import Future, Task

__all__ = [
    "Appearance",
    "BadCall",
    "Bug",
    "ColorScheme",
    "Empty",
    "ErrorCode",
    "Full",
    "Future",
    "Gone",
    "IPCChannel",
    "IPCError",
    "Late",
    "Page",
    "PowerState",
    "Refused",
    "SettingsValues",
    "Struct",
    "SystemEvent",
    "Task",
    "icon",
    "sleep",
    "start",
]
