"""What a test left behind: processes, descriptors, threads."""

import gc
import os
import stat
import sys
import threading
from dataclasses import dataclass

import psutil
from PySide6.QtCore import QCoreApplication, QEvent

SETTLE_SECONDS = 3.0
"""How long a child that was told to end may take to do so."""


@dataclass(frozen=True)
class Belongings:
    """What this process holds at one moment."""

    processes: frozenset[int]
    """Children, and theirs."""
    descriptors: frozenset[tuple[int, str]]
    """Number and target of sockets, pipes, memory files and open files."""
    threads: frozenset[int]
    """Python's threads, by identity."""

    def __or__(self, other: "Belongings") -> "Belongings":
        return Belongings(
            self.processes | other.processes,
            self.descriptors | other.descriptors,
            self.threads | other.threads,
        )

    def __sub__(self, other: "Belongings") -> "Belongings":
        return Belongings(
            self.processes - other.processes,
            self.descriptors - other.descriptors,
            self.threads - other.threads,
        )


_STANDARD = (0, 1, 2)
"""pytest turns these to files of its own for each phase of a test."""
_NOTHING = Belongings(frozenset(), frozenset(), frozenset())
_expected = _NOTHING


def expect_new_since(before: Belongings) -> None:
    """Declares that what has come since ``before`` outlives the test by design."""
    global _expected
    _expected |= belongings() - before


def belongings() -> Belongings:
    """Looks at what this process holds now."""
    children = (child.pid for child in psutil.Process().children(recursive=True))
    return Belongings(
        frozenset(children),
        frozenset(_descriptors()),
        frozenset(thread.ident for thread in threading.enumerate() if thread.ident is not None),
    )


def left_behind(before: Belongings) -> list[str]:
    """What is there now and was not in ``before``, in words; empty after a clean test."""
    before |= _expected
    if belongings() - before == _NOTHING:
        return []
    # Python objects in cycles and Qt objects that were told to delete themselves still hold theirs.
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    unclosed = _collect_garbage()
    ending = [
        child for child in psutil.Process().children(recursive=True) if child.pid not in before.processes
    ]
    psutil.wait_procs(ending, timeout=SETTLE_SECONDS)
    for thread in threading.enumerate():
        if thread.ident not in before.threads and thread is not threading.current_thread():
            thread.join(SETTLE_SECONDS)
    return unclosed + _words(belongings() - before)


def _collect_garbage() -> list[str]:
    """Collects it, and returns what Python says of things that were dropped unclosed.

    Left to pytest, it would be told of the next test.
    """
    said: list[str] = []
    previous, sys.unraisablehook = sys.unraisablehook, lambda what: said.append(str(what.exc_value))
    try:
        gc.collect()
    finally:
        sys.unraisablehook = previous
    return said


def _descriptors() -> list[tuple[int, str]]:
    held = []
    for name in os.listdir("/proc/self/fd"):
        if int(name) in _STANDARD:
            continue
        try:
            mode = os.fstat(int(name)).st_mode
            target = os.readlink(f"/proc/self/fd/{name}")
        except OSError:
            # The listing's own descriptor is closed by now.
            continue
        # Qt's and the libraries' event counters and poll sets live as long as the process.
        if stat.S_ISSOCK(mode) or stat.S_ISFIFO(mode) or (stat.S_ISREG(mode) and not _is_library(target)):
            held.append((int(name), target))
    return held


def _is_library(target: str) -> bool:
    """Whether a library keeps the file open for good: fonts, caches, packages."""
    return (
        target.startswith(("/usr/", "/etc/", "/var/cache/", "/sys/", "/proc/")) or "/site-packages/" in target
    )


def _words(left: Belongings) -> list[str]:
    names = {thread.ident: thread.name for thread in threading.enumerate()}
    return [
        *(f"process {pid}: {_name(pid)}" for pid in sorted(left.processes)),
        *(f"descriptor {number}: {target}" for number, target in sorted(left.descriptors)),
        *(f"thread {names.get(ident, ident)}" for ident in sorted(left.threads)),
    ]


def _name(pid: int) -> str:
    try:
        return " ".join(psutil.Process(pid).cmdline())[:200]
    except psutil.Error:
        return "ended just now"
