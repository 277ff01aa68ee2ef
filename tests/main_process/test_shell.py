"""What concerns more than one tab: windows, greetings, news for all, and the end."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from main_process.options import Options
from main_process.session_store import SavedTab, SavedWindow, Session
from main_process.window.tab_interface import TabState
from main_process.window.theme import theme
from shared.channels.navigate import Navigate
from shared.channels.settings import SettingsUpdate, SettingsValues
from shared.channels.system import (
    Appearance,
    ColorScheme,
    PowerSource,
    PowerState,
    SystemEvent,
    SystemEventKind,
)
from shared.channels.tab import TabUpdate
from shared.errors import BadCall, ErrorCode, Refused
from shared.ipc_channel import IPCChannel
from shared.tasks import Future, settled
from tests.main_process.fake_process import FakeProcess, pump
from tests.main_process.plugin_folder import plugin
from tests.main_process.shell_bench import Bench, running_shell

SETTINGS = "os://settings"
NEW_TAB = "os://newtab"
A = "https://a.example/"


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Bench]:
    with running_shell(qtbot, monkeypatch, Options(), tmp_path / "profile") as bench:
        yield bench


def heard(process: FakeProcess, channel: IPCChannel) -> list[object]:
    """What the page was told, and will be, on ``channel``."""
    told: list[object] = []
    process.peer.session.on(channel, told.append)
    return told


class TestServing:
    def test_a_page_is_greeted_with_what_it_starts_with(self, bench: Bench) -> None:
        _, process = bench.open(NEW_TAB)
        assert heard(process, IPCChannel.APPEARANCE_STATE) == [theme().appearance()]
        assert heard(process, IPCChannel.POWER_STATE) == [bench.shell.power.state]
        assert heard(process, IPCChannel.SETTINGS_STATE) == []

    def test_who_may_read_settings_has_them_at_once(self, bench: Bench) -> None:
        _, process = bench.open(SETTINGS)
        assert heard(process, IPCChannel.SETTINGS_STATE) == [bench.shell.settings.snapshot()]

    def test_a_page_may_do_what_it_was_granted_alone(self, bench: Bench) -> None:
        _, process = bench.open(NEW_TAB)
        listed = process.peer.session.invoke(IPCChannel.PAGES_LIST)
        denied = process.peer.session.invoke(IPCChannel.SETTINGS_GET)
        pump()
        assert listed.result() == bench.shell.plugins.listing()
        assert isinstance(denied.exception(), Refused)

    def test_a_plugins_own_page_reads_its_folder_and_has_its_channels(
        self, bench: Bench, tmp_path: Path
    ) -> None:
        folder = plugin(tmp_path / "hello")
        url = bench.shell.plugins.add_folder(folder)
        contracts = bench.shell.plugins.resolve(url).plugin.contracts
        _, process = bench.open(url)
        assert bench.supervisor.reaches == [(folder,)]
        assert bench.supervisor.made[-1].called == "hello"
        (channel,) = contracts
        process.peer.session.extend(contracts)
        process.peer.session.handle(channel, lambda asked: asked)
        answered = process.peer.session.invoke(channel)
        pump()
        assert answered.exception() is None
        _, other = bench.open(NEW_TAB)
        with pytest.raises(BadCall, match="no channel"):
            other.link.session.invoke(channel)

    def test_a_page_speaks_for_its_own_tab(self, bench: Bench) -> None:
        (first, _), (second, process) = bench.open(), bench.open()
        process.peer.session.send(IPCChannel.TAB_UPDATE, TabUpdate(title="mine"))
        pump()
        assert (first.title, second.title) == ("New tab", "mine")

    def test_the_spare_is_dressed_before_anybody_needs_it(self, bench: Bench) -> None:
        spare = bench.supervisor.bear(FakeProcess())
        pump()
        assert heard(spare, IPCChannel.APPEARANCE_STATE) == [theme().appearance()]
        assert bench.shell.gate.number_of(spare.link.session) is not None

    def test_a_closed_link_is_the_gates_no_more(self, bench: Bench) -> None:
        tab, process = bench.open()
        assert len(bench.shell.gate) == 1
        process.die()
        assert len(bench.shell.gate) == 0
        assert tab.state is TabState.CRASHED


class TestNews:
    def test_a_changed_setting_is_told_to_who_may_read_them(self, bench: Bench) -> None:
        (_, reader), (_, other) = bench.open(SETTINGS), bench.open(NEW_TAB)
        told, told_other = heard(reader, IPCChannel.SETTINGS_STATE), heard(other, IPCChannel.SETTINGS_STATE)
        change = SettingsUpdate(key="search.template", value="https://find.example/?q={query}")
        answered = reader.peer.session.invoke(IPCChannel.SETTINGS_UPDATE, change)
        bench.settle(answered)
        pump()
        assert len(told) == 2
        assert told[-1] == answered.result() == bench.shell.settings.snapshot()
        assert isinstance(told[-1], SettingsValues)
        assert told_other == []

    def test_a_page_that_has_gone_is_told_nothing(self, bench: Bench) -> None:
        tab, _ = bench.open(SETTINGS)
        bench.open(NEW_TAB)
        bench.shell.close_tab(tab)
        bench.settle(bench.shell.settings.update("appearance.theme", "dark"))
        assert theme().scheme is ColorScheme.DARK

    def test_another_theme_is_told_to_every_page(self, bench: Bench) -> None:
        pages = [bench.open(url)[1] for url in (SETTINGS, NEW_TAB)]
        told = [heard(page, IPCChannel.APPEARANCE_STATE) for page in pages]
        bench.settle(bench.shell.settings.update("appearance.theme", "dark"))
        pump()
        for states in told:
            assert isinstance(states[-1], Appearance)
            assert states[-1].scheme is ColorScheme.DARK

    def test_a_new_window_opens_with_the_first_page(self, bench: Bench) -> None:
        bench.open()
        bench.settle(bench.shell.settings.update("startup.page", SETTINGS))
        bench.shell.windows[0].new_window_requested.emit()
        assert [[tab.url for tab in window.tabs()] for window in bench.shell.windows] == [
            [NEW_TAB],
            [SETTINGS],
        ]

    def test_settings_of_the_shell_itself_are_in_force_at_once(self, bench: Bench) -> None:
        bench.settle(bench.shell.settings.update("processes.hang_seconds", 17))
        assert bench.supervisor.hang_monitor.threshold == 17

    def test_power_and_waking_up_are_told(self, bench: Bench) -> None:
        _, page = bench.open()
        events, states = heard(page, IPCChannel.SYSTEM_EVENT), heard(page, IPCChannel.POWER_STATE)
        bench.supervisor.hang_monitor.resumed.emit()
        bench.shell.power.state = PowerState(source=PowerSource.BATTERY, charge=0.5)
        bench.shell.power.changed.emit()
        pump()
        assert events == [SystemEvent(kind=SystemEventKind.RESUMED)]
        assert states[-1] == bench.shell.power.state

    def test_who_hangs_is_one_tab(self, bench: Bench) -> None:
        (first, process), (second, _) = bench.open(), bench.open()
        bench.supervisor.hang_monitor.hung.emit(process.link)
        assert (first.hung, second.hung) == (True, False)
        bench.supervisor.hang_monitor.responsive.emit(process.link)
        assert first.hung is False


class TestWindows:
    def test_a_tab_opens_in_the_newest_window_or_makes_one(self, bench: Bench) -> None:
        bench.open()
        second = bench.shell.open_window()
        bench.open()
        assert [len(window.tabs()) for window in bench.shell.windows] == [1, 1]
        assert bench.shell.windows[1] is second
        assert second.size().toTuple() == bench.shell.options.size

    def test_the_last_tab_takes_its_window_along_and_the_last_window_the_shell(self, bench: Bench) -> None:
        (first, _), _ = bench.open(), bench.shell.open_window()
        (second, _) = bench.open()
        bench.shell.close_tab(second)
        assert len(bench.shell.windows) == 1
        with bench.qtbot.waitSignal(bench.shell.finished):
            bench.shell.close_tab(first)

    def test_a_closed_window_closes_its_tabs_and_no_others(self, bench: Bench) -> None:
        first, _ = bench.open()
        window = bench.shell.open_window()
        others = [bench.open() for _ in range(2)]
        window.close()
        assert bench.shell.tabs == [first]
        bench.qtbot.waitUntil(lambda: not any(map(isValid, (window, *(tab for tab, _ in others)))))
        assert all(process.is_closed for _, process in others)

    def test_a_tab_closed_by_mistake_comes_back(self, bench: Bench) -> None:
        bench.open()
        tab = bench.shell.open_tab(A)
        bench.shell.close_tab(tab)
        window = bench.shell.windows[0]
        window.closed_tab_requested.emit()
        assert [tab.url for tab in bench.shell.tabs] == [NEW_TAB, A]
        window.closed_tab_requested.emit()
        assert len(bench.shell.tabs) == 2

    def test_a_new_tab_page_is_not_worth_remembering(self, bench: Bench) -> None:
        bench.open()
        tab, _ = bench.open()
        bench.shell.close_tab(tab)
        assert bench.shell.session.closed == []

    def test_a_tab_that_is_closed_is_in_no_window(self, bench: Bench) -> None:
        bench.open()
        tab, _ = bench.open()
        bench.shell.close_tab(tab)
        with pytest.raises(BadCall) as caught:
            bench.shell.window_of(tab)
        assert caught.value.code is ErrorCode.NOT_FOUND

    def test_where_inspectors_attach_is_said(self, bench: Bench) -> None:
        bench.open()
        window = bench.shell.windows[0]
        window.inspector_requested.emit()
        (message,) = window.infobars.messages()
        assert "start the shell with --inspect" in message.text


class TestPages:
    def test_a_page_that_asks_is_answered_before_it_goes(self, bench: Bench) -> None:
        bench.open()
        tab, process = bench.open()
        asked = process.peer.session.invoke(IPCChannel.TAB_DELETE)
        bench.qtbot.waitUntil(lambda: process.peer.is_closed)
        assert asked.exception() is None
        assert tab not in bench.shell.tabs

    def test_it_navigates_where_words_lead_once_it_is_answered(self, bench: Bench) -> None:
        tab, process = bench.open()
        asked = process.peer.session.invoke(IPCChannel.NAVIGATE, Navigate(url="two words"))
        bench.qtbot.waitUntil(lambda: process.peer.is_closed)
        assert asked.exception() is None
        assert "two%20words" in tab.url

    def test_what_was_asked_of_a_tab_that_closed_meanwhile_is_over(self, bench: Bench) -> None:
        bench.open()
        tab, _ = bench.open()
        bench.shell.navigate_soon(tab, SETTINGS)
        bench.shell.close_tab_soon(tab)
        bench.shell.close_tab(tab)
        pump()
        assert tab.url == NEW_TAB
        assert len(bench.shell.tabs) == 1

    @pytest.mark.parametrize("text", ["file:///etc/passwd", "/etc/passwd", "~/secret", "javascript:alert(1)"])
    def test_pages_open_no_files_and_run_nothing(self, bench: Bench, text: str) -> None:
        tab, _ = bench.open()
        with pytest.raises(BadCall) as caught:
            bench.shell.address_for_page(text, tab)
        assert caught.value.path == "$.url"


def _quit(bench: Bench) -> None:
    with bench.qtbot.waitSignal(bench.shell.finished):
        bench.shell.quit()
        bench.shell.quit()


class TestTheEnd:
    def test_pages_are_told_once(self, bench: Bench) -> None:
        _, page = bench.open()
        events = heard(page, IPCChannel.SYSTEM_EVENT)
        _quit(bench)
        pump()
        assert events == [SystemEvent(kind=SystemEventKind.QUITTING)]

    def test_what_is_open_is_stored_and_the_next_start_finds_it(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        with running_shell(qtbot, monkeypatch, Options(), tmp_path) as bench:
            bench.open()
            bench.shell.open_tab(A)
            _quit(bench)
        tabs = (SavedTab(url=NEW_TAB, title="New tab"), SavedTab(url=A))
        with running_shell(qtbot, monkeypatch, Options(), tmp_path) as bench:
            previous = bench.shell.session.previous
            assert previous.windows == (SavedWindow(tabs=tabs, active=1),)
            assert previous.ended

    def test_a_pictures_tab_takes_no_one_elses_place(
        self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        for options in (Options(), Options(screenshot=tmp_path / "a.png"), Options()):
            with running_shell(qtbot, monkeypatch, options, tmp_path) as bench:
                previous = bench.shell.session.previous
                bench.open(NEW_TAB if options.screenshot else SETTINGS)
                _quit(bench)
        assert [tab.url for window in previous.windows for tab in window.tabs] == [SETTINGS]

    def test_a_private_shell_remembers_nothing(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        with running_shell(qtbot, monkeypatch, Options(private=True)) as bench:
            bench.open()
            bench.shell.close_tab(bench.shell.open_tab(A))
            stored: list[object] = []

            def note(name: str, value: object) -> Future[None]:
                stored.append(value)
                return settled(None)

            monkeypatch.setattr(bench.shell.storage, "set_document", note)
            bench.shell.session.save()
            assert stored == [Session(ended=False)]
            assert bench.shell.windows[0].private

    def test_shut_down_nothing_is_served_or_stored(self, bench: Bench) -> None:
        tab, process = bench.open()
        bench.shell.shut_down()
        assert (tab.state, process.is_closed, bench.supervisor.is_shut_down) == (TabState.CLOSED, True, True)
        stored = bench.shell.storage.set_document("late", 1)
        assert stored.exception() is not None

    def test_options_of_this_run_are_in_force(self, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
        options = Options(private=True, theme="dark", inspect=True, size=(700, 500))
        with running_shell(qtbot, monkeypatch, options) as bench:
            bench.open()
            window = bench.shell.windows[0]
            window.inspector_requested.emit()
            assert theme().scheme is ColorScheme.DARK
            assert bench.shell.recorder is not None
            assert window.size().toTuple() == (700, 500)
            assert "Inspectors may attach" in window.infobars.messages()[0].text


def test_the_theme_outlives_a_shell(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_shell(qtbot, monkeypatch, Options(private=True)) as bench:
        bench.open()
    theme().set_choice("dark")
    assert not isValid(bench.shell)
