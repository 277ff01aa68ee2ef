"""Where a profile lives: its directory, its lock, its runtime directory."""

import fcntl
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import Final, Self

import platformdirs

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
    """An open profile. A private one is a temporary directory that goes with ``close``."""

    def __init__(self, directory: Path, *, private: bool) -> None:
        self.directory = directory
        self.private = private
        self._lock: int | None = None
        self.runtime = runtime_directory(directory, os.environ, os.getuid())
        """Sockets and tokens; 0700, this user's own."""

    @classmethod
    def open(cls, directory: Path | None = None, *, private: bool = False) -> Self:
        """Make the directories and take the lock.

        Raises ProfileInUse if another shell has it, ProfileUnusable if it is not a directory of this user's.
        """
        if private:
            chosen = Path(tempfile.mkdtemp(prefix="browser-os-private-"))
        else:
            chosen = directory or platformdirs.user_data_path("browser-os") / "default"
        try:
            chosen.mkdir(parents=True, exist_ok=True, mode=0o700)
            profile = cls(chosen.resolve(), private=private)
            _check_own(profile.directory)
            profile._take_lock()
            for place in (profile.runtime.parent, profile.runtime):
                place.mkdir(exist_ok=True, mode=0o700)
                _check_private(place)
        except OSError as error:
            raise ProfileUnusable(f"{chosen}: {error.strerror}; name another with --profile DIR") from error
        return profile

    @property
    def database(self) -> Path | None:
        """The store's file; None for a private profile, which keeps nothing."""
        return None if self.private else self.directory / DATABASE

    @property
    def web_storage(self) -> Path | None:
        """QtWebEngine's directory; None for a private profile."""
        return None if self.private else self.directory / WEB

    def close(self) -> None:
        """Let go of the lock; a private profile's directory disappears."""
        shutil.rmtree(self.runtime, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None
        if self.private:
            shutil.rmtree(self.directory, ignore_errors=True)

    def _take_lock(self) -> None:
        descriptor = os.open(
            self.directory / LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600
        )
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise ProfileInUse(self) from None
        self._lock = descriptor


def _check_own(directory: Path) -> None:
    status = directory.stat()
    if status.st_uid != os.getuid():
        raise ProfileUnusable(
            f"{directory} belongs to user {status.st_uid}, not to {os.getuid()}; name another with --profile DIR"
        )
    if not os.access(directory, os.W_OK | os.X_OK):
        raise ProfileUnusable(f"{directory} cannot be written; name another with --profile DIR")


def _check_private(directory: Path) -> None:
    """Raises ProfileUnusable if somebody else could have made, or can enter, the directory."""
    status = directory.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise ProfileUnusable(
            f"{directory} should be a directory of user {os.getuid()} alone (mode 0700): remove it, or set XDG_RUNTIME_DIR"
        )
