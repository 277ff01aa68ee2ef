"""A real web host process on socketpairs, with main's links and surface at this end, and no shell."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from main_process.link import Link
from main_process.surface.view import SurfaceView
from shared.channels.navigate import Navigate
from shared.channels.page import PageIcon, PageLoadFailed, PagePopup, PageRendererGone
from shared.channels.process import HostOpenTab
from shared.channels.tab import TabUpdate
from shared.contract import Empty, Party
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side
from shared.tasks import Future

WAIT_MS = 20_000
TARGET_COLOUR = 0xCCDDEE
"""What is to be clicked has this background."""


class RunningTab:
    """Main's end of one web tab. ``state`` holds the newest value of each field the tab has told."""

    def __init__(self, qtbot: QtBot, link: Link) -> None:
        self.link = link
        self.state: dict[str, Any] = {}
        self.updates: list[TabUpdate] = []
        self.failures: list[PageLoadFailed] = []
        self.popups: list[PagePopup] = []
        self.icons: list[PageIcon] = []
        self.gone: list[PageRendererGone] = []
        self.deletions = 0
        self._qtbot = qtbot
        self.view = SurfaceView()
        self.view.resize(640, 480)
        session = link.session
        session.on(IPCChannel.TAB_UPDATE, self._on_tab_update)
        session.on(IPCChannel.PAGE_LOAD_FAILED, self.failures.append)
        session.on(IPCChannel.PAGE_POPUP, self.popups.append)
        session.on(IPCChannel.PAGE_ICON, self.icons.append)
        session.on(IPCChannel.PAGE_RENDERER_GONE, self.gone.append)
        session.handle(IPCChannel.TAB_DELETE, self._on_tab_delete)
        link.opened.connect(lambda: self.view.attach(session))
        self.view.show()

    def _on_tab_update(self, update: TabUpdate) -> None:
        self.updates.append(update)
        fields = {name: getattr(update, name) for name in update.__struct_fields__}
        self.state.update({name: value for name, value in fields.items() if value is not None})

    def _on_tab_delete(self, _: Empty) -> Empty:
        self.deletions += 1
        return Empty()

    def wait(self, condition: Callable[[], object], what: str) -> None:
        """Run the event loop until ``condition`` holds."""

        def check() -> None:
            assert condition(), f"waited for {what}; the tab says {self.state}, {self.failures}, {self.gone}"

        self._qtbot.waitUntil(check, timeout=WAIT_MS)

    def wait_title(self, title: str) -> None:
        """Wait until a page of this title has loaded."""
        self.wait(
            lambda: self.state.get("title") == title and self.state.get("loading") is False, f"'{title}'"
        )

    def invoke(self, channel: IPCChannel, payload: Any = None) -> Any:
        """The result of a request to the tab. Raises its IPCError."""
        answer = self.link.session.invoke(channel, payload)
        self.wait(answer.done, f"an answer on {channel}")
        return answer.result()

    def navigate(self, url: str, title: str) -> None:
        """Go to ``url`` and wait for its page."""
        self.invoke(IPCChannel.NAVIGATE, Navigate(url=url))
        self.wait_title(title)

    def ping(self) -> Future[Empty]:
        """A heart beat under way."""
        return self.link.session.invoke(IPCChannel.LINK_PING)

    def is_settled_within(self, future: Future[Any], seconds: float) -> bool:
        """Run the event loop until ``future`` is settled, or for so long; whether it is."""
        end = time.monotonic() + seconds
        self.wait(lambda: future.done() or time.monotonic() >= end, "time to pass")
        return future.done()

    def click(self, x: int, y: int, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Click a point of a target, once it can be seen: Chromium takes no input before a page's first picture."""
        self.wait(lambda: self._colour(x, y) == TARGET_COLOUR, "a target to be seen")
        QTest.mouseClick(self.view, button, Qt.KeyboardModifier.NoModifier, QPoint(x, y))

    def _colour(self, x: int, y: int) -> int | None:
        frame = self.view.last_frame()
        return frame.pixel(x, y) & 0xFFFFFF if frame is not None else None

    def close(self) -> None:
        """Close the tab, as main does."""
        self.view.detach()
        self.link.close()
        self.view.deleteLater()


class RunningHost:
    """One web host. Use as a context manager: it ends what it started."""

    def __init__(self, qtbot: QtBot, storage: Path | None = None) -> None:
        self._qtbot = qtbot
        self._tabs: list[RunningTab] = []
        self._stderr = tempfile.TemporaryFile()  # noqa: SIM115  closed by close()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        stacks_reader, stacks_writer = os.pipe()
        command = [sys.executable, "-m", "tests.end_to_end.web_host_process"]
        self.process = subprocess.Popen(
            [*command, str(theirs.fileno()), str(stacks_writer), str(storage or "")],
            stdin=subprocess.DEVNULL,
            stdout=self._stderr,
            stderr=self._stderr,
            pass_fds=(theirs.fileno(), stacks_writer),
            cwd=Path(__file__).parents[2],
        )
        theirs.close()
        os.close(stacks_writer)
        self._stacks = stacks_reader
        self.link = Link(Session(side=Side.MAIN, party=Party.WEB_HOST), ours)
        try:
            with qtbot.waitSignal(self.link.opened, timeout=WAIT_MS):
                pass
        except BaseException as error:
            error.add_note(f"the web host said:\n{self.output()}")
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is not None:
            error.add_note(f"the web host said:\n{self.output()}")
        self.close()

    def output(self) -> str:
        """What the host has printed so far."""
        self._stderr.seek(0)
        return self._stderr.read().decode(errors="replace")[-8000:]

    def begin_tab(
        self, *, url: str | None = None, popup: int | None = None
    ) -> tuple[RunningTab, Future[Empty]]:
        """A tab whose opening is under way, and the answer to come."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        tab = RunningTab(self._qtbot, Link(Session(side=Side.MAIN, party=Party.WEB_TAB), ours))
        self._tabs.append(tab)
        request = HostOpenTab(url=url, popup=popup)
        return tab, self.link.session.invoke(
            IPCChannel.HOST_OPEN_TAB, request, descriptors=(theirs.detach(),)
        )

    def open_tab(self, *, url: str | None = None, popup: int | None = None) -> RunningTab:
        """A tab that the host has opened. Raises the IPCError it was refused with."""
        tab, answer = self.begin_tab(url=url, popup=popup)
        tab.wait(answer.done, "the tab to open")
        answer.result()
        return tab

    def leave(self) -> int:
        """Close the control link, as main does at its end; the host's exit status."""
        for tab in self._tabs:
            tab.view.detach()
        self.link.close()
        return self.process.wait(WAIT_MS / 1000)

    def close(self) -> None:
        """End everything."""
        for tab in self._tabs:
            tab.close()
        if not self.link.is_closed:
            self.link.close()
        try:
            self.process.wait(WAIT_MS / 1000)
        except subprocess.TimeoutExpired:
            os.kill(self.process.pid, signal.SIGKILL)
            self.process.wait()
            raise
        finally:
            os.close(self._stacks)
            self._stderr.close()
