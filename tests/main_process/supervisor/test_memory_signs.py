"""Signs of a full memory, from files written for the purpose."""

from pathlib import Path

import pytest

from main_process.supervisor.memory_signs import MemorySigns, snapshot, was_short

_CALM = MemorySigns(machine_kills=3, group_kills=1, available_share=0.5)


@pytest.mark.parametrize(
    ("after", "short"),
    [
        (_CALM, False),
        (MemorySigns(machine_kills=4, group_kills=1, available_share=0.5), True),
        (MemorySigns(machine_kills=3, group_kills=2, available_share=0.5), True),
        (MemorySigns(machine_kills=3, group_kills=1, available_share=0.04), True),
        (MemorySigns(machine_kills=None, group_kills=None, available_share=None), False),
    ],
)
def test_any_sign_counts(after: MemorySigns, short: bool) -> None:
    assert was_short(_CALM, after) is short


def _write(root: Path, name: str, text: str) -> None:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_kernels_files_are_read(tmp_path: Path) -> None:
    _write(tmp_path, "proc/meminfo", "MemTotal:  1000 kB\nMemFree: 1 kB\nMemAvailable:  250 kB\n")
    _write(tmp_path, "proc/vmstat", "nr_free_pages 7\noom_kill 5\n")
    _write(tmp_path, "proc/self/cgroup", "0::/user/browser\n")
    _write(tmp_path, "sys/fs/cgroup/user/browser/memory.events", "low 0\noom 2\noom_kill 2\n")
    assert snapshot(tmp_path) == MemorySigns(machine_kills=5, group_kills=2, available_share=0.25)


def test_the_old_control_groups_are_read_too(tmp_path: Path) -> None:
    _write(tmp_path, "proc/self/cgroup", "5:devices:/\n4:memory:/box\n0::/\n")
    _write(tmp_path, "sys/fs/cgroup/memory/box/memory.oom_control", "under_oom 0\noom_kill 9\n")
    assert snapshot(tmp_path) == MemorySigns(machine_kills=None, group_kills=9, available_share=None)


def test_a_system_that_tells_nothing_gives_no_sign(tmp_path: Path) -> None:
    assert snapshot(tmp_path) == MemorySigns(machine_kills=None, group_kills=None, available_share=None)
