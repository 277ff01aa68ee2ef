"""What the kernel must offer, and what it may."""

import ctypes
import fcntl
import os
import platform
import resource
from pathlib import Path

from shared import linux
from tools.doctor.attempt import in_child
from tools.doctor.row import Level, Row, judged

_LANDLOCK_CREATE_RULESET = 444
"""The system call's number, the same on every architecture."""
_LANDLOCK_ASK_VERSION = 1
LANDLOCK_WANTED = 6
"""From here on TCP, devices, abstract sockets and signals can be ruled as well as files."""

_SEALS = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SEAL
FILES_WANTED = 1024
_SHARED_MEMORY = Path("/dev/shm")
_ACTIONS = Path("/proc/sys/kernel/seccomp/actions_avail")

NEWER_KERNEL = "use a kernel of Linux 5.10 or later; in a container, ask for a seccomp profile that allows it"


def seal_a_memory_file() -> None:
    """Raises OSError where sealed memory files are not to be had."""
    descriptor = os.memfd_create("doctor", os.MFD_ALLOW_SEALING | os.MFD_CLOEXEC)
    try:
        os.ftruncate(descriptor, 4096)
        fcntl.fcntl(descriptor, fcntl.F_ADD_SEALS, _SEALS)
    finally:
        os.close(descriptor)


def hold_a_process() -> None:
    """Raises OSError where processes cannot be held by a descriptor."""
    os.close(os.pidfd_open(os.getpid()))


def enter_a_user_namespace() -> None:
    """Raises OSError where it is refused. Changes the process for good: run it in a child."""
    linux.enter_user_namespace(1000)


def landlock_version() -> int:
    """The version of Landlock's interface; 0 where there is none."""
    libc = ctypes.CDLL(None, use_errno=True)
    answer = libc.syscall(
        ctypes.c_long(_LANDLOCK_CREATE_RULESET),
        None,
        ctypes.c_size_t(0),
        ctypes.c_uint32(_LANDLOCK_ASK_VERSION),
    )
    return max(0, int(answer))


def trial_row(name: str, refusal: str | None, fix: str, otherwise: Level = Level.FAIL) -> Row:
    """The row of a feature that was tried."""
    found = "works" if refusal is None else f"refused: {refusal}"
    return judged(name, "works", found, good=refusal is None, fix=fix, otherwise=otherwise)


def namespaces_row(refusal: str | None, *, as_root: bool) -> Row:
    """User namespaces: half of Chromium's sandbox, and the second best way to give root's rights up.

    Where they are the only way, that is a row of its own, and fails.
    """
    fix = "sysctl -w kernel.unprivileged_userns_clone=1 user.max_user_namespaces=15000"
    if Path("/proc/sys/kernel/apparmor_restrict_unprivileged_userns").exists():
        fix += " kernel.apparmor_restrict_unprivileged_userns=0"
    fix = fix if as_root else f"sudo {fix}"
    return trial_row("User namespaces", refusal, f"{fix}; not possible in a chroot", Level.WARN)


def landlock_row(version: int) -> Row:
    """Landlock: confinement of plugin pages to the files they may see."""
    return judged(
        "Landlock",
        f"version {LANDLOCK_WANTED} or later, to confine pages' files and network",
        f"version {version}" if version else "none",
        good=version >= LANDLOCK_WANTED,
        fix="use a kernel of Linux 6.12 or later with landlock among its security modules (lsm=)",
        otherwise=Level.WARN,
    )


def seccomp_row(actions: str | None) -> Row:
    """System call filters, from the kernel's list of what a filter can do."""
    return judged(
        "System call filters",
        "seccomp with kill and errno",
        "none" if actions is None else actions.strip(),
        good=actions is not None and {"errno", "kill_process"} <= set(actions.split()),
        fix="use a kernel with CONFIG_SECCOMP_FILTER",
    )


def files_row(soft: int) -> Row:
    """How many files main may have open: each tab takes several."""
    return judged(
        "Open files",
        f"{FILES_WANTED} or more",
        "without limit" if soft == resource.RLIM_INFINITY else str(soft),
        good=soft == resource.RLIM_INFINITY or soft >= FILES_WANTED,
        fix=f"ulimit -n {FILES_WANTED}",
        otherwise=Level.WARN,
    )


def shared_memory_row(folder: Path = _SHARED_MEMORY) -> Row:
    """Chromium's shared memory: without it every web page crashes."""
    if not folder.is_dir():
        found = "not there"
    elif not os.access(folder, os.W_OK | os.X_OK):
        found = "not writable"
    else:
        status = os.statvfs(folder)
        found = f"{status.f_bavail * status.f_frsize // 2**20} MiB free"
    return judged(
        "Shared memory",
        f"{folder} writable, for web pages",
        found,
        good=found.endswith("free"),
        fix=f"mount a tmpfs there and chmod 1777 {folder}; in a container, give it --shm-size",
    )


def rows() -> list[Row]:
    """Everything about the kernel."""
    actions = _ACTIONS.read_text("ascii") if _ACTIONS.exists() else None
    return [
        Row(
            name="Kernel",
            needed="Linux",
            found=f"{platform.system()} {platform.release()} {platform.machine()}",
        ),
        trial_row("Sealed memory files", in_child(seal_a_memory_file), NEWER_KERNEL),
        trial_row("Process descriptors", in_child(hold_a_process), NEWER_KERNEL),
        namespaces_row(in_child(enter_a_user_namespace), as_root=os.geteuid() == 0),
        seccomp_row(actions),
        landlock_row(landlock_version()),
        shared_memory_row(),
        files_row(resource.getrlimit(resource.RLIMIT_NOFILE)[0]),
    ]
