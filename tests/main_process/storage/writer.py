"""A process that stores and says what was acknowledged: ``python -m tests.main_process.storage.writer FILE [BYTES]``.

Each line of its output is the number of an acknowledged write: that number is then the value of the setting
``n`` and of its own key. With BYTES, the process may not make a file longer than that; a refused write is told as
``refused REASON``.
"""

import itertools
import os
import resource
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from main_process.storage.storage import Storage
from shared.errors import IPCError
from shared.tasks import Task

_AT_ONCE = 8
"""Writers beside one another, so that commits hold several writes."""


def main() -> None:
    """Write until killed, or until a write is refused."""
    application = QCoreApplication([])
    storage = Storage(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        limit = int(sys.argv[2])
        # Python ignores SIGXFSZ: a write beyond the limit fails with EFBIG.
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    numbers = itertools.count()

    async def write() -> None:
        while True:
            number = next(numbers)
            value = f"{number}:" + "x" * (number % 7 * 700)
            try:
                await storage.set_setting(f"key-{number}", value)
            except IPCError as error:
                say(f"refused {error.message}")
                application.quit()
                return
            say(str(number))

    tasks = [Task(write()) for _ in range(_AT_ONCE)]
    application.exec()
    storage.close()
    del tasks


def say(line: str) -> None:
    """One write: the reader sees whole lines, whenever this process ends."""
    os.write(1, f"{line}\n".encode())


main()
