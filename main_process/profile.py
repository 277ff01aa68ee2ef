"""Where a profile lives: its directory, its lock, and the runtime directory that goes with it."""

import fcntl
import os
import secrets
import tempfile
from pathlib import Path
from typing import Final, Self

import platformdirs

from main_process.runtime_directory import RuntimeDirectory, RuntimeUnusable
from shared.runtime_paths import runtime_directory

DATABASE: Final = "profile.sqlite3"
LOCK: Final = "lock"
WEB: Final = "web"


class ProfileUnusable(Exception):
    """The directory cannot serve as a profile; the message says why and what would."""


class ProfileInUse(Exception):
    """Another shell holds the profile; ``profile`` knows where it listens."""

    def __init__(self, profile: "Profile") -> None:
        super().__init__(f"another shell uses {profile.directory}")
        self.profile = profile


class Profile:
    """An open profile. A private one has no directory: ``directory`` is a name that nothing else has."""

    def __init__(self, directory: Path, *, private: bool) -> None:
        self.directory = directory
        self.private = private
        self.runtime = runtime_directory(directory, os.environ, os.getuid())
        """Sockets and tokens; 0700, this user's own."""
        self._lock: int | None = None
        self._held: RuntimeDirectory | None = None

    @classmethod
    def open(cls, directory: Path | None = None, *, private: bool = False) -> Self:
        """Make the directories, take the locks.

        Raises ProfileInUse if another shell has it, ProfileUnusable if it is not a directory of this user's.
        """
        if private:
            # As unguessable as a temporary directory, with nothing to be left behind.
            chosen = Path(tempfile.gettempdir(), f"browser-os-private-{secrets.token_hex(8)}")
        else:
            chosen = directory or platformdirs.user_data_path("browser-os") / "default"
        try:
            profile = cls(chosen.resolve(), private=private)
            if not private:
                _make(profile.directory)
                _check_own(profile.directory)
                profile._lock = _take_lock(profile.directory)
                if profile._lock is None:
                    raise ProfileInUse(profile)
        except (OSError, RuntimeError) as error:  # RuntimeError: a circle of symbolic links, on Python 3.11
            reason = error.strerror if isinstance(error, OSError) else str(error)
            raise ProfileUnusable(f"{chosen}: {reason}; name another with --profile DIR") from error
        try:
            profile._held = RuntimeDirectory.take(profile.runtime)
        except RuntimeUnusable as error:
            profile.close()
            raise ProfileUnusable(str(error)) from error
        return profile

    @property
    def database(self) -> Path | None:
        """The store's file; None for a private profile, which keeps nothing."""
        return None if self.private else self.directory / DATABASE

    @property
    def web_storage(self) -> Path | None:
        """QtWebEngine's directory; None for a private profile."""
        return None if self.private else self.directory / WEB

    def clean_up_if_killed(self) -> None:
        """Nothing of the runtime directory outlives this process. Forks: no thread may have been started yet."""
        if self._held is not None:
            self._held.remove_when_killed()

    def is_held(self) -> bool:
        """Whether a shell, this one or another, has the profile now."""
        if self.private or self._lock is not None:
            return True
        lock = _take_lock(self.directory)
        if lock is None:
            return True
        os.close(lock)
        return False

    def close(self) -> None:
        """Remove the runtime directory, then let go of the profile."""
        if self._held is not None:
            self._held.close()
            self._held = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def _take_lock(directory: Path) -> int | None:
    """A descriptor that holds the lock as long as it is open; None if another has it. Raises OSError."""
    descriptor = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            return None
        raise
    return descriptor


def _make(directory: Path) -> None:
    """Make the directory and those above it, each known to the disk before anything is stored in it."""
    if directory.is_dir():
        return
    _make(directory.parent)
    directory.mkdir(mode=0o700, exist_ok=True)
    above = os.open(directory.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(above)
    finally:
        os.close(above)


def _check_own(directory: Path) -> None:
    status = directory.stat()
    if status.st_uid != os.getuid():
        raise ProfileUnusable(
            f"{directory} belongs to user {status.st_uid}, not to {os.getuid()}; name another with --profile DIR"
        )
    if status.st_mode & 0o022:
        raise ProfileUnusable(
            f"{directory} can be written by others (mode {status.st_mode & 0o7777:04o}); "
            f"run `chmod go-w {directory}` or name another with --profile DIR"
        )
    if not os.access(directory, os.W_OK | os.X_OK):
        raise ProfileUnusable(f"{directory} cannot be written; name another with --profile DIR")
