"""Chromium's sandbox as /proc shows it, on made-up process trees."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from main_process.sandbox_check import SandboxLevel, SandboxReport, check_sandbox

HOST, BROKER, INIT, ZYGOTE, PAGE = 100, 101, 102, 103, 104


class FakeProc:
    """A folder laid out as /proc is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.own = {"user": "user:[1]", "pid": "pid:[1]", "net": "net:[1]"}
        self.boxed = {"user": "user:[2]", "pid": "pid:[3]", "net": "net:[2]"}

    def add(
        self,
        pid: int,
        arguments: str,
        *,
        parent: int = 0,
        threads: int = 1,
        seccomp: int | None = 0,
        no_new_privileges: int = 1,
        nested: str = "",
        namespaces: Mapping[str, str | None] | None = None,
        separator: str = "\0",
    ) -> None:
        folder = self.folder / str(pid)
        (folder / "ns").mkdir(parents=True)
        lines = [f"Name:\tx\nPid:\t{pid}\nThreads:\t{threads}\nNSpid:\t{pid}\t{nested}"]
        if seccomp is not None:
            lines.append(f"NoNewPrivs:\t{no_new_privileges}\nSeccomp:\t{seccomp}")
        (folder / "status").write_text("\n".join(lines) + "\n")
        (folder / "cmdline").write_bytes(separator.join(arguments.split()).encode() + b"\0")
        (folder / "task" / str(pid)).mkdir(parents=True)
        (folder / "task" / str(pid) / "children").write_text("")
        for kind, target in (namespaces or self.own).items():
            if target is not None:
                (folder / "ns" / kind).symlink_to(target)
        if parent:
            children = self.folder / str(parent) / "task" / str(parent) / "children"
            children.write_text(children.read_text() + f"{pid} ")

    def host(self) -> None:
        """A web host with Chromium's helpers, and no page yet."""
        self.add(HOST, "python browser-os", threads=20, no_new_privileges=1)
        self.add(BROKER, "QtWebEngineProcess --type=zygote --no-zygote-sandbox", parent=HOST, threads=4)
        self.add(INIT, "QtWebEngineProcess --type=zygote", parent=HOST, nested="1", namespaces=self.boxed)
        self.add(ZYGOTE, "QtWebEngineProcess --type=zygote", parent=INIT, nested="3", namespaces=self.boxed)

    def page(self, pid: int = PAGE, **changes: Any) -> None:
        """A page renderer, confined as it should be but for ``changes``."""
        facts: dict[str, Any] = {
            "parent": ZYGOTE, "threads": 8, "seccomp": 2, "nested": "4\t1", "namespaces": self.boxed,
        }  # fmt: skip
        self.add(pid, "QtWebEngineProcess --type=zygote", **{**facts, **changes})

    def report(self) -> SandboxReport:
        return check_sandbox(HOST, self.folder)


@pytest.fixture
def proc(tmp_path: Path) -> FakeProc:
    fake = FakeProc(tmp_path)
    fake.host()
    return fake


def test_a_whole_sandbox_is_full(proc: FakeProc) -> None:
    proc.page()
    assert proc.report() == SandboxReport(level=SandboxLevel.FULL, renderers=(PAGE,))


def test_without_a_page_nothing_is_known(proc: FakeProc) -> None:
    report = proc.report()
    assert (report.level, report.renderers) == (SandboxLevel.UNKNOWN, ())
    assert report.reasons


def test_a_renderer_that_says_so_is_found_too(proc: FakeProc) -> None:
    proc.add(
        PAGE, "QtWebEngineProcess --type=renderer --lang=en", parent=ZYGOTE, seccomp=2, nested="4\t1",
        namespaces=proc.boxed, separator=" ",
    )  # fmt: skip
    assert proc.report().level is SandboxLevel.FULL


def test_unfiltered_system_calls_are_no_sandbox(proc: FakeProc) -> None:
    proc.page(seccomp=0)
    report = proc.report()
    assert report.level is SandboxLevel.NONE
    assert any("not filtered" in reason and str(PAGE) in reason for reason in report.reasons)


def test_a_kernel_that_tells_nothing_counts_as_no_sandbox(proc: FakeProc) -> None:
    proc.page(seccomp=None)
    assert proc.report().level is SandboxLevel.NONE


@pytest.mark.parametrize("kind", ["user", "pid", "net"])
def test_a_shared_or_unreadable_namespace_is_partial(proc: FakeProc, kind: str) -> None:
    proc.page(namespaces={**proc.boxed, kind: proc.own[kind]})
    proc.page(PAGE + 1, namespaces={**proc.boxed, kind: None})
    report = proc.report()
    assert report.level is SandboxLevel.PARTIAL
    assert report.reasons == (
        f"process {PAGE}: it shares the host's {kind} namespace",
        f"process {PAGE + 1}: its {kind} namespace cannot be read",
    )


@pytest.mark.parametrize(
    ("changes", "word"), [({"no_new_privileges": 0}, "NoNewPrivs"), ({"nested": ""}, "process namespace")]
)
def test_other_weaknesses_are_partial(proc: FakeProc, changes: dict[str, Any], word: str) -> None:
    proc.page(**changes)
    report = proc.report()
    assert report.level is SandboxLevel.PARTIAL
    assert word in report.reasons[0]


def test_the_worst_renderer_counts(proc: FakeProc) -> None:
    proc.page()
    proc.page(PAGE + 1, no_new_privileges=0)
    assert proc.report().level is SandboxLevel.PARTIAL
    proc.page(PAGE + 2, seccomp=0)
    report = proc.report()
    assert report.level is SandboxLevel.NONE
    assert sorted(report.renderers) == [PAGE, PAGE + 1, PAGE + 2]


def test_other_hosts_and_their_pages_do_not_count(proc: FakeProc) -> None:
    proc.page()
    proc.add(200, "python another-browser")
    proc.add(201, "QtWebEngineProcess --type=renderer", parent=200, threads=8)
    assert proc.report().renderers == (PAGE,)


def test_a_child_that_has_just_ended_is_passed_over(proc: FakeProc) -> None:
    proc.page()
    children = proc.folder / str(ZYGOTE) / "task" / str(ZYGOTE) / "children"
    children.write_text(children.read_text() + "999 ")
    assert proc.report().level is SandboxLevel.FULL


def test_a_kernel_without_child_lists_is_named(proc: FakeProc) -> None:
    (proc.folder / str(HOST) / "task" / str(HOST) / "children").unlink()
    report = proc.report()
    assert report.level is SandboxLevel.UNKNOWN
    assert "CONFIG_PROC_CHILDREN" in report.reasons[0]


def test_a_host_that_has_ended_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        check_sandbox(HOST, tmp_path)
