"""Signs that the kernel ended a process for want of memory. Nothing can prove it: SIGKILL looks the same from anybody."""

from pathlib import Path
from typing import Final

import msgspec

_SHORT: Final = 0.05
"""Share of the machine's memory that is available, below which a SIGKILL that nobody owns up to is suspect."""


class MemorySigns(msgspec.Struct, frozen=True):
    """A snapshot. Counters are the kernel's since boot; None where the system does not tell."""

    machine_kills: int | None
    group_kills: int | None
    available_share: float | None


def was_short(before: MemorySigns, after: MemorySigns) -> bool:
    """Whether memory ran out between the two, as far as the signs go."""
    for earlier, later in (
        (before.machine_kills, after.machine_kills),
        (before.group_kills, after.group_kills),
    ):
        if earlier is not None and later is not None and later > earlier:
            return True
    return after.available_share is not None and after.available_share < _SHORT


def snapshot(root: Path = Path("/")) -> MemorySigns:
    """The signs now. ``root`` stands in for the file system in tests."""
    memory = _fields(root / "proc/meminfo")
    total, available = memory.get("MemTotal:"), memory.get("MemAvailable:")
    return MemorySigns(
        machine_kills=_fields(root / "proc/vmstat").get("oom_kill"),
        group_kills=_group_kills(root),
        available_share=available / total if total and available is not None else None,
    )


def _group_kills(root: Path) -> int | None:
    """Of the control group of this process, which its renderers share."""
    try:
        lines = (root / "proc/self/cgroup").read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        _, controllers, path = line.split(":", 2)
        if controllers == "memory":
            counts = _fields(root / "sys/fs/cgroup/memory" / path.lstrip("/") / "memory.oom_control")
        elif controllers == "":
            counts = _fields(root / "sys/fs/cgroup" / path.lstrip("/") / "memory.events")
        else:
            continue
        if "oom_kill" in counts:
            return counts["oom_kill"]
    return None


def _fields(path: Path) -> dict[str, int]:
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return {}
    pairs = (line.split() for line in lines)
    return {pair[0]: int(pair[1]) for pair in pairs if len(pair) >= 2 and pair[1].isdecimal()}
