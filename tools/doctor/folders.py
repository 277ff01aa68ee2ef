"""The folders the shell writes to: the profile, and the runtime directory with its sockets."""

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from shared.runtime_paths import INSPECTOR_SOCKET, runtime_directory, runtime_root
from tools.doctor.row import Level, Row, judged

LONGEST_SOCKET_PATH = 107
"""Bytes that fit a local socket's address, its closing zero not counted."""
SPACE_WANTED = 256 * 2**20
"""Bytes: a web profile's cache and a day of tabs."""


def default_profile() -> Path:
    """Where the shell keeps its profile when it is not told."""
    return platformdirs.user_data_path("browser-os") / "default"


def nearest(folder: Path) -> Path:
    """``folder``, or the nearest above it that is there."""
    return next(place for place in (folder, *folder.parents) if place.exists())


def profile_row(profile: Path) -> Row:
    """Whether the profile can be written, or made."""
    place = nearest(profile)
    if not place.is_dir():
        found, good = f"{place} is not a folder", False
    elif not os.access(place, os.W_OK | os.X_OK):
        found, good = f"{place} is not writable", False
    else:
        found, good = (f"{profile}" if place == profile else f"{profile}, to be made"), True
    return judged(
        "Profile", "writable", found, good=good, fix=f"chown it to yourself, or --profile DIR (not {place})"
    )


def space_row(profile: Path) -> Row:
    """Whether the disk has room."""
    free = shutil.disk_usage(nearest(profile)).free
    return judged(
        "Disk space",
        f"{SPACE_WANTED // 2**20} MiB for the profile",
        f"{free // 2**20} MiB",
        good=free >= SPACE_WANTED,
        fix="make room, or --profile DIR on another disk",
        otherwise=Level.WARN,
    )


def runtime_row(profile: Path, environ: Mapping[str, str], uid: int) -> Row:
    """Whether the sockets have a private place of their own."""
    needed = "a folder of yours that nobody else may enter"
    root = runtime_root(environ, uid)
    socket = runtime_directory(profile, environ, uid) / INSPECTOR_SOCKET
    if len(bytes(socket)) > LONGEST_SOCKET_PATH:
        return Row(
            name="Runtime directory",
            needed=needed,
            found=f"{root}: too long a path for a socket",
            level=Level.FAIL,
            fix="set XDG_RUNTIME_DIR to a shorter path",
        )
    base = root.parent
    if not root.exists():
        good = base.is_dir() and os.access(base, os.W_OK | os.X_OK)
        found = f"{root}, to be made" if good else f"{base} is not a folder you may write to"
        return judged(
            "Runtime directory", needed, found, good=good, fix="set XDG_RUNTIME_DIR to a folder of yours"
        )
    status = root.lstat()
    if not stat.S_ISDIR(status.st_mode):
        found, good = f"{root} is not a folder", False
    elif status.st_uid != uid:
        found, good = f"{root} belongs to user id {status.st_uid}", False
    elif status.st_mode & 0o077:
        found, good = f"{root} is open to others (mode {stat.S_IMODE(status.st_mode):o})", False
    else:
        found, good = str(root), True
    return judged(
        "Runtime directory", needed, found, good=good, fix=f"remove {root}; the shell makes it anew"
    )


def rows(profile: Path) -> list[Row]:
    """Everything about folders."""
    return [profile_row(profile), space_row(profile), runtime_row(profile, os.environ, os.getuid())]
