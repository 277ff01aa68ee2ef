"""From checked options to an exit status: profile, Qt, shell, and their end in the other order."""

import logging
import os
import signal
import socket
from types import FrameType
from typing import Final

import click
from PySide6.QtCore import QLoggingCategory, QSocketNotifier
from PySide6.QtWidgets import QApplication

from main_process.capture import Capture
from main_process.doors import Doors
from main_process.garbage import GarbageCollection
from main_process.instance import hand_over
from main_process.options import Options
from main_process.profile import Profile, ProfileInUse, ProfileUnusable
from main_process.shell import Shell
from main_process.startup import absolute, open_first
from main_process.storage.database import CannotOpen
from main_process.window.address import AddressRefused
from shared.channels.instance import InstanceOpen
from shared.errors import IPCError

FAILED: Final = 1
USAGE: Final = 2

_log = logging.getLogger(__name__)


def run(options: Options) -> int:
    """Run a shell, or hand over to the one that runs. Gives the exit status."""
    logging.basicConfig(format="browser-os: %(levelname)s: %(message)s", level=logging.WARNING)
    while True:
        try:
            profile = Profile.open(options.profile, private=options.private)
        except ProfileUnusable as error:
            return _fail(str(error))
        except ProfileInUse as in_use:
            try:
                if hand_over(in_use.profile, _opening(options)):
                    return 0
            except IPCError as error:
                return _fail(error.message)
        else:
            break
    try:
        profile.clean_up_if_killed()
        return _run(options, profile)
    finally:
        profile.close()


def _opening(options: Options) -> InstanceOpen:
    return InstanceOpen(
        urls=tuple(absolute(address) for address in options.addresses),
        screenshot=None if options.screenshot is None else str(options.screenshot),
    )


def _run(options: Options, profile: Profile) -> int:
    application = _application(options)
    garbage = GarbageCollection()
    try:
        shell = Shell(options, profile)
    except CannotOpen as error:
        garbage.stop()
        return _fail(str(error))
    doors = Doors(shell)
    stop = _Signals(shell)
    capture: Capture | None = None
    try:
        shell.supervisor.start()
        try:
            doors.open()
        except OSError as error:
            return _fail(f"{profile.runtime}: {error.strerror or error}")
        shell.finished.connect(application.quit)
        open_first(shell, options.addresses)
        if options.screenshot is not None:
            capture = Capture(shell.tabs[-1], shell.windows[0], options.screenshot)
            capture.finished.connect(shell.quit)
        application.exec()
        if capture is not None and capture.error is not None:
            return _fail(capture.error)
        return 0
    except (IPCError, AddressRefused) as error:
        return _fail(error.message if isinstance(error, IPCError) else str(error), USAGE)
    finally:
        stop.restore()
        doors.close()
        shell.shut_down()
        garbage.stop()


def _application(options: Options) -> QApplication:
    if options.headless:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
        # Qt's offscreen platform opens GLX on a display it finds.
        os.environ["QT_QPA_OFFSCREEN_NO_GLX"] = "1"
        os.environ.pop("DISPLAY", None)
    QLoggingCategory.setFilterRules("qt.qpa.plugin=false" if options.headless else "")
    application = QApplication(["browser-os"])
    application.setApplicationName("browser-os")
    application.setApplicationDisplayName("Browser OS")
    application.setDesktopFileName("browser-os")
    application.setQuitOnLastWindowClosed(False)
    return application


def _fail(message: str, status: int = FAILED) -> int:
    click.echo(f"browser-os: {message}", err=True)
    return status


class _Signals:
    """SIGINT and SIGTERM end the shell as its user would; Qt's loop hears of them through a socket."""

    def __init__(self, shell: Shell) -> None:
        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, shell)
        self._notifier.activated.connect(self._on_notifier_activated)
        self._shell = shell
        self._before = {
            number: signal.signal(number, self._note) for number in (signal.SIGINT, signal.SIGTERM)
        }
        self._wakeup = signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)

    def restore(self) -> None:
        """Give the signals back."""
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    @staticmethod
    def _note(number: int, frame: FrameType | None) -> None:
        """Python's handler: the byte in the socket is what counts."""

    def _on_notifier_activated(self) -> None:
        self._reader.recv(64)
        self._shell.quit()
