"""What the shell does for web pages, and what it does not let them do."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from main_process.describe import describe
from main_process.options import Options
from main_process.sandbox_check import SandboxLevel, SandboxReport
from main_process.window.theme import theme
from shared.channels.navigate import Navigate
from shared.channels.page import PagePopup
from shared.channels.tab import TabUpdate
from shared.contract import Party
from shared.errors import BadCall
from shared.ipc_channel import IPCChannel
from tests.main_process.fake_process import FakeWebHost, pump
from tests.main_process.shell_bench import Bench, running_shell

SETTINGS = "os://settings"
A = "https://a.example/"


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    with running_shell(qtbot, monkeypatch, Options(), tmp_path / "profile") as bench:
        yield bench


def test_a_web_page_is_one_of_the_hosts(bench: Bench) -> None:
    tab = bench.shell.open_tab(A)
    pump()
    (host,) = bench.supervisor.made
    assert isinstance(host, FakeWebHost)
    assert [opening.url for opening in host.opened] == [A]
    assert tab.server is not None
    assert tab.server.link.session.party is Party.WEB_TAB
    states: list[object] = []
    host.tabs[0].session.on(IPCChannel.APPEARANCE_STATE, states.append)
    pump()
    assert states == [theme().appearance()]


def test_a_page_opens_no_tab_that_the_user_did_not_ask_for(bench: Bench) -> None:
    opener = bench.shell.open_tab(A)
    pump()
    (host,) = bench.supervisor.made
    assert isinstance(host, FakeWebHost)
    told: list[str] = []
    page = host.tabs[0].session
    page.refusal = lambda channel, error: told.append(f"{channel} {error.code}")
    page.send(IPCChannel.PAGE_POPUP, PagePopup(popup=5))
    pump()
    assert told == ["page:popup permission-denied"]
    QTest.mouseClick(opener.view, Qt.MouseButton.LeftButton)
    for popup in (6, 7):
        page.send(IPCChannel.PAGE_POPUP, PagePopup(popup=popup))
    pump()
    assert [opening.popup for opening in host.opened] == [None, 6]
    assert len(told) == 2
    QTest.mouseClick(opener.view, Qt.MouseButton.LeftButton)
    opener.navigate(SETTINGS)
    assert not opener.view.take_activation()


def test_web_pages_without_a_sandbox_are_warned_of(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    report = SandboxReport(level=SandboxLevel.NONE, reasons=("process 9: amiss",))
    monkeypatch.setattr(bench.shell.sandbox, "_check", lambda host: report)
    tab = bench.shell.open_tab(A)
    pump()
    tab.view.first_frame_shown.emit()
    assert bench.shell.windows[0].infobars.messages() == []
    with caplog.at_level(logging.WARNING):
        tab.apply(TabUpdate(loading=False))
    assert [bar.key for bar in bench.shell.windows[0].infobars.messages()] == ["sandbox"]
    assert "process 9: amiss" in caplog.text
    assert describe(bench.shell).sandbox == "none"


@pytest.mark.parametrize("background", [False, True])
def test_a_popup_is_adopted_beside_its_opener(bench: Bench, background: bool) -> None:
    opener = bench.shell.open_tab(A)
    pump()
    QTest.mouseClick(opener.view, Qt.MouseButton.MiddleButton)
    bench.shell.adopt_popup(opener, PagePopup(popup=5, url="https://b.example/", background=background))
    pump()
    (host,) = bench.supervisor.made
    assert isinstance(host, FakeWebHost)
    assert [(opening.url, opening.popup) for opening in host.opened] == [(A, None), (None, 5)]
    window = bench.shell.windows[0]
    assert [tab.url for tab in window.tabs()] == [A, "https://b.example/"]
    assert window.current_tab is window.tabs()[0 if background else 1]


@pytest.mark.parametrize("text", ["os://settings", "OS://settings", " os://hello/"])
def test_web_pages_reach_no_page_of_the_shell(bench: Bench, text: str) -> None:
    tab = bench.shell.open_tab(A)
    pump()
    (host,) = bench.supervisor.made
    assert isinstance(host, FakeWebHost)
    asked = host.tabs[0].session.invoke(IPCChannel.NAVIGATE, Navigate(url=text))
    pump()
    assert isinstance(asked.exception(), BadCall)
    assert (tab.url, len(bench.supervisor.made)) == (A, 1)
