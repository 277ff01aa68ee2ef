"""Second starts and inspectors, over the real sockets of a shell without processes."""

import contextlib
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from main_process import capture
from main_process.doors import Doors
from main_process.options import Options
from renderer.link import Link as PeerLink
from shared.channels.inspector import InspectorAttach, ShellDescription
from shared.channels.instance import InstanceOpen
from shared.contract import Party
from shared.errors import BadCall, ErrorCode
from shared.ipc_channel import IPCChannel
from shared.runtime_paths import INSPECTOR_SOCKET, INSPECTOR_TOKEN, INSTANCE_SOCKET
from shared.session import Session, Side
from shared.tasks import Future
from tests.main_process.fake_process import CRASH, pump
from tests.main_process.plugin_folder import plugin
from tests.main_process.shell_bench import Bench, running_shell

A = "https://a.example/"


class House:
    """A shell with open doors, and who comes to them."""

    def __init__(self, bench: Bench, qtbot: QtBot) -> None:
        self.bench = bench
        self.runtime = bench.shell.profile.runtime
        self._qtbot = qtbot
        self._links: list[PeerLink] = []

    def come(self, name: str, party: Party) -> PeerLink:
        """Connect and be greeted."""
        endpoint = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        endpoint.connect(str(self.runtime / name))
        link = PeerLink(Session(side=Side.PEER, party=party), endpoint, on_main_gone=lambda: None)
        self._links.append(link)
        with self._qtbot.waitSignal(link.opened):
            link.session.start()
        return link

    def ask(self, opening: InstanceOpen) -> Future[Any]:
        """A second start."""
        return self.come(INSTANCE_SOCKET, Party.INSTANCE).session.invoke(IPCChannel.INSTANCE_OPEN, opening)

    def answer(self, opening: InstanceOpen) -> BaseException | None:
        """The same, to its end."""
        asked = self.ask(opening)
        self._qtbot.waitUntil(asked.done)
        return asked.exception()

    @property
    def urls(self) -> list[str]:
        return [tab.url for tab in self.bench.shell.tabs]

    def leave(self) -> None:
        for link in self._links:
            link.close()


Open = Callable[[Options], contextlib.AbstractContextManager[House]]


@pytest.fixture
def open_house(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """Doors open on a shell with one tab."""
    monkeypatch.setattr(capture, "QUIET_MS", 5)

    @contextlib.contextmanager
    def opened(options: Options) -> Iterator[House]:
        directory = None if options.private else tmp_path / "profile"
        with running_shell(qtbot, monkeypatch, options, directory) as bench:
            bench.open()
            doors = Doors(bench.shell)
            doors.open()
            house = House(bench, qtbot)
            try:
                yield house
            finally:
                house.leave()
                doors.close()
                pump()
            assert list(bench.shell.profile.runtime.glob("ins*")) == []

    return opened


@pytest.fixture
def house(open_house: Open) -> Iterator[House]:
    with open_house(Options()) as house:
        yield house


class TestSecondStarts:
    def test_its_addresses_are_tabs_of_the_newest_window(self, house: House) -> None:
        window = house.bench.shell.open_window()
        assert house.answer(InstanceOpen(urls=(A, "os://settings"))) is None
        assert [tab.url for tab in window.tabs()] == [A, "os://settings"]

    def test_without_any_it_is_a_new_tab(self, house: House) -> None:
        assert house.answer(InstanceOpen()) is None
        assert house.urls == ["os://newtab", "os://newtab"]

    def test_a_plugins_folder_is_known_and_opened(self, house: House, tmp_path: Path) -> None:
        assert house.answer(InstanceOpen(urls=(str(plugin(tmp_path / "hello")),))) is None
        assert house.urls[-1] == "os://hello"

    def test_one_impossible_address_opens_nothing_and_is_told(self, house: House) -> None:
        error = house.answer(InstanceOpen(urls=(A, "javascript:alert(1)")))
        assert isinstance(error, BadCall)
        assert (error.code, error.path) == (ErrorCode.INVALID_PAYLOAD, "$.urls")
        assert house.urls == ["os://newtab"]

    def test_a_folder_that_is_no_good_plugin_is_told(self, house: House, tmp_path: Path) -> None:
        folder = plugin(tmp_path / "hello")
        (folder / "first.py").unlink()
        error = house.answer(InstanceOpen(urls=(str(folder),)))
        assert isinstance(error, BadCall)
        assert "first" in error.message

    def test_a_picture_of_what_stands_there(self, house: House, tmp_path: Path) -> None:
        assert house.answer(InstanceOpen(screenshot=str(tmp_path / "a.png"))) is None
        assert (tmp_path / "a.png").exists()
        assert house.urls == ["os://newtab"]

    def test_a_picture_of_what_is_opened_waits_for_it(self, house: House, tmp_path: Path) -> None:
        house.bench.supervisor.is_slow = True
        asked = house.ask(InstanceOpen(urls=("os://settings",), screenshot=str(tmp_path / "a.png")))
        pump()
        assert not asked.done()
        process = house.bench.supervisor.give()
        process.peer.session.open()
        pump()
        house.bench.shell.tabs[-1].view.first_frame_shown.emit()
        house._qtbot.waitUntil(asked.done)
        assert asked.exception() is None
        assert (tmp_path / "a.png").exists()

    def test_no_picture_of_a_loaded_page_is_told(self, house: House, tmp_path: Path) -> None:
        house.bench.supervisor.made[0].die()
        error = house.answer(InstanceOpen(screenshot=str(tmp_path / "a.png")))
        assert isinstance(error, BadCall)
        assert error.code is ErrorCode.HANDLER_FAILED
        assert CRASH.code in error.message

    def test_it_is_the_gates_while_it_is_there(self, house: House) -> None:
        before = len(house.bench.shell.gate)
        link = house.come(INSTANCE_SOCKET, Party.INSTANCE)
        assert len(house.bench.shell.gate) == before + 1
        link.close()
        house._qtbot.waitUntil(lambda: len(house.bench.shell.gate) == before)


class TestWhichDoors:
    def test_a_private_shell_has_no_second_start(self, open_house: Open) -> None:
        with open_house(Options(private=True)) as house:
            assert not (house.runtime / INSTANCE_SOCKET).exists()

    def test_without_inspect_nobody_listens_for_inspectors(self, house: House) -> None:
        assert (house.runtime / INSTANCE_SOCKET).exists()
        assert not (house.runtime / INSPECTOR_SOCKET).exists()
        assert not (house.runtime / INSPECTOR_TOKEN).exists()

    def test_with_it_who_shows_the_token_is_told_what_runs(self, open_house: Open, qtbot: QtBot) -> None:
        with open_house(Options(inspect=True)) as house:
            session = house.come(INSPECTOR_SOCKET, Party.INSPECTOR).session
            token = (house.runtime / INSPECTOR_TOKEN).read_text()
            attached = session.invoke(
                IPCChannel.INSPECTOR_ATTACH, InspectorAttach(token=token, records=False)
            )
            qtbot.waitUntil(attached.done)
            assert attached.exception() is None
            described = session.invoke(IPCChannel.INSPECTOR_DESCRIBE)
            qtbot.waitUntil(described.done)
            assert isinstance(described.result(), ShellDescription)
            assert [tab.url for tab in described.result().windows[0].tabs] == ["os://newtab"]
