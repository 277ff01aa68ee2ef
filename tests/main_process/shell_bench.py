"""A whole shell without a process: its supervisor gives what the test makes."""

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from pytestqt.qtbot import QtBot

from main_process import shell as module
from main_process.options import Options
from main_process.profile import Profile
from main_process.shell import Shell
from main_process.supervisor.hang import HangMonitor
from main_process.tab import Tab
from main_process.window.theme import ThemeChoice, theme
from shared.channels.page import PageOpen
from shared.contract import Empty, Phase
from shared.ipc_channel import IPCChannel
from shared.tasks import Future
from tests.main_process.fake_process import FakeProcess, FakeWebHost, pump


class FakeSupervisor(QObject):
    """Stands in for ``Supervisor``: a process for everybody at once, or when the test says so."""

    zygote_started = Signal(object)
    born = Signal(object)
    zygote_pid = 41
    spare_pid: int | None = 42
    isolation = "as the user"

    def __init__(self, parent: QObject, *, hang_threshold: float, **_: object) -> None:
        super().__init__(parent)
        self.hang_monitor = HangMonitor(self, threshold=hang_threshold)
        self.made: list[FakeProcess] = []
        self.reaches: list[Sequence[Path]] = []
        self.is_slow = False
        self.waiting: list[Future[FakeProcess]] = []
        self.is_shut_down = False

    def start(self) -> None: ...

    def page_process(self, reach: Sequence[Path] = ()) -> Future[FakeProcess]:
        self.reaches.append(reach)
        self.waiting.append(Future())
        future = self.waiting[-1]
        if not self.is_slow:
            self.give()
        return future

    def web_host(self, storage: Path | None) -> Future[FakeProcess]:
        future: Future[FakeProcess] = Future()
        future.set_result(self.bear(FakeWebHost()))
        return future

    def give(self) -> FakeProcess:
        """A page process for who waits longest."""
        process = FakeProcess()
        process.peer.session.handle(IPCChannel.PAGE_OPEN, self._on_page_open)
        self.bear(process)
        self.waiting.pop(0).set_result(process)
        return process

    def bear(self, process: FakeProcess) -> FakeProcess:
        """What a birth is to the shell."""
        self.made.append(process)
        self.born.emit(process)
        return process.greet()

    @staticmethod
    def _on_page_open(opening: PageOpen) -> Empty:
        return Empty()

    def shutdown(self) -> None:
        self.is_shut_down = True
        for process in self.made:
            process.clean_up()


class Bench:
    """One shell, and its pages' ends."""

    def __init__(self, shell: Shell, qtbot: QtBot) -> None:
        self.shell = shell
        self.qtbot = qtbot
        self.supervisor = cast(FakeSupervisor, shell.supervisor)

    def open(self, url: str = "os://newtab", *, background: bool = False) -> tuple[Tab, FakeProcess]:
        """A tab on a page of ours, opened and painted."""
        tab = self.shell.open_tab(url, background=background)
        process = self.supervisor.made[-1]
        process.peer.session.open()
        pump()
        assert process.link.session.phase is Phase.OPEN
        tab.view.first_frame_shown.emit()
        return tab, process

    def settle(self, future: Future[Any]) -> None:
        self.qtbot.waitUntil(future.done)
        future.result()


@contextlib.contextmanager
def running_shell(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, options: Options, directory: Path | None = None
) -> Iterator[Bench]:
    """A shell from its construction to its end; on ``directory``, else private."""
    monkeypatch.setattr(module, "Supervisor", FakeSupervisor)
    theme().set_choice(ThemeChoice.LIGHT)
    profile = Profile.open(directory, private=directory is None)
    try:
        shell = Shell(options, profile)
        try:
            yield Bench(shell, qtbot)
        finally:
            shell.shut_down()
            for window in shell.windows:
                window.deleteLater()
            shell.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    finally:
        profile.close()
        theme().set_choice(ThemeChoice.LIGHT)
