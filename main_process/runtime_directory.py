"""The directory of a running shell's sockets: this user's alone, held while the shell lives, gone when it has ended.

Who uses it holds a lock (``flock``) on the directory itself. What nobody holds is a leftover, which the next start
removes. ``remove_when_killed`` does so at once, whatever ended the shell.
"""

import fcntl
import logging
import os
import re
import select
import shutil
import signal
import stat
import time
from pathlib import Path
from typing import Final, Self

from shared import linux

_NAME: Final = re.compile(r"[0-9a-f]{16}")
"""What ``shared.runtime_paths`` names the folder of a profile."""
_WAIT_SECONDS: Final = 5.0
"""A shell that has just ended, or a start that looks for leftovers, may hold the directory for a moment."""
_LOOK_SECONDS: Final = 0.02

_log = logging.getLogger(__name__)


class RuntimeUnusable(Exception):
    """There is no place for sockets; the message says why and what would mend it."""


class RuntimeDirectory:
    """Held from ``take`` to ``close``."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path = path
        self._descriptor = descriptor
        self._keeper: tuple[int, int] | None = None

    @classmethod
    def take(cls, path: Path) -> Self:
        """Make ``path`` and its parent, both 0700, hold it and empty it; remove leftovers beside it.

        Raises RuntimeUnusable if it is somebody else's, or cannot be made.
        """
        try:
            path.parent.mkdir(exist_ok=True, mode=0o700)
            check_private(path.parent)
            taken = cls(path, _hold(path))
        except FileNotFoundError as error:
            raise RuntimeUnusable(
                f"{path.parent} cannot be made: {error.strerror}; unset XDG_RUNTIME_DIR or let it name a directory"
            ) from error
        except OSError as error:
            raise RuntimeUnusable(f"{path} cannot be used: {error.strerror}") from error
        _empty(path)
        _remove_leftovers(path.parent)
        return taken

    def remove_when_killed(self) -> None:
        """Leave a process behind that removes the directory as soon as this one is gone.

        Forks: no thread may have been started yet.
        """
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            _keep(self.path, self._descriptor, reader)
        os.close(reader)
        os.setpgid(
            pid, pid
        )  # what is sent to the shell's group, from a terminal for one, is not meant for it
        self._keeper = (pid, writer)

    def close(self) -> None:
        """Remove the directory and let go of it."""
        _remove(self.path, self._descriptor)
        os.close(self._descriptor)
        if self._keeper is not None:
            pid, writer = self._keeper
            self._keeper = None
            os.close(writer)
            os.waitpid(pid, 0)


def check_private(directory: Path) -> None:
    """Raises RuntimeUnusable if somebody else could have made, or can enter, ``directory``; OSError if it is not there."""
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        kind = "a directory" if stat.S_ISDIR(status.st_mode) else "no directory"
        raise RuntimeUnusable(
            f"{directory} should be a directory of user {os.getuid()} alone (mode 0700), but is {kind} of user "
            f"{status.st_uid} with mode {stat.S_IMODE(status.st_mode):04o}: remove it, or set XDG_RUNTIME_DIR"
        )


def _hold(path: Path) -> int:
    """The descriptor of ``path``, made if missing and locked. Raises RuntimeUnusable, OSError."""
    deadline = time.monotonic() + _WAIT_SECONDS
    while True:
        path.mkdir(exist_ok=True, mode=0o700)
        try:
            check_private(path)
            descriptor = _lock(path)
        except FileNotFoundError:
            continue  # it was a leftover to somebody, who removed it just now
        if descriptor is not None and _is_at(path, descriptor):
            return descriptor
        if descriptor is not None:
            os.close(descriptor)
        if time.monotonic() > deadline:
            raise RuntimeUnusable(f"{path} is held by another process: is a shell still ending there?")
        select.select([], [], [], _LOOK_SECONDS)  # a lock tells nobody when it is free


def _lock(path: Path) -> int | None:
    """A descriptor of the directory with its lock; None if another has it. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            return None
        raise
    return descriptor


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether ``path`` is still the directory of ``descriptor``, and not one made since."""
    try:
        return os.path.samestat(path.lstat(), os.fstat(descriptor))
    except FileNotFoundError:
        return False


def _empty(path: Path) -> None:
    for child in path.iterdir():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child)
        else:
            child.unlink()


def _remove(path: Path, descriptor: int) -> None:
    if not _is_at(path, descriptor):
        return
    try:
        shutil.rmtree(path)
    except OSError as error:
        _log.warning("%s could not be removed: %s", path, error.strerror)


def _remove_leftovers(root: Path) -> None:
    """Folders of shells that are gone, and were killed together with the process that would have removed them."""
    for child in root.iterdir():
        if not _NAME.fullmatch(child.name):
            continue
        try:
            descriptor = _lock(child)
        except OSError as error:
            _log.warning("%s could not be looked at: %s", child, error.strerror)
            continue
        if descriptor is not None:
            _remove(child, descriptor)
            os.close(descriptor)


def _keep(path: Path, descriptor: int, reader: int) -> None:
    """The process left behind: waits for the end of the pipe, removes, ends."""
    try:
        os.chdir("/")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        linux.set_name("bos-keeper")
        null = os.open(os.devnull, os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        for opened in linux.open_descriptors():
            if opened > 2 and opened not in (descriptor, reader):
                os.close(opened)
        os.read(reader, 1)
        _remove(path, descriptor)
    finally:
        os._exit(0)
