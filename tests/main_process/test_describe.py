"""What inspectors are told of a running shell."""

import os
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from main_process.describe import describe
from main_process.options import Options
from shared.channels.inspector import ShellDescription
from shared.values import decode, decoder, encode
from tests.main_process.fake_process import pump
from tests.main_process.shell_bench import Bench, running_shell


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    with running_shell(qtbot, monkeypatch, Options(private=True, size=(900, 600))) as bench:
        yield bench


def test_processes_are_named(bench: Bench) -> None:
    before = describe(bench.shell)
    assert (before.pid, before.zygote, before.spare) == (os.getpid(), 41, 42)
    assert (before.web_hosts, before.windows, before.links) == ((), (), 0)
    bench.shell.open_tab("https://a.example/")
    pump()
    after = describe(bench.shell)
    assert after.web_hosts == (bench.supervisor.made[0].pid,)
    assert (after.links, after.isolation) == (2, "as the user")
    assert after.counters == dict(bench.shell.gate.counters())
    assert after.counters["received"] > 0


def test_a_tab_is_told_with_its_process_and_its_place(bench: Bench, qtbot: QtBot) -> None:
    _, first = bench.open("os://settings")
    tab, second = bench.open("os://newtab")
    (window,) = describe(bench.shell).windows
    assert [one.pid for one in window.tabs] == [first.pid, second.pid]
    assert [one.active for one in window.tabs] == [False, True]
    shown = window.tabs[1]
    assert (shown.title, shown.url, shown.state, shown.loading) == ("New tab", "os://newtab", "live", False)
    assert shown.link == bench.shell.gate.number_of(second.link.session)
    assert (shown.generation, shown.frames) == (1, 0)
    x, y, width, height = shown.surface
    left, top, whole_width, whole_height = window.rectangle
    assert (whole_width, whole_height) == (900, 600)
    assert left <= x < x + width <= left + whole_width
    assert top < y < y + height <= top + whole_height
    assert window.widgets["window"] == window.rectangle
    assert tab.view.size().toTuple() == (width, height)


def test_hanging_and_crashed_tabs_are_told_as_such(bench: Bench) -> None:
    tab, process = bench.open()
    tab.set_hung(True)
    assert describe(bench.shell).windows[0].tabs[0].state == "hung"
    process.die()
    gone = describe(bench.shell).windows[0].tabs[0]
    assert (gone.state, gone.pid, gone.link) == ("crashed", None, None)


def test_windows_are_numbered_as_they_stand(bench: Bench) -> None:
    for _ in range(2):
        bench.shell.open_window()
        bench.open()
    assert [window.window_id for window in describe(bench.shell).windows] == [0, 1]


def test_it_can_be_sent(bench: Bench) -> None:
    bench.open()
    described = describe(bench.shell)
    assert decode(decoder(ShellDescription), encode(described)) == described
