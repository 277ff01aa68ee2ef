"""A real shell, driven from outside: real X events in, its own inspection socket out, and no sleeping."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from shared.channels.inspector import Record, ShellDescription, TabDescription, WindowDescription
from tests.end_to_end.display import Display
from tools.inspector.client import InspectorClient, NotListening

START_SECONDS = 40.0
WAIT_SECONDS = 30.0
_LOOK_SECONDS = 0.05
"""Between two looks, the client waits for something to arrive at most this long."""


class ShellFailed(AssertionError):
    """The shell did not do what the test waits for; the message has its last words."""


class RunningShell:
    """One shell process and an inspector attached to it. Use as a context manager: it ends what it started."""

    def __init__(
        self,
        *addresses: str,
        profile: Path,
        display: Display | None,
        arguments: tuple[str, ...] = (),
        environ: Mapping[str, str] = {},
        launcher: tuple[str, ...] = (),
    ) -> None:
        self.profile = profile
        self.display = display
        self.records: list[Record] = []
        handle, name = tempfile.mkstemp(prefix="shell-", suffix=".log", dir=profile.parent)
        self._output = Path(name)
        environment = {**(display.environ if display else os.environ), **environ}
        command = [
            *launcher,
            sys.executable,
            "-m",
            "main_process",
            "--inspect",
            "--profile",
            str(profile),
            *arguments,
        ]
        if display is None:
            command.append("--headless")
        try:
            self.process = subprocess.Popen(
                [*command, *addresses],
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=subprocess.STDOUT,
                env=environment,
            )
        finally:
            os.close(handle)
        self.client = self._attach()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
        if kind is not None and error is not None:
            error.add_note(f"the shell said:\n{self.output()}")

    def close(self) -> None:
        """End the shell as a user would (SIGTERM), or at last by force."""
        self.client.close()
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(WAIT_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def output(self) -> str:
        """What the shell has printed so far."""
        return self._output.read_text(errors="replace")[-8000:]

    def _attach(self) -> InspectorClient:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                return InspectorClient.connect(self.profile)
            except NotListening as error:
                status = self.process.poll()
                if status is not None or time.monotonic() > deadline:
                    self.process.kill()
                    self.process.wait()
                    raise ShellFailed(
                        f"the shell does not listen ({error}); status {status}:\n{self.output()}"
                    ) from error
                try:
                    self.process.wait(_LOOK_SECONDS)
                except subprocess.TimeoutExpired:
                    continue

    # Looking

    def describe(self) -> ShellDescription:
        """Windows, tabs and processes as they are now."""
        return self.client.describe()

    @property
    def window(self) -> WindowDescription:
        """The first window."""
        return self.describe().windows[0]

    def tab(self, index: int | None = None) -> TabDescription:
        """A tab of the first window, by default the active one."""
        tabs = self.window.tabs
        return next(tab for tab in tabs if tab.active) if index is None else tabs[index]

    def wait(
        self,
        condition: Callable[[ShellDescription], bool],
        what: str,
        timeout: float = WAIT_SECONDS,
    ) -> ShellDescription:
        """The first description that satisfies ``condition``. Raises ShellFailed that says ``what`` was awaited."""
        deadline = time.monotonic() + timeout
        while True:
            description = self.describe()
            if condition(description):
                return description
            if time.monotonic() > deadline:
                raise ShellFailed(f"waited {timeout:g} s for {what}; there is {description}")
            self.client.pump(_LOOK_SECONDS)
            self.collect()

    def wait_tab(
        self, condition: Callable[[TabDescription], bool], what: str, timeout: float = WAIT_SECONDS
    ) -> TabDescription:
        """The active tab once it satisfies ``condition``."""
        found: list[TabDescription] = []

        def look(description: ShellDescription) -> bool:
            active = [tab for window in description.windows for tab in window.tabs if tab.active]
            found[:] = active[:1]
            return bool(active) and condition(active[0])

        self.wait(look, what, timeout)
        return found[0]

    def wait_loaded(self, title: str, timeout: float = WAIT_SECONDS) -> TabDescription:
        """The active tab once it shows a page of this title, loaded."""
        return self.wait_tab(
            lambda tab: tab.title == title and not tab.loading and tab.state == "live",
            f"a page titled '{title}'",
            timeout,
        )

    def wait_record(
        self, condition: Callable[[Record], bool], what: str, timeout: float = WAIT_SECONDS
    ) -> Record:
        """The first record, old or new, that satisfies ``condition``."""
        deadline = time.monotonic() + timeout
        seen = 0
        while True:
            self.collect()
            for record in self.records[seen:]:
                if condition(record):
                    return record
            seen = len(self.records)
            if time.monotonic() > deadline:
                raise ShellFailed(f"waited {timeout:g} s for a record of {what} among {seen}")
            self.client.pump(_LOOK_SECONDS)

    def collect(self) -> None:
        for batch in self.client.take():
            self.records += batch.records

    # Doing

    def click(self, part: str, button: int = 1) -> None:
        """Click the middle of a named part of the chrome, such as 'reload' or 'tab-0'."""
        widgets = self.window.widgets
        if part not in widgets:
            raise ShellFailed(f"no part '{part}' in the window; there are {sorted(widgets)}")
        x, y, width, height = widgets[part]
        self.click_at(x + width // 2, y + height // 2, button)

    def click_page(self, x: int, y: int, button: int = 1) -> None:
        """Click a point of the active tab's surface."""
        left, top, _, _ = self.tab().surface
        self.click_at(left + x, top + y, button)

    def click_at(self, x: int, y: int, button: int = 1) -> None:
        """Click a point of the screen."""
        self._x().xdotool("mousemove", "--sync", str(x), str(y), "click", str(button))

    def key(self, *keys: str) -> None:
        """Press keys or combinations in xdotool's names, such as 'ctrl+t'."""
        self._x().xdotool("key", "--clearmodifiers", *keys)

    def type(self, text: str) -> None:
        """Type text."""
        self._x().xdotool("type", "--delay", "8", text)

    def go(self, address: str) -> None:
        """Type an address into the address bar."""
        self.key("ctrl+l")
        self.type(address)
        self.key("Return")

    def screenshot(self, target: Path) -> Image.Image:
        """A picture of the whole screen."""
        self._x().run("import", "-window", "root", str(target))
        return Image.open(target).convert("RGB")

    def page_picture(self, target: Path) -> Image.Image:
        """A picture of the active tab's surface alone."""
        left, top, width, height = self.tab().surface
        return self.screenshot(target).crop((left, top, left + width, top + height))

    def wait_picture(
        self,
        condition: Callable[[Image.Image], bool],
        what: str,
        timeout: float = WAIT_SECONDS,
    ) -> Image.Image:
        """The first picture of the active tab's surface that satisfies ``condition``."""
        target = self._output.with_suffix(".png")
        deadline = time.monotonic() + timeout
        while True:
            picture = self.page_picture(target)
            if condition(picture):
                return picture
            if time.monotonic() > deadline:
                raise ShellFailed(f"waited {timeout:g} s for {what}; the last picture is {target}")
            self.client.pump(_LOOK_SECONDS)

    def kill(self, pid: int, signal_number: int = signal.SIGKILL) -> None:
        """Send a signal to one of the shell's processes."""
        os.kill(pid, signal_number)

    def _x(self) -> Display:
        if self.display is None:
            raise ShellFailed("a headless shell has no keyboard")
        return self.display


@contextmanager
def running_shell(
    display: Display | None, profile: Path, *addresses: str, arguments: tuple[str, ...] = ()
) -> Iterator[RunningShell]:
    """A shell that has a window with a settled tab."""
    with RunningShell(*addresses, profile=profile, display=display, arguments=arguments) as shell:
        shell.wait_tab(lambda tab: tab.state != "starting" and not tab.loading, "the first page")
        yield shell
