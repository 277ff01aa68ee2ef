"""When the picture of a window is taken, and what is said if there is none."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from main_process import capture as module
from main_process.capture import Capture
from main_process.options import Options
from main_process.tab import Tab
from shared.channels.page import PageLoadFailed
from shared.channels.tab import TabUpdate
from tests.main_process.fake_process import pump
from tests.main_process.shell_bench import Bench, running_shell

NEVER_MS = 100_000
SOON_MS = 20


class Camera:
    """A tab, and pictures of its window."""

    def __init__(self, bench: Bench, target: Path, qtbot: QtBot) -> None:
        self.bench = bench
        self.target = target
        self.finished = 0
        self._qtbot = qtbot

    def wait_for(self, tab: Tab) -> Capture:
        """Take the picture of ``tab``'s window once it is time."""
        capture = self.begin(tab)
        self._qtbot.waitUntil(lambda: self.finished > 0)
        return capture

    def begin(self, tab: Tab) -> Capture:
        capture = Capture(tab, self.bench.shell.windows[0], self.target)
        capture.finished.connect(self._on_capture_finished)
        return capture

    def _on_capture_finished(self) -> None:
        self.finished += 1


@pytest.fixture
def camera(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Camera]:
    monkeypatch.setattr(module, "QUIET_MS", SOON_MS)
    monkeypatch.setattr(module, "PATIENCE_MS", NEVER_MS)
    with running_shell(qtbot, monkeypatch, Options(private=True, size=(640, 480))) as bench:
        yield Camera(bench, tmp_path / "a.png", qtbot)


def test_a_page_that_is_there_and_quiet_is_pictured_in_its_window(camera: Camera) -> None:
    tab, _ = camera.bench.open()
    assert camera.wait_for(tab).error is None
    picture = QImage(str(camera.target))
    assert (picture.width(), picture.height(), camera.finished) == (640, 480, 1)


def test_it_waits_until_the_page_is_settled(camera: Camera) -> None:
    tab = camera.bench.shell.open_tab("https://a.example/")
    pump()
    camera.begin(tab)
    tab.view.first_frame_shown.emit()
    pump()
    assert not camera.target.exists()
    tab.apply(TabUpdate(loading=False))
    camera._qtbot.waitUntil(camera.target.exists)


def test_each_frame_begins_the_quiet_anew(camera: Camera, qtbot: QtBot) -> None:
    tab, _ = camera.bench.open()
    frames: list[int] = []

    def paint() -> None:
        frames.append(len(frames))
        tab.view.frame_shown.emit(frames[-1])
        if len(frames) == 10:
            timer.stop()

    timer = QTimer(tab, interval=SOON_MS // 4)
    timer.timeout.connect(paint)
    timer.start()
    camera.wait_for(tab)
    assert len(frames) == 10


def test_a_page_that_never_rests_is_pictured_all_the_same(
    camera: Camera, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "QUIET_MS", NEVER_MS)
    monkeypatch.setattr(module, "PATIENCE_MS", SOON_MS)
    tab, _ = camera.bench.open()
    assert camera.wait_for(tab).error is None
    assert camera.target.exists()


def test_a_page_that_goes_on_loading_is_waited_for_again(camera: Camera, qtbot: QtBot) -> None:
    tab, _ = camera.bench.open()
    capture = camera.begin(tab)
    tab.apply(TabUpdate(loading=True))
    qtbot.waitUntil(lambda: not capture._quiet.isActive())
    assert (camera.finished, camera.target.exists()) == (0, False)
    tab.apply(TabUpdate(loading=False))
    qtbot.waitUntil(camera.target.exists)
    assert camera.finished == 1


def test_a_crash_is_pictured_and_told(camera: Camera) -> None:
    tab, process = camera.bench.open()
    process.die()
    capture = camera.wait_for(tab)
    assert capture.error == "os://newtab: The page's process crashed (SIGSEGV). (BOS-CRASHED-SIGSEGV)"
    assert camera.target.exists()


def test_a_failed_load_is_pictured_and_told(camera: Camera) -> None:
    tab = camera.bench.shell.open_tab("https://a.example/")
    pump()
    tab.fail_load(PageLoadFailed(url=tab.url, code=-105, description="ERR_NAME_NOT_RESOLVED"))
    assert camera.wait_for(tab).error == "https://a.example/: ERR_NAME_NOT_RESOLVED (-105)"
    assert camera.target.exists()


def test_a_tab_that_is_closed_first_leaves_no_picture(camera: Camera) -> None:
    camera.bench.open()
    tab, _ = camera.bench.open()
    capture = camera.begin(tab)
    camera.bench.shell.close_tab(tab)
    assert camera.finished == 1
    assert capture.error == "the tab was closed before its page was loaded"
    assert not camera.target.exists()


def test_a_page_that_does_not_come_is_given_up(camera: Camera, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TIMEOUT_SECONDS", 0)
    tab = camera.bench.shell.open_tab("https://a.example/")
    assert camera.wait_for(tab).error == "https://a.example/ was not loaded within 0 s"
    assert not camera.target.exists()


def test_a_picture_that_cannot_be_written_is_told(camera: Camera) -> None:
    tab, _ = camera.bench.open()
    camera.target = camera.target.parent / "nowhere" / "a.png"
    error = camera.wait_for(tab).error
    assert error is not None
    assert "nowhere/a.png: No such file" in error
