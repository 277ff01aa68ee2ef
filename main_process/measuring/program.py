"""The shell that measures: its command line, its life, its deadline."""

import argparse
import os
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from main_process.measuring.measurements import MEASUREMENTS, Order, Samples
from main_process.options import Options
from main_process.profile import Profile
from main_process.shell import Shell
from shared.errors import ErrorCode, Late
from shared.tasks import Task

_TIMEOUT_SECONDS: Final = 240.0


def measure(arguments: argparse.Namespace) -> Samples:
    """Run a shell until it has measured. Raises whatever went wrong, Late after several minutes."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_QPA_OFFSCREEN_NO_GLX"] = "1"
    os.environ.pop("DISPLAY", None)
    order = Order(
        rounds=arguments.rounds,
        count=arguments.count,
        kinds=tuple(arguments.kinds),
        each=tuple(arguments.each),
    )
    profile = Profile.open(private=True)
    try:
        profile.clean_up_if_killed()
        application = QApplication(["browser-os"])
        application.setQuitOnLastWindowClosed(False)
        options = Options(headless=True, private=True, inspect=arguments.recorded, spawn=arguments.spawn)
        shell = Shell(options, profile)
        try:
            shell.supervisor.start()
            shell.open_window()
            if arguments.folder is not None:
                shell.plugins.add_folder(arguments.folder)
            return _run(application, MEASUREMENTS[arguments.what](shell, order))
        finally:
            shell.shut_down()
    finally:
        profile.close()


def _run(application: QApplication, coroutine: Coroutine[Any, Any, Samples]) -> Samples:
    task = Task(coroutine)
    task.add_done_callback(lambda _: QTimer.singleShot(0, application.quit))
    limit = QTimer()
    limit.setSingleShot(True)
    limit.timeout.connect(
        lambda: task.set_exception(Late(ErrorCode.DEADLINE, f"nothing came of it in {_TIMEOUT_SECONDS:g} s"))
    )
    limit.start(int(_TIMEOUT_SECONDS * 1000))
    application.exec()
    return task.result()


def parse(words: list[str]) -> argparse.Namespace:
    """The command line. Exits with status 2 for an impossible one."""
    parser = argparse.ArgumentParser(prog="measuring", description="Measures inside a shell.")
    parser.add_argument("what", choices=MEASUREMENTS)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--count", type=int, default=8, help="pages that a broadcast goes to")
    parser.add_argument("--folder", type=Path, help="the plugin whose pages take part")
    parser.add_argument("--kinds", nargs="*", default=[], help="messages to measure")
    parser.add_argument("--each", nargs="*", type=int, default=[], help="rounds of each of them")
    parser.add_argument("--recorded", action="store_true", help="record every message, as for an inspector")
    parser.add_argument("--spawn", action="store_true", help="make processes anew instead of forking them")
    return parser.parse_args(words)
