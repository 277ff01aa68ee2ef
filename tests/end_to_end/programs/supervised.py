"""A main process with nothing but a supervisor. Runs one scenario and prints what it saw as one line of JSON."""

import gc
import json
import os
import signal
import sys
import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer

from main_process.supervisor.death import Death, DeathReason, LaunchFailed
from main_process.supervisor.renderer_process import RendererProcess
from main_process.supervisor.supervisor import Supervisor
from shared import linux
from shared.channels.link import Echo
from shared.channels.process import ProcessKind
from shared.ipc_channel import IPCChannel
from shared.tasks import Future

_ENTRY = "tests.end_to_end.programs.misbehaving_page:main"
_DEADLINE = 20.0


class Stage:
    """The supervisor, and waiting for things to happen to it."""

    def __init__(self, entry: str = _ENTRY, **options: Any) -> None:
        self.supervisor = Supervisor(
            entries={ProcessKind.PAGE: entry, ProcessKind.WEB_HOST: entry}, **options
        )
        self.supervisor.start()

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Run the event loop until ``condition`` holds."""
        end = time.monotonic() + _DEADLINE
        ticker = QTimer()
        ticker.start(5)
        while not condition():
            if time.monotonic() > end:
                raise TimeoutError(f"waited {_DEADLINE} s for {what}")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def result(self, future: Future[Any], what: str) -> Any:
        """What ``future`` holds, once it does."""
        self.until(future.done, what)
        return future.result()

    def page(self) -> RendererProcess:
        """A page renderer."""
        process: RendererProcess = self.result(self.supervisor.page_process(), "a page process")
        return process

    def fresh(self) -> tuple[RendererProcess, float]:
        """A page renderer that is no spare, and its birth in milliseconds."""
        begun = time.perf_counter()
        process = self.result(self.supervisor._bear(ProcessKind.PAGE), "a birth")
        return process, (time.perf_counter() - begun) * 1000

    def order(self, process: RendererProcess, order: str) -> Future[Any]:
        """Tell the misbehaving page what to do."""
        return process.link.session.invoke(IPCChannel.LINK_ECHO, Echo(value=order))

    def death(self, process: RendererProcess) -> Death:
        """How it died, once it has."""
        self.until(lambda: process.death is not None, f"the death of {process.pid}")
        assert process.death is not None
        return process.death


def birth(stage: Stage) -> dict[str, Any]:
    """What a renderer is and holds."""
    os.environ["LD_LIBRARY_PATH"] = "/nowhere"
    stage.until(lambda: stage.supervisor.spare_pid is not None, "the spare")
    spare = stage.supervisor.spare_pid
    process = stage.page()
    facts: dict[str, Any] = stage.result(stage.order(process, "facts"), "facts").value
    facts["was_spare"] = process.pid == spare
    facts["isolation"] = stage.supervisor.isolation
    facts["main"] = os.getpid()
    stage.until(lambda: stage.supervisor.spare_pid is not None, "another spare")
    facts["next_spare"] = stage.supervisor.spare_pid
    facts["births_ms"] = [stage.fresh()[1] for _ in range(5)]
    return facts


def deaths(stage: Stage) -> dict[str, Any]:
    """One process for each way to die."""
    seen: dict[str, Any] = {}
    for order in ("crash", "abort", "leave 3", "exit 0", "exit 7", "garbage", "let-go"):
        process = stage.page()
        stage.order(process, order)
        seen[order] = stage.death(process)
    process = stage.page()
    os.kill(process.pid, signal.SIGKILL)
    seen["kill -9"] = stage.death(process)
    process = stage.page()
    process.close()
    seen["close"] = stage.death(process)
    process = stage.page()
    stage.result(stage.order(process, "flood"), "a flood of standard error")
    process.kill(DeathReason.HUNG)
    seen["flood"] = stage.death(process)
    return {
        order: {
            "reason": death.reason,
            "code": death.code,
            "status": death.exit_status,
            "whole_stderr": death.stderr,
        }
        for order, death in seen.items()
    }


def launch_failure(_: Stage) -> dict[str, Any]:
    """A page entry that is not there to be called."""
    stage = Stage("tests.end_to_end.programs.misbehaving_page:no_such_function")
    future = stage.supervisor.page_process()
    stage.until(future.done, "the failure")
    error = future.exception()
    assert isinstance(error, LaunchFailed)
    stage.supervisor.shutdown()
    return {"reason": error.death.reason, "code": error.death.code, "stderr": error.death.stderr}


def zygote_death(stage: Stage) -> dict[str, Any]:
    """Renderers outlive the zygote; births under way are tried again; its successor serves."""
    pages = [stage.page(), stage.page()]
    stage.until(lambda: stage.supervisor.spare_pid is not None, "the spare")
    first = stage.supervisor.zygote_pid
    assert first is not None
    statuses: list[object] = []
    stage.supervisor.zygote_died.connect(statuses.append)
    # Stopped, so that these births are certainly under way when it dies.
    os.kill(first, signal.SIGSTOP)
    under_way = [stage.supervisor._bear(ProcessKind.PAGE) for _ in range(3)]
    os.kill(first, signal.SIGKILL)
    born = [stage.result(future, "a birth that was interrupted") for future in under_way]
    answers = [stage.result(stage.order(page, "facts"), "an answer").value["pid"] for page in (*pages, *born)]
    return {
        "statuses": statuses,
        "answers": answers,
        "pids": [page.pid for page in (*pages, *born)],
        "deaths": [page.death for page in pages],
        "is_new": stage.supervisor.zygote_pid not in (first, None),
        "zombies": _zombies(),
    }


def descriptors(stage: Stage) -> dict[str, Any]:
    """Twenty births and deaths leave main's descriptors, children and objects as they were."""
    stage.until(lambda: stage.supervisor.spare_pid is not None, "the spare")
    counts = []
    for _ in range(2):
        processes = [stage.fresh()[0] for _ in range(20)]
        for number, process in enumerate(processes):
            process.close() if number % 2 else os.kill(process.pid, signal.SIGKILL)
        for process in processes:
            stage.death(process)
        del processes, process
        QCoreApplication.processEvents()
        gc.collect()
        alive = sum(isinstance(thing, RendererProcess) for thing in gc.get_objects())
        counts.append((len(linux.open_descriptors()), _children(), alive))
    return {"counts": counts}


def hang(_: Stage) -> dict[str, Any]:
    """A loop in Python and a C call that keeps the GIL: noticed, with stacks; a page that answers is not."""
    stage = Stage(hang_threshold=4.0)
    monitor = stage.supervisor.hang_monitor
    hung: list[Any] = []
    responsive: list[Any] = []
    monitor.hung.connect(hung.append)
    monitor.responsive.connect(responsive.append)
    spinning, sleeping, fine = stage.page(), stage.page(), stage.page()
    stage.until(lambda: stage.supervisor.spare_pid is not None, "the spare")
    # One beat first: it sets the time from which silence counts.
    beats: list[Any] = []
    monitor.answered.connect(beats.append)
    stage.until(lambda: {spinning.link, sleeping.link, fine.link} <= set(beats), "a first beat")
    stage.order(spinning, "spin")
    stage.order(sleeping, "hold-gil 7")
    stage.until(lambda: len(hung) == 2, "two hung pages")
    stacks = {"spinning": spinning.stacks, "sleeping": sleeping.stacks}
    stage.until(lambda: responsive, "the sleeper to wake")
    spinning.kill(DeathReason.HUNG)
    death = stage.death(spinning)
    result = {
        "hung": sorted((spinning.link in hung, sleeping.link in hung, fine.link in hung)),
        "responsive": responsive == [sleeping.link],
        "stacks": stacks,
        "stacks_after_waking": sleeping.stacks,
        "death": [death.reason, death.code, death.exit_status],
        "death_has_stacks": "_spin" in death.stacks,
    }
    stage.supervisor.shutdown()
    return result


def left_over_child(stage: Stage) -> dict[str, Any]:
    """What a page started does not outlive it for long, and is waited for."""
    process = stage.page()
    child = stage.result(stage.order(process, "child"), "a child").value
    os.kill(process.pid, signal.SIGKILL)
    stage.death(process)
    stage.until(lambda: not os.path.exists(f"/proc/{child}"), "the end of the child")
    return {"zombies": _zombies()}


def spawned(_: Stage) -> dict[str, Any]:
    """The same without fork."""
    stage = Stage(forks=False)
    process = stage.page()
    facts: dict[str, Any] = stage.result(stage.order(process, "facts"), "facts").value
    facts["isolation"] = stage.supervisor.isolation
    facts["main"] = os.getpid()
    os.kill(process.pid, signal.SIGKILL)
    facts["death"] = stage.death(process).code
    stage.supervisor.shutdown()
    return facts


def serve(stage: Stage) -> dict[str, Any]:
    """Some renderers in every state, for a test that kills this process."""
    idle, spinning, sleeping = stage.page(), stage.page(), stage.page()
    stage.order(spinning, "spin")
    stage.order(sleeping, "hold-gil 1000")
    stage.until(lambda: stage.supervisor.spare_pid is not None, "the spare")
    zygote, spare = stage.supervisor.zygote_pid, stage.supervisor.spare_pid
    _tell([zygote, spare, idle.pid, spinning.pid, sleeping.pid, *_children()])
    stage.until(lambda: False, "being killed")
    return {}


def _tell(value: object) -> None:
    sys.stdout.write(json.dumps(value) + "\n")
    sys.stdout.flush()


def _children() -> list[int]:
    with open(f"/proc/self/task/{os.getpid()}/children", encoding="ascii") as file:
        return sorted(int(pid) for pid in file.read().split())


def _zombies() -> list[int]:
    return [pid for pid in _children() if linux.status_fields(pid)["State"].startswith("Z")]


_SCENARIOS: dict[str, Callable[[Stage], dict[str, Any]]] = {
    function.__name__: function
    for function in (
        birth, deaths, launch_failure, zygote_death, descriptors, hang, left_over_child, spawned, serve,
    )
}  # fmt: skip


def main() -> None:
    """Run the scenario that the command line names."""
    application = QCoreApplication(sys.argv)
    stage = Stage()
    try:
        _tell(_SCENARIOS[sys.argv[1]](stage))
    finally:
        stage.supervisor.shutdown()
    del application


if __name__ == "__main__":
    main()
