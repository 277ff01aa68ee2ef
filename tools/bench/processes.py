"""Memory and processor time of a process and of all that it started."""

import psutil

from tools.bench.bench_failed import BenchFailed

MIB = 1024 * 1024


def family(pid: int) -> list[psutil.Process]:
    """The process and its descendants."""
    root = psutil.Process(pid)
    return [root, *root.children(recursive=True)]


def memory(pids: list[int]) -> tuple[float, float]:
    """Private and proportional MiB of these processes and their descendants (shared pages: each its part).

    Raises BenchFailed where the system does not tell.
    """
    private = proportional = 0
    for pid in pids:
        for process in family(pid):
            try:
                used = process.memory_full_info()
            except psutil.NoSuchProcess:
                continue  # it ended meanwhile, and takes nothing
            except psutil.AccessDenied as error:
                raise BenchFailed(f"the system does not tell the memory of process {process.pid}") from error
            private += used.uss
            proportional += used.pss
    return private / MIB, proportional / MIB


def processor_seconds(pid: int) -> float:
    """Seconds that the process and its descendants have computed."""
    total = 0.0
    for process in family(pid):
        try:
            times = process.cpu_times()
        except psutil.NoSuchProcess:
            continue  # what it had computed is lost
        total += times.user + times.system
    return total
