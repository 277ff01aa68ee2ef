"""From a process just forked to a renderer: known descriptors and environment, no rights, then Qt, then its entry.

The order matters. Everything is checked before the first word to main (``link:hello``), and no plugin's code is
imported before that.

An entry (``module:function``, named by main) is called with the link, and with the storage folder if it is a web
host's. It registers what it needs and returns; the event loop runs after that. Two more functions of its module are
called if it has them: ``before_application``, before there is a QApplication (schemes and flags that QtWebEngine
reads only once belong there), and ``after_application``, when the event loop has ended.
"""

import faulthandler
import fcntl
import multiprocessing
import os
import resource
import socket
import sys
import traceback
from importlib import import_module
from multiprocessing import resource_tracker
from types import ModuleType
from typing import Any, Final, NoReturn

import msgspec

from renderer import environment, privileges
from shared import linux
from shared.channels.process import Isolation, ProcessKind
from shared.contract import Party
from shared.session import Session, Side

BIRTH_FAILED: Final = 70
"""Exit status of a process that did not get as far as its event loop (EX_SOFTWARE of sysexits)."""

_LINK: Final = 3
_STACKS: Final = 4
_PARTIES: Final = {ProcessKind.PAGE: Party.PAGE, ProcessKind.WEB_HOST: Party.WEB_HOST}


class Birth(msgspec.Struct, frozen=True, kw_only=True):
    """What a process is to become. ``link``, ``stderr`` and ``stacks`` are descriptors."""

    kind: ProcessKind
    entry: str
    storage: str | None
    isolation: Isolation
    main_pid: int
    link: int
    stderr: int
    stacks: int


def become(birth: Birth) -> NoReturn:
    """Be that renderer until its end."""
    status = BIRTH_FAILED
    try:
        _strip(birth)
        self_test(birth.isolation)
        status = _live(birth)
    except SystemExit as exit_:
        status = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
    except BaseException:  # noqa: BLE001  main reads the reason from this process's standard error
        traceback.print_exc()
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(status)


def _strip(birth: Birth) -> None:
    """Leave behind everything of the parent's, and all rights."""
    if os.getsid(0) != os.getpid():
        os.setsid()
    linux.set_name(f"bos-{birth.kind}")
    _keep_descriptors(birth)
    kept = environment.clean(
        os.environ, home=None if birth.isolation is Isolation.UID else os.environ.get("HOME")
    )
    os.environ.clear()
    # Before the new one is set: the old one's place in memory shows in /proc/<pid>/environ.
    linux.erase_initial_environment()
    os.environ.update(kept)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    multiprocessing.current_process().authkey = os.urandom(32)
    forget_resource_tracker()
    privileges.drop(birth.isolation)
    if birth.kind is ProcessKind.WEB_HOST:
        # Chromium's sandbox writes its processes' own id maps in /proc, which a change of uid has closed to them.
        linux.set_dumpable(True)
    linux.set_parent_death_signal()
    if os.getppid() != birth.main_pid:
        os._exit(0)


def _keep_descriptors(birth: Birth) -> None:
    """0 is /dev/null, 1 and 2 are main's pipe, then the link and the dumps' pipe; nothing else stays open."""
    null = os.open(os.devnull, os.O_RDWR)
    wanted = ((null, 0), (birth.stderr, 1), (birth.stderr, 2), (birth.link, _LINK), (birth.stacks, _STACKS))
    # First out of the way of the numbers they are to have.
    away = [(fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, 64), number) for descriptor, number in wanted]
    for descriptor, number in away:
        os.dup2(descriptor, number, inheritable=number <= 2)
    for descriptor in linux.open_descriptors():
        if descriptor > _STACKS:
            os.close(descriptor)
    os.set_blocking(_STACKS, False)
    # The old ones remember what kind of file main's were. These are never closed.
    sys.stdout, sys.stderr = (
        open(number, "w", buffering=1, encoding="utf-8", errors="backslashreplace", closefd=False)  # noqa: SIM115
        for number in (1, 2)
    )


def forget_resource_tracker() -> None:
    """``multiprocessing`` remembers the number of a pipe that is closed by now and may be another file's next.

    There is no public way to say so; a tracker of this process's own is started if one is ever needed.
    """
    tracker: Any = resource_tracker._resource_tracker
    tracker._fd = None
    tracker._pid = None


def self_test(isolation: Isolation) -> None:
    """Check what this process is and holds. Raises RuntimeError naming what is not as it must be."""
    descriptors = linux.open_descriptors()
    if descriptors != [0, 1, 2, _LINK, _STACKS]:
        raise RuntimeError(f"expected descriptors 0 to {_STACKS} alone to be open, got {descriptors}")
    threads = linux.thread_count()
    if threads != 1:
        raise RuntimeError(f"expected one thread, got {threads}")
    status = linux.status_fields()
    privileges.verify(status, isolation)


def _live(birth: Birth) -> int:
    faulthandler.enable(sys.stderr)
    module_name, _, function_name = birth.entry.partition(":")
    module = import_module(module_name)
    _call_if_there(module, "before_application")

    # Not before the environment is clean: the platform plugin reads it.
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QApplication

    from renderer import heartbeat
    from renderer.link import Link

    if birth.kind is ProcessKind.WEB_HOST:
        QApplication.setAttribute(Qt.ApplicationAttribute.AA_ShareOpenGLContexts)
    application = QApplication([f"browser-os-{birth.kind}"])
    application.setQuitOnLastWindowClosed(False)
    if linux.thread_count() != 1:
        raise RuntimeError(f"expected Qt to start no thread, got {linux.thread_count()} threads")
    heartbeat.use_descriptor(_STACKS)
    link = Link(Session(side=Side.PEER, party=_PARTIES[birth.kind]), socket.socket(fileno=_LINK))
    heartbeat.attach(link)
    arguments = (link,) if birth.kind is ProcessKind.PAGE else (link, birth.storage)
    getattr(module, function_name)(*arguments)
    link.session.start()
    status = application.exec()
    _call_if_there(module, "after_application")
    return status


def _call_if_there(module: ModuleType, name: str) -> None:
    function = getattr(module, name, None)
    if function is not None:
        function()
