"""Chromium's sandbox, looked at from outside: what ``/proc`` says of a web host's page renderers.

Nothing here believes what the host says of itself: one environment variable, or a mount it cannot write, takes the
sandbox away without a word. Needs no right beyond being the user who started the host.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Final

import msgspec

_NAMESPACES: Final = ("user", "pid", "net")
_PROC: Final = Path("/proc")


class SandboxLevel(StrEnum):
    """How well the page renderers of a host are confined: as well as the worst of them."""

    FULL = "full"
    """System calls filtered, no new privileges, user, process and network namespaces of their own."""
    PARTIAL = "partial"
    """System calls filtered, something else amiss."""
    NONE = "none"
    """At least one renderer whose system calls are not filtered."""
    UNKNOWN = "unknown"
    """No page renderer is running."""


class SandboxReport(msgspec.Struct, frozen=True, kw_only=True):
    """``reasons`` say in words why the level is not full; ``renderers`` are the process ids looked at."""

    level: SandboxLevel
    renderers: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()


class ProcessFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What ``/proc`` says of one process.

    ``namespaces`` maps a kind to its identity, None where the link cannot be read; ``nested_pids`` counts the
    process's ids, one for each process namespace it is in.
    """

    pid: int
    arguments: tuple[str, ...] = ()
    threads: int = 1
    seccomp: int = 0
    no_new_privileges: bool = False
    nested_pids: int = 1
    namespaces: Mapping[str, str | None] = msgspec.field(default_factory=dict)

    @property
    def is_page_renderer(self) -> bool:
        """Chromium's page renderers are forks of its zygote and mostly keep its command line.

        The zygotes themselves have one thread, renderers several; those of the zygote for helpers (network, GPU)
        run no pages.
        """
        if "--type=renderer" in self.arguments:
            return True
        return (
            "--type=zygote" in self.arguments
            and "--no-zygote-sandbox" not in self.arguments
            and self.threads > 1
        )


def check_sandbox(host: int, proc: Path = _PROC) -> SandboxReport:
    """Look at the page renderers of the web host with process id ``host``.

    Reads a few small files for each of its descendants: about a millisecond. Raises OSError if the host does not run.
    """
    facts = read_process(host, proc)
    if not (proc / str(host) / "task" / str(host) / "children").exists():
        return SandboxReport(
            level=SandboxLevel.UNKNOWN,
            reasons=("the kernel does not list child processes (CONFIG_PROC_CHILDREN)",),
        )
    return judge(facts, [process for process in _descendants(host, proc) if process.is_page_renderer])


def judge(host: ProcessFacts, renderers: Sequence[ProcessFacts]) -> SandboxReport:
    """The report on ``renderers``, which live in ``host``."""
    if not renderers:
        return SandboxReport(level=SandboxLevel.UNKNOWN, reasons=("no page renderer is running",))
    level = SandboxLevel.FULL
    reasons: list[str] = []
    for renderer in renderers:
        if renderer.seccomp != 2:
            level = SandboxLevel.NONE
            reasons.append(
                f"process {renderer.pid}: its system calls are not filtered (Seccomp {renderer.seccomp})"
            )
        weak = list(_weaknesses(host, renderer))
        reasons += [f"process {renderer.pid}: {weakness}" for weakness in weak]
        if weak and level is SandboxLevel.FULL:
            level = SandboxLevel.PARTIAL
    return SandboxReport(
        level=level, renderers=tuple(renderer.pid for renderer in renderers), reasons=tuple(reasons)
    )


def _weaknesses(host: ProcessFacts, renderer: ProcessFacts) -> Iterator[str]:
    if not renderer.no_new_privileges:
        yield "it may gain privileges (NoNewPrivs 0)"
    if renderer.nested_pids <= host.nested_pids:
        yield "it sees the host's processes (no process namespace of its own)"
    for kind in _NAMESPACES:
        of_host, of_renderer = host.namespaces.get(kind), renderer.namespaces.get(kind)
        if of_host is None or of_renderer is None:
            yield f"its {kind} namespace cannot be read"
        elif of_host == of_renderer:
            yield f"it shares the host's {kind} namespace"


def read_process(pid: int, proc: Path = _PROC) -> ProcessFacts:
    """What ``/proc`` says of ``pid``. Raises OSError if it has ended."""
    folder = proc / str(pid)
    pairs = (
        line.split(":", 1)
        for line in (folder / "status").read_text(errors="replace").splitlines()
        if ":" in line
    )
    status = {name: value.strip() for name, value in pairs}
    arguments = (folder / "cmdline").read_bytes().decode(errors="replace")
    return ProcessFacts(
        pid=pid,
        # Chromium rewrites some of its processes' command lines with blanks for zeros.
        arguments=tuple(arguments.replace("\0", " ").split()),
        threads=int(status["Threads"]),
        # Kernels built without it have no such line: then nothing is filtered.
        seccomp=int(status.get("Seccomp", "0")),
        no_new_privileges=status.get("NoNewPrivs") == "1",
        nested_pids=len(status.get("NSpid", str(pid)).split()),
        namespaces={kind: _namespace(folder / "ns" / kind) for kind in _NAMESPACES},
    )


def _namespace(link: Path) -> str | None:
    try:
        return os.readlink(link)
    except OSError:
        return None


def _descendants(ancestor: int, proc: Path) -> Iterator[ProcessFacts]:
    """Those that live, over any number of steps."""
    waiting = [ancestor]
    while waiting:
        for child in _children(waiting.pop(), proc):
            waiting.append(child)
            try:
                yield read_process(child, proc)
            except (FileNotFoundError, ProcessLookupError):
                continue  # it ended while it was read


def _children(pid: int, proc: Path) -> Iterator[int]:
    """Children belong to the thread that made them."""
    try:
        threads = os.listdir(proc / str(pid) / "task")
        for thread in threads:
            yield from map(int, (proc / str(pid) / "task" / thread / "children").read_text().split())
    except (FileNotFoundError, ProcessLookupError):
        return  # it, or one of its threads, ended while it was read
