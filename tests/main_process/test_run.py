"""From checked options to an exit status, with everything of the shell but its processes."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from main_process import capture
from main_process import run as module
from main_process import shell as shell_module
from main_process.capture import Capture
from main_process.doors import Doors
from main_process.options import Options
from main_process.profile import DATABASE, Profile
from main_process.run import FAILED, USAGE, run
from main_process.shell import Shell
from main_process.window.theme import ThemeChoice, theme
from shared.channels.instance import InstanceOpen
from shared.errors import BadCall, ErrorCode, Gone
from tests.main_process.shell_bench import FakeSupervisor

PATIENCE_MS = 10_000


class FakeApplication(QObject):
    """What ``run`` needs of QApplication, of which there is one in the tests already."""

    def __init__(self, begun: Callable[[], None]) -> None:
        super().__init__()
        self._begun = begun
        self._loop = QEventLoop(self)

    def exec(self) -> int:
        QTimer.singleShot(0, self, self._begun)
        QTimer.singleShot(PATIENCE_MS, self, lambda: self._loop.exit(1))
        status = self._loop.exec()
        assert status == 0, "nobody ended it"
        return status

    def quit(self) -> None:
        self._loop.quit()


class Starts:
    """Every shell that ``run`` made, and what happens to it once it stands."""

    def __init__(self) -> None:
        self.made: list[Shell] = []
        self.then: Callable[[Shell], object] = Shell.quit
        self.order: list[str] = []

    def begun(self) -> None:
        """The event loop runs."""
        self.then(self.made[-1])


@pytest.fixture
def starts(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Starts:
    starts = Starts()

    class NotedShell(Shell):
        def __init__(self, options: Options, profile: Profile) -> None:
            super().__init__(options, profile)
            starts.made.append(self)

        def shut_down(self) -> None:
            starts.order.append("shell")
            super().shut_down()
            for window in self.windows:
                window.deleteLater()
            self.deleteLater()

    class NotedDoors(Doors):
        def close(self) -> None:
            starts.order.append("doors")
            super().close()

    class NotedProfile(Profile):
        def clean_up_if_killed(self) -> None:
            """Forks; tests/end_to_end kill real shells."""

        def close(self) -> None:
            starts.order.append("profile")
            super().close()

    monkeypatch.setattr(shell_module, "Supervisor", FakeSupervisor)
    monkeypatch.setattr(module, "Shell", NotedShell)
    monkeypatch.setattr(module, "Doors", NotedDoors)
    monkeypatch.setattr(module, "Profile", NotedProfile)
    monkeypatch.setattr(module, "_application", lambda options: FakeApplication(starts.begun))
    monkeypatch.setattr(capture, "QUIET_MS", 5)
    theme().set_choice(ThemeChoice.LIGHT)
    return starts


def _settle(shell: Shell) -> None:
    """Every tab's page is there."""
    for tab in shell.tabs:
        tab.view.first_frame_shown.emit()


def test_a_shell_runs_until_it_is_asked_to_quit_and_ends_from_the_outside_in(
    starts: Starts, tmp_path: Path
) -> None:
    assert run(Options(profile=tmp_path / "profile", addresses=("os://settings",))) == 0
    assert len(starts.made) == 1
    assert starts.order == ["doors", "shell", "profile"]
    assert (tmp_path / "profile" / DATABASE).exists()


def test_with_a_picture_it_ends_by_itself(starts: Starts, tmp_path: Path) -> None:
    starts.then = _settle
    assert run(Options(private=True, screenshot=tmp_path / "a.png")) == 0
    assert (tmp_path / "a.png").exists()


def test_a_page_that_could_not_be_pictured_is_a_failure(
    starts: Starts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = Options(private=True, screenshot=tmp_path / "a.png", addresses=("os://nowhere",))
    starts.then = _settle
    assert run(options) == FAILED
    assert "browser-os: os://nowhere: there is no page os://nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("address", ["javascript:alert(1)", "plain/"])
def test_an_impossible_address_is_wrong_usage_and_everything_is_closed(
    starts: Starts,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    address: str,
) -> None:
    (tmp_path / "plain").mkdir()
    monkeypatch.chdir(tmp_path)
    assert run(Options(private=True, addresses=(address,))) == USAGE
    assert capsys.readouterr().err.startswith("browser-os: ")
    assert starts.order == ["doors", "shell", "profile"]


def test_a_profile_that_cannot_be_used_starts_nothing(
    starts: Starts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").touch()
    assert run(Options(profile=tmp_path / "file" / "profile")) == FAILED
    assert "name another with --profile DIR" in capsys.readouterr().err
    assert starts.made == []


def test_a_profiles_file_that_cannot_be_opened_is_told(
    starts: Starts, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = tmp_path / "profile"
    directory.mkdir(mode=0o700)
    (directory / DATABASE).mkdir()
    assert run(Options(profile=directory)) == FAILED
    assert DATABASE in capsys.readouterr().err
    assert (starts.made, starts.order) == ([], ["profile"])


def test_a_socket_that_cannot_be_made_is_told(
    starts: Starts, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(self: Doors) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Doors, "open", refuse)
    assert run(Options(private=True)) == FAILED
    assert "No space left on device" in capsys.readouterr().err
    assert starts.order == ["doors", "shell", "profile"]


class TestSecondStart:
    @pytest.fixture
    def first(self, tmp_path: Path) -> Profile:
        """Another shell has the profile."""
        return Profile.open(tmp_path / "profile")

    def test_its_words_go_to_the_first_as_another_folder_understands_them(
        self, starts: Starts, first: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        handed: list[tuple[Path, InstanceOpen]] = []

        def hand_over(profile: Profile, opening: InstanceOpen) -> bool:
            handed.append((profile.directory, opening))
            return True

        monkeypatch.setattr(module, "hand_over", hand_over)
        monkeypatch.chdir(tmp_path)
        (tmp_path / "a.html").touch()
        options = Options(
            profile=first.directory, addresses=("a.html", "b.example"), screenshot=tmp_path / "a.png"
        )
        assert run(options) == 0
        opening = InstanceOpen(
            urls=(str(tmp_path / "a.html"), "b.example"), screenshot=str(tmp_path / "a.png")
        )
        assert handed == [(first.directory, opening)]
        assert starts.made == []
        first.close()

    @pytest.mark.parametrize(
        "error",
        [BadCall(ErrorCode.INVALID_PAYLOAD, "no address"), Gone(ErrorCode.PEER_GONE, "does not listen")],
    )
    def test_what_the_first_refuses_is_told(
        self,
        starts: Starts,
        first: Profile,
        monkeypatch: pytest.MonkeyPatch,
        capsys: pytest.CaptureFixture[str],
        error: Exception,
    ) -> None:
        def hand_over(profile: Profile, opening: InstanceOpen) -> bool:
            raise error

        monkeypatch.setattr(module, "hand_over", hand_over)
        assert run(Options(profile=first.directory)) == FAILED
        assert capsys.readouterr().err == f"browser-os: {getattr(error, 'message', '')}\n"
        first.close()

    def test_if_the_first_ends_meanwhile_it_is_the_first(
        self, starts: Starts, first: Profile, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def hand_over(profile: Profile, opening: InstanceOpen) -> bool:
            first.close()
            return False

        monkeypatch.setattr(module, "hand_over", hand_over)
        assert run(Options(profile=first.directory)) == 0
        assert len(starts.made) == 1


class FakeShell(QObject):
    """Somebody who can be asked to quit."""

    asked = Signal()

    def quit(self) -> None:
        self.asked.emit()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_asks_the_shell_to_quit_and_is_given_back(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    shell = FakeShell()
    signals = module._Signals(shell)  # type: ignore[arg-type]  # it is asked for nothing else
    try:
        with qtbot.waitSignal(shell.asked):
            os.kill(os.getpid(), number)
    finally:
        signals.restore()
    assert signal.getsignal(number) is before
    assert signal.set_wakeup_fd(-1) == -1


def test_headless_needs_no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class NotedApplication(QObject):
        def __init__(self, arguments: list[str]) -> None:
            super().__init__()
            made.append(os.environ.get("QT_QPA_PLATFORM", ""))
            made.append(os.environ.get("DISPLAY", "none"))

        def setApplicationName(self, name: str) -> None: ...
        def setApplicationDisplayName(self, name: str) -> None: ...
        def setDesktopFileName(self, name: str) -> None: ...
        def setQuitOnLastWindowClosed(self, quits: bool) -> None: ...

    monkeypatch.setattr(module, "QApplication", NotedApplication)
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setenv("QT_QPA_OFFSCREEN_NO_GLX", "")
    module._application(Options())
    module._application(Options(headless=True))
    assert made == ["xcb", ":7", "offscreen", "none"]


def test_the_picture_is_of_the_last_tab(
    starts: Starts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pictured: list[str] = []

    class NotedCapture(Capture):
        def __init__(self, tab: object, window: object, target: Path) -> None:
            super().__init__(tab, window, target)  # type: ignore[arg-type]  # as they came
            pictured.append(tab.url)  # type: ignore[attr-defined]  # a tab

    monkeypatch.setattr(module, "Capture", NotedCapture)
    starts.then = _settle
    options = Options(private=True, screenshot=tmp_path / "a.png", addresses=("os://newtab", "os://settings"))
    assert run(options) == 0
    assert pictured == ["os://settings"]
