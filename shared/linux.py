"""The few Linux calls that Python has no name for. Each raises OSError with the kernel's reason."""

import ctypes
import fcntl
import os
import signal
from typing import Final

_PR_SET_PDEATHSIG: Final = 1
_PR_SET_DUMPABLE: Final = 4
_PR_SET_NAME: Final = 15
_PR_CAPBSET_DROP: Final = 24
_PR_SET_CHILD_SUBREAPER: Final = 36
_PR_SET_NO_NEW_PRIVS: Final = 38
_PR_CAP_AMBIENT: Final = 47
_PR_CAP_AMBIENT_CLEAR_ALL: Final = 4
_CLONE_NEWUSER: Final = 0x10000000
_CAPABILITY_VERSION_3: Final = 0x20080522

CAP_SETPCAP: Final = 8

_libc = ctypes.CDLL(None, use_errno=True)


class _CapabilityHeader(ctypes.Structure):
    _fields_ = [("version", ctypes.c_uint32), ("pid", ctypes.c_int)]


class _CapabilityData(ctypes.Structure):
    _fields_ = [
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    ]


def _check(result: int, what: str) -> None:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def _prctl(option: int, what: str, second: int = 0) -> None:
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(ctypes.c_int(option), ctypes.c_ulong(second), zero, zero, zero), what)


def set_parent_death_signal() -> None:
    """Die by SIGKILL when the parent does. Every change of uid or capabilities clears it: call it last."""
    _prctl(_PR_SET_PDEATHSIG, "PR_SET_PDEATHSIG", signal.SIGKILL)


def set_child_subreaper() -> None:
    """Become the parent of descendants whose own parent has gone."""
    _prctl(_PR_SET_CHILD_SUBREAPER, "PR_SET_CHILD_SUBREAPER", 1)


def set_no_new_privileges() -> None:
    """From now on no program that is run can have more rights than this process."""
    _prctl(_PR_SET_NO_NEW_PRIVS, "PR_SET_NO_NEW_PRIVS", 1)


def set_dumpable(dumpable: bool) -> None:
    """Whether others of the same user may look into this process (and it into its own ``/proc/self`` files)."""
    _prctl(_PR_SET_DUMPABLE, "PR_SET_DUMPABLE", int(dumpable))


def set_name(name: str) -> None:
    """The process's short name in listings: at most 15 bytes."""
    buffer = ctypes.create_string_buffer(name.encode()[:15], 16)
    zero = ctypes.c_ulong(0)
    _check(_libc.prctl(ctypes.c_int(_PR_SET_NAME), buffer, zero, zero, zero), "PR_SET_NAME")


def erase_initial_environment() -> None:
    """Overwrite the variables that this process's program was started with, where the kernel put them.

    Only after ``os.environ.clear()``: what the C library still refers to would read as empty.
    """
    with open("/proc/self/stat", encoding="ascii", errors="replace") as file:
        fields = file.read().rpartition(")")[2].split()
    # Fields 50 and 51 of proc(5), the first after the name being the third.
    start, end = int(fields[47]), int(fields[48])
    if 0 < start < end:
        ctypes.memset(start, 0, end - start)


def enter_user_namespace(inside: int) -> None:
    """Move into a new user namespace in which the present uid and gid are called ``inside``.

    The process must have one thread. It holds every capability of the new namespace afterwards: drop them.
    """
    uid, gid = os.geteuid(), os.getegid()
    _check(_libc.unshare(ctypes.c_int(_CLONE_NEWUSER)), "unshare of a user namespace")
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{inside} {uid} 1"),
        ("gid_map", f"{inside} {gid} 1"),
    ):
        descriptor = os.open(f"/proc/self/{name}", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)


def drop_bounding_capabilities() -> None:
    """No program run from here can gain a capability. Needs CAP_SETPCAP."""
    with open("/proc/sys/kernel/cap_last_cap", encoding="ascii") as file:
        last = int(file.read())
    for capability in range(last + 1):
        _prctl(_PR_CAPBSET_DROP, "PR_CAPBSET_DROP", capability)


def drop_capabilities() -> None:
    """Give up every capability, ambient ones too. Needs no right."""
    _prctl(_PR_CAP_AMBIENT, "PR_CAP_AMBIENT", _PR_CAP_AMBIENT_CLEAR_ALL)
    header = _CapabilityHeader(_CAPABILITY_VERSION_3, 0)
    nothing = (_CapabilityData * 2)()
    _check(_libc.capset(ctypes.byref(header), ctypes.byref(nothing)), "capset")


def has_capability(capability: int) -> bool:
    """Whether this process may use ``capability`` (its number) now."""
    return bool(int(status_fields()["CapEff"], 16) >> capability & 1)


def status_fields(pid: int | str = "self") -> dict[str, str]:
    """The lines of ``/proc/<pid>/status`` by name. Raises OSError if there is no such process."""
    with open(f"/proc/{pid}/status", encoding="utf-8", errors="replace") as file:
        pairs = (line.split(":", 1) for line in file if ":" in line)
        return {name: value.strip() for name, value in pairs}


def thread_count() -> int:
    """How many threads this process has, those that Python does not know of included."""
    return len(os.listdir("/proc/self/task"))


def open_descriptors() -> list[int]:
    """Numbers of the open file descriptors of this process, in order."""

    def is_open(descriptor: int) -> bool:
        try:
            fcntl.fcntl(descriptor, fcntl.F_GETFD)
        except OSError:
            return False
        return True

    # The listing sees its own descriptor, which is closed by the time it is asked for.
    return sorted(filter(is_open, map(int, os.listdir("/proc/self/fd"))))
