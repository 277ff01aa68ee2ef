"""What machine this is."""

import os
import platform
from importlib.metadata import version
from pathlib import Path

import psutil

from tools.bench.figures import Machine


def machine(load_before: float) -> Machine:
    """As it is after the run; ``load_before`` was noted before."""
    return Machine(
        processor=_processor(),
        cores=len(os.sched_getaffinity(0)),
        memory_gib=psutil.virtual_memory().total / 1024**3,
        system=f"Linux {platform.release().partition('-')[0]}",
        python=platform.python_version(),
        pyside=version("PySide6"),
        load_before=load_before,
        load_after=load(),
    )


def load() -> float:
    """Processes that wanted to run in the last minute, on average."""
    return os.getloadavg()[0]


def _processor(path: Path = Path("/proc/cpuinfo")) -> str:
    for line in path.read_text("utf-8").splitlines():
        name, _, value = line.partition(":")
        if name.strip() == "model name":
            return value.strip()
    return platform.machine()
