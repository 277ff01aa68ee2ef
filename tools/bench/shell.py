"""A shell as its user starts it, headless, and looked into from outside; and the shell that measures from inside."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from shared.channels.inspector import Record, ShellDescription, TabDescription
from shared.errors import IPCError
from tools.bench.bench_failed import BenchFailed
from tools.inspector.client import InspectorClient, NotListening

PAGES = Path(__file__).resolve().parent / "pages"
"""The bench's plugin."""

_WAIT_SECONDS = 60.0
_LOOK_SECONDS = 0.02
_INSIDE_SECONDS = 300.0


def inside(what: str, *arguments: str) -> dict[str, list[float]]:
    """What ``main_process.measuring`` measures, by name. Raises BenchFailed with its last words."""
    command = [sys.executable, "-m", "main_process.measuring", what, "--folder", str(PAGES), *arguments]
    try:
        done = subprocess.run(
            command,
            check=False,
            capture_output=True,
            text=True,
            timeout=_INSIDE_SECONDS,
            env=_environment(),
        )
    except subprocess.TimeoutExpired as error:
        raise BenchFailed(f"{what}: no end within {_INSIDE_SECONDS:g} s") from error
    if done.returncode:
        raise BenchFailed(f"{what}: {_last_line(done.stderr)}")
    measured: dict[str, list[float]] = json.loads(done.stdout)
    return measured


class BenchShell:
    """A running shell with ``--inspect``. Use as a context manager."""

    def __init__(self, profile: Path, *arguments: str) -> None:
        self._profile = profile
        self._output = profile.with_suffix(".log")
        command = [sys.executable, "-m", "main_process", "--headless", "--profile", str(profile)]
        self.started = time.time()
        """Seconds since the epoch, just before the process was made."""
        with self._output.open("w", encoding="utf-8") as output:
            self.process = subprocess.Popen(
                [*command, "--inspect", *arguments],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                env=_environment(),
            )
        self._client: InspectorClient | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.close()
        self.process.terminate()
        try:
            self.process.wait(_WAIT_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def pid(self) -> int:
        """Of the main process."""
        return self.process.pid

    def describe(self) -> ShellDescription:
        """What runs. Raises BenchFailed if nothing does any more."""
        try:
            return self._attached().describe()
        except IPCError as error:
            raise BenchFailed(f"the shell ended: {self.last_words()}") from error

    def tabs(self) -> tuple[TabDescription, ...]:
        """Those of the only window."""
        windows = self.describe().windows
        return windows[0].tabs if windows else ()

    def wait(self, condition: Callable[[tuple[TabDescription, ...]], bool], what: str) -> None:
        """Until the tabs are as they should be. Raises BenchFailed that says ``what`` was awaited."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while not condition(self.tabs()):
            if time.monotonic() > deadline:
                raise BenchFailed(f"waited {_WAIT_SECONDS:g} s for {what}; there is {self.tabs()}")
            self.idle(_LOOK_SECONDS)

    def idle(self, seconds: float) -> None:
        """Let time pass, reading what the shell says."""
        end = time.monotonic() + seconds
        client = self._attached()
        while (left := end - time.monotonic()) > 0:
            client.pump(left)
            client.take()

    def first_record(self, channel: str) -> Record:
        """The first record there is, or will be, of ``channel``: the shell keeps them from its start."""
        client = self._attached()
        deadline = time.monotonic() + _WAIT_SECONDS
        while time.monotonic() < deadline:
            for batch in client.take():
                for record in batch.records:
                    if record.channel == channel:
                        return record
            client.pump(_LOOK_SECONDS)
        raise BenchFailed(f"no {channel} within {_WAIT_SECONDS:g} s: {self.last_words()}")

    def last_words(self) -> str:
        """The last line it wrote."""
        return _last_line(self._output.read_text("utf-8", errors="replace"))

    def _attached(self) -> InspectorClient:
        deadline = time.monotonic() + _WAIT_SECONDS
        while self._client is None:
            try:
                self._client = InspectorClient.connect(self._profile)
            except (NotListening, IPCError) as error:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise BenchFailed(f"the shell does not listen: {self.last_words()}") from error
                wait_for(self.process, _LOOK_SECONDS)
        return self._client


def wait_for(process: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether ``process`` ends within ``seconds``."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != "DISPLAY"}


def _last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1] if lines else "it said nothing"
