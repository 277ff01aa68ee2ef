"""An entry point for page renderers that does on request what no page should: for tests of deaths and hangs."""

import ctypes
import os
import sys
from collections.abc import Callable
from typing import NoReturn

from PySide6.QtCore import QCoreApplication

from renderer.link import Link
from shared import linux
from shared.channels.link import Echo
from shared.ipc_channel import IPCChannel


def main(link: Link, storage: str | None = None) -> None:
    """Serve orders given as echoes."""

    def on_echo(order: Echo) -> Echo:
        name, _, argument = str(order.value).partition(" ")
        return Echo(value=_ORDERS[name](argument))

    link.session.remove_handler(IPCChannel.LINK_ECHO)
    link.session.handle(IPCChannel.LINK_ECHO, on_echo)


def _facts(_: str) -> dict[str, object]:
    status = linux.status_fields()
    return {
        "initial_environment": _initial_environment(),
        "pid": os.getpid(),
        "environment": dict(os.environ),
        "descriptors": {
            str(number): os.readlink(f"/proc/self/fd/{number}") for number in linux.open_descriptors()
        },
        "status": status,
        "session": os.getsid(0),
        "threads": linux.thread_count(),
        "python_can_import_late": bool(__import__("wave")),
    }


def _initial_environment() -> str:
    """What the kernel shows of the variables that this process's program was started with."""
    try:
        with open("/proc/self/environ", encoding="utf-8") as file:
            return file.read().strip("\0")
    except PermissionError:
        return ""  # after a change of uid not even the process itself may look


def _crash(_: str) -> NoReturn:
    sys.stderr.write("about to crash\n")
    ctypes.string_at(0)
    raise AssertionError("reading address 0 did not crash")


def _spin(_: str) -> NoReturn:
    while True:
        pass


def _hold_gil(seconds: str) -> None:
    # PyDLL keeps the GIL while the C function runs.
    ctypes.PyDLL(None).sleep(int(seconds))


def _child(_: str) -> int:
    """A grandchild of main's that outlives its parent."""
    return os.posix_spawn("/bin/sleep", ["sleep", "1000"], dict(os.environ))


def _exit(status: str) -> None:
    QCoreApplication.exit(int(status))


def _flood(_: str) -> None:
    sys.stderr.write("x" * 1_000_000 + "\nthe end\n")


_ORDERS: dict[str, Callable[[str], object]] = {
    "facts": _facts,
    "crash": _crash,
    "abort": lambda _: os.abort(),
    "spin": _spin,
    "hold-gil": _hold_gil,
    "exit": _exit,
    "leave": lambda status: os._exit(int(status)),
    "flood": _flood,
    "child": _child,
    "garbage": lambda _: os.write(3, b"\xff\xff\xff\xff"),
    "let-go": lambda _: os.close(3),
}
