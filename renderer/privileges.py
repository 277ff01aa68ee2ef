"""Giving up root's rights, in the three ways there are; which one is decided by a pure function over facts.

As root an ordinary uid is best: nothing of root's can be read or written. But an interpreter under root's 0700
home cannot be reached by it (late imports and QtWebEngine's own program would fail), so then a user namespace
takes root's place: an ordinary uid inside, no capability anywhere, files as before. Chromium's sandbox works in
both; what would break it (a locked securebit, a filtered ``unshare``) is not set here.
"""

import os
import sys
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Final

import msgspec

from shared import linux
from shared.channels.process import Isolation
from shared.errors import ErrorCode, Refused

NOBODY: Final = 65534
"""The uid and gid that own nothing."""
INSIDE: Final = 1000
"""What root's uid and gid are called in a renderer's user namespace."""


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the decision depends on.

    ``uid`` is the effective one. ``unreachable`` is what keeps uid 65534 from running a renderer, ``no_namespace``
    what keeps user namespaces from working; both are sentences for people, None where nothing does.
    """

    uid: int
    unreachable: str | None = None
    no_namespace: str | None = None


def decide(facts: Facts) -> Isolation:
    """The way to give up rights. Raises Refused(CAPABILITY_ABSENT), with the fix, if there is none."""
    if facts.uid != 0:
        return Isolation.AS_USER
    if facts.unreachable is None:
        return Isolation.UID
    if facts.no_namespace is None:
        return Isolation.USER_NAMESPACE
    raise Refused(
        ErrorCode.CAPABILITY_ABSENT,
        "Browser OS runs as root, and its renderers cannot give root's rights up: "
        f"uid {NOBODY} fails because {facts.unreachable}; a user namespace fails because {facts.no_namespace}. "
        "Start it as an ordinary user, or let others read that path (chmod o+rX), "
        "or allow user namespaces (sysctl user.max_user_namespaces, a container's seccomp profile).",
    )


def gather(read: Iterable[Path], write: Iterable[Path] = ()) -> Facts:
    """Find out by trying, in children of this process that end at once. The process must have one thread.

    ``read`` are paths that a renderer must be able to read (and to search, if directories), ``write`` directories
    in which it must be able to make files.
    """
    uid = os.geteuid()
    if uid != 0:
        return Facts(uid=uid)
    unreachable = _try(lambda: _reach_as_nobody(tuple(read), tuple(write)))
    if unreachable is None:
        return Facts(uid=uid)
    return Facts(uid=uid, unreachable=unreachable, no_namespace=_try(lambda: drop(Isolation.USER_NAMESPACE)))


def installation() -> tuple[Path, ...]:
    """What every renderer must be able to read: interpreter, standard library, packages, our own code."""
    folders = (Path(folder) for folder in sys.path)
    files = (sys.modules[name].__file__ for name in ("os", "msgspec", "PySide6.QtCore", "shared", "renderer"))
    return (
        Path(sys.executable),
        *(folder for folder in folders if folder.is_dir()),
        *(Path(file) for file in files if file is not None),
    )


def drop(isolation: Isolation) -> None:
    """Give the rights up, for good. Raises OSError with what the kernel refused."""
    if isolation is not Isolation.AS_USER and set(os.getgroups()) - {os.getegid()}:
        os.setgroups([])
    if isolation is Isolation.UID:
        if linux.has_capability(linux.CAP_SETPCAP):
            linux.drop_bounding_capabilities()
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
    elif isolation is Isolation.USER_NAMESPACE:
        linux.enter_user_namespace(INSIDE)
        linux.drop_bounding_capabilities()
    linux.set_no_new_privileges()
    linux.drop_capabilities()


def verify(status: dict[str, str], isolation: Isolation) -> None:
    """Check the fields of a process's own ``/proc/self/status``. Raises RuntimeError if any right is left."""
    uids = set(status["Uid"].split())
    gids = set(status["Gid"].split())
    expected = {Isolation.UID: str(NOBODY), Isolation.USER_NAMESPACE: str(INSIDE)}.get(isolation)
    if "0" in uids or (expected is not None and (uids != {expected} or gids != {expected})):
        raise RuntimeError(
            f"expected {expected or 'an ordinary'} uid and gid, got {status['Uid']} and {status['Gid']}"
        )
    for name in ("CapPrm", "CapEff", "CapInh", "CapAmb"):
        if int(status[name], 16):
            raise RuntimeError(f"expected no capability, got {name} {status[name]}")
    if status["NoNewPrivs"] != "1":
        raise RuntimeError("expected that no program can regain rights, got NoNewPrivs 0")


def obstacle(path: Path, *, write: bool = False) -> str | None:
    """What keeps this process from reading ``path`` (or from making files in it), named by its first component."""
    path = Path(os.path.abspath(path))
    for component in (*reversed(path.parents), path):
        if not component.exists():
            return f"{component} is not there"
        is_last = component == path
        mode = os.X_OK if component.is_dir() else 0
        if is_last:
            mode |= os.R_OK | (os.W_OK if write else 0)
        if mode and not os.access(component, mode):
            return f"{component} is closed to others"
    real = path.resolve()
    return None if real == path else obstacle(real, write=write)


def _reach_as_nobody(read: tuple[Path, ...], write: tuple[Path, ...]) -> None:
    drop(Isolation.UID)
    obstacles = (*(obstacle(path) for path in read), *(obstacle(path, write=True) for path in write))
    found = next(filter(None, obstacles), None)
    if found is not None:
        raise PermissionError(found)


def _try(attempt: Callable[[], None]) -> str | None:
    """Run ``attempt`` in a child; None if it succeeded, else the reason why not."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            attempt()
        except OSError as error:
            os.write(writer, str(error.strerror or error).encode()[:4096])
        except BaseException:  # noqa: BLE001  the child must end here, whatever happened
            os.write(writer, traceback.format_exc(limit=-3).encode()[-4096:])
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        reason = pipe.read()
    os.waitpid(pid, 0)
    return reason.decode(errors="replace") or None
