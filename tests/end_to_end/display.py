"""An X server and a window manager of the tests' own, on a display number nobody else has."""

import os
import select
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SIZE = (1600, 1000)
_START_SECONDS = 20.0
_END_SECONDS = 10.0
_COMMAND_SECONDS = 30.0
_READY = "ready"
_OPENBOX_SETTINGS = Path(__file__).with_name("openbox.xml")


@dataclass(frozen=True)
class Display:
    """A running X server."""

    name: str
    """As ``DISPLAY`` has it, such as ``:7``."""
    size: tuple[int, int]
    """Width and height in pixels."""
    processes: Mapping[str, int] = field(default_factory=dict)
    """Program name to process id."""

    @property
    def environ(self) -> dict[str, str]:
        """This process's environment, turned to the display: for programs to be started on it."""
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def run(self, *command: str) -> str:
        """Runs an X client to its end and returns what it printed.

        Raises:
            subprocess.CalledProcessError: it failed; its words are in ``stderr``.
        """
        done = subprocess.run(
            command,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=_COMMAND_SECONDS,
            check=True,
        )
        return done.stdout

    def xdotool(self, *arguments: str) -> str:
        """Runs xdotool; see `run`."""
        return self.run("xdotool", *arguments)


@contextmanager
def started(size: tuple[int, int] = SIZE, log: Path | None = None) -> Iterator[Display]:
    """Starts the server on a free display, then the window manager; ends both afterwards.

    Args:
        size: width and height of the one screen.
        log: a file for what both print.

    Raises:
        RuntimeError: one of them did not come up in time.
    """
    with ExitStack() as stack:
        words = stack.enter_context(open(log or os.devnull, "wb"))
        server, name = _start_server(size, words.fileno())
        stack.callback(_end, server)
        manager = _start_manager(Display(name, size), words.fileno(), stack)
        yield Display(name, size, {"Xvfb": server.pid, "openbox": manager})


def _spawn(
    command: list[str],
    log: int,
    display: Display | None = None,
    *,
    stdout: int | None = None,
    pass_fds: tuple[int, ...] = (),
) -> "subprocess.Popen[bytes]":
    # setpriv: a test run that is killed takes its display with it.
    return subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *command],
        env=display.environ if display else None,
        stdin=subprocess.DEVNULL,
        stdout=log if stdout is None else stdout,
        stderr=log,
        pass_fds=pass_fds,
    )


def _start_server(size: tuple[int, int], log: int) -> "tuple[subprocess.Popen[bytes], str]":
    reader, writer = os.pipe()
    try:
        server = _spawn(
            [
                "Xvfb",
                "-displayfd",
                str(writer),
                "-screen",
                "0",
                f"{size[0]}x{size[1]}x24",
                "-nolisten",
                "tcp",
                "-noreset",
            ],
            log,
            pass_fds=(writer,),
        )
    finally:
        os.close(writer)
    with os.fdopen(reader, "rb") as told:
        number = _read_line(told.fileno(), _START_SECONDS)
    if not number.strip().isdigit():
        _end(server)
        raise RuntimeError(f"Xvfb told no display number within {_START_SECONDS:g} s (got {number!r})")
    return server, f":{int(number)}"


def _start_manager(display: Display, log: int, stack: ExitStack) -> int:
    """Returns the window manager's process id once it manages windows."""
    reader, writer = os.pipe()
    stack.callback(os.close, reader)
    try:
        manager = _spawn(
            [
                "openbox",
                "--sm-disable",
                "--config-file",
                str(_OPENBOX_SETTINGS),
                "--startup",
                f"echo {_READY}",
            ],
            log,
            display,
            stdout=writer,
        )
    finally:
        os.close(writer)
    stack.callback(_end, manager)
    if _read_line(reader, _START_SECONDS).decode().strip() != _READY:
        raise RuntimeError(f"no window manager on {display.name} within {_START_SECONDS:g} s")
    return manager.pid


def _read_line(descriptor: int, seconds: float) -> bytes:
    """Reads up to a line's end, or what there is after ``seconds`` or at the end."""
    deadline = time.monotonic() + seconds
    line = b""
    while not line.endswith(b"\n"):
        ready, _, _ = select.select([descriptor], [], [], max(0.0, deadline - time.monotonic()))
        byte = os.read(descriptor, 1) if ready else b""
        if not byte:
            break
        line += byte
    return line


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_END_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
