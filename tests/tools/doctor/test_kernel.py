"""Kernel features, as found and as judged."""

import resource
from collections.abc import Callable
from pathlib import Path

import pytest

from tools.doctor import kernel
from tools.doctor.attempt import in_child
from tools.doctor.row import Level


@pytest.mark.parametrize("trial", [kernel.seal_a_memory_file, kernel.hold_a_process])
def test_what_every_supported_kernel_has_works_here(trial: Callable[[], None]) -> None:
    assert in_child(trial) is None


def test_a_refusal_is_told_with_its_fix() -> None:
    row = kernel.trial_row("Sealed memory files", "Function not implemented", kernel.NEWER_KERNEL)
    assert row.level is Level.FAIL
    assert row.found == "refused: Function not implemented"
    assert row.fix == kernel.NEWER_KERNEL


@pytest.mark.parametrize("as_root", [True, False])
def test_namespaces_are_switched_on_by_root(as_root: bool) -> None:
    assert kernel.namespaces_row(None, as_root=as_root).level is Level.OK
    refused = kernel.namespaces_row("No space left on device", as_root=as_root)
    assert refused.level is Level.WARN
    assert refused.fix.startswith("sysctl" if as_root else "sudo sysctl")


@pytest.mark.parametrize(
    ("version", "level"), [(0, Level.WARN), (2, Level.WARN), (6, Level.OK), (9, Level.OK)]
)
def test_landlock_is_wanted_from_a_version_on(version: int, level: Level) -> None:
    assert kernel.landlock_row(version).level is level


def test_landlock_of_this_kernel_is_a_version() -> None:
    assert 0 <= kernel.landlock_version() < 1000


@pytest.mark.parametrize(
    ("actions", "level"),
    [
        ("kill_process kill_thread trap errno trace log allow\n", Level.OK),
        ("kill_thread", Level.FAIL),
        (None, Level.FAIL),
    ],
)
def test_filters_must_kill_and_refuse(actions: str | None, level: Level) -> None:
    assert kernel.seccomp_row(actions).level is level


@pytest.mark.parametrize(
    ("soft", "level"), [(256, Level.WARN), (1024, Level.OK), (resource.RLIM_INFINITY, Level.OK)]
)
def test_few_open_files_are_a_warning(soft: int, level: Level) -> None:
    assert kernel.files_row(soft).level is level


def test_shared_memory_must_be_a_folder_to_write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert kernel.shared_memory_row(tmp_path).level is Level.OK
    assert kernel.shared_memory_row(tmp_path / "absent").found == "not there"
    monkeypatch.setattr("tools.doctor.kernel.os.access", lambda path, mode: False)
    row = kernel.shared_memory_row(tmp_path)
    assert (row.level, row.found) == (Level.FAIL, "not writable")


def test_every_row_has_a_name_of_its_own() -> None:
    names = [row.name for row in kernel.rows()]
    assert len(set(names)) == len(names) == 8
