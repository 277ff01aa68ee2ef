"""Frames that reach the window, and what they cost: every pixel changes, as often as a widget or a page can."""

import time
from collections.abc import Iterator

from tools.bench import bare, processes
from tools.bench.figures import Figure, Floor, of_runs
from tools.bench.plan import Plan
from tools.bench.shell import PAGES, BenchShell

_SIZES = {"720p": (1280, 720), "1080p": (1920, 1080), "4K": (3840, 2160)}
_PAGES = {"widget": "os://bench/animation", "web page": (PAGES / "animation.html").as_uri()}


def measure(plan: Plan) -> Iterator[Figure]:
    """Frames per second and processor time of the whole shell, at three sizes."""
    sizes = {"720p": _SIZES["720p"]} if plan.quick else _SIZES
    seconds = plan.rounds(5, 1)
    runs = plan.rounds(2, 1)
    left, top = _chrome(plan)
    for size, (width, height) in sizes.items():
        before = bare.frames(width, height, seconds)
        measured = {
            page: [_shell(plan, page, width + left, height + top, seconds) for _ in range(runs)]
            for page in _PAGES
        }
        after = bare.frames(width, height, seconds)
        for page, both in measured.items():
            yield of_runs(
                f"{page} at {size}",
                [[frames] for frames, _ in both],
                "frames/s",
                floor=Floor(name="the widget in a bare process", before=before[0], after=after[0]),
                more_is_better=True,
            )
            yield of_runs(
                f"{page} at {size}, processor time",
                [[busy * 100] for _, busy in both],
                "% of a core",
                floor=Floor(
                    name="the widget in a bare process", before=before[1] * 100, after=after[1] * 100
                ),
            )


def _chrome(plan: Plan) -> tuple[int, int]:
    """How much wider and higher than its surface the window is."""
    with BenchShell(plan.profile("frames-chrome"), "--size", "1280x800", "os://newtab") as shell:
        shell.wait(lambda tabs: bool(tabs) and tabs[0].frames > 0, "a frame")
        _, _, width, height = shell.tabs()[0].surface
        return 1280 - width, 800 - height


def _shell(plan: Plan, page: str, width: int, height: int, seconds: float) -> tuple[float, float]:
    """Frames per second and processor time as a part of a core, of every process of the shell."""
    arguments = ["--size", f"{width}x{height}", str(PAGES), _PAGES[page]]
    with BenchShell(plan.profile("frames"), *arguments) as shell:
        shell.wait(lambda tabs: any(tab.active and tab.frames > 20 for tab in tabs), f"frames of a {page}")
        shell.idle(1.0)
        first, begun, busy = _shown(shell), time.monotonic(), processes.processor_seconds(shell.pid)
        shell.idle(seconds)
        last, ended, busier = _shown(shell), time.monotonic(), processes.processor_seconds(shell.pid)
    return (last - first) / (ended - begun), (busier - busy) / (ended - begun)


def _shown(shell: BenchShell) -> int:
    return next(tab.frames for tab in shell.tabs() if tab.active)
