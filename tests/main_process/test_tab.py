"""One tab over servers that the test gives it: what it shows, and who serves it when."""

import logging
from pathlib import Path

import pytest

from main_process.supervisor.death import DeathReason, LaunchFailed
from main_process.tab import FILE_NOT_FOUND, INVALID_RESPONSE
from main_process.window.tab_interface import TabState
from shared.channels.page import PageRendererGone, RendererGoneStatus
from shared.channels.tab import TabUpdate
from shared.errors import BadCall, ErrorCode, Late
from shared.ipc_channel import IPCChannel
from tests.main_process.fake_process import CRASH, pump
from tests.main_process.plugin_folder import plugin
from tests.main_process.tab_bench import NEW_TAB, SETTINGS, A, B, Bench, answering, bench

__all__ = ["bench"]


class TestOpening:
    def test_a_plugin_page_is_told_what_to_become_and_is_there_with_its_first_frame(
        self, bench: Bench
    ) -> None:
        tab = bench.tab
        tab.view.show()
        tab.navigate(SETTINGS)
        assert (tab.state, tab.loading, tab.url, tab.title) == (TabState.STARTING, True, SETTINGS, "Settings")
        assert not tab.is_settled
        process = bench.births.give()
        assert tab.server is process
        opening, _ = bench.births.openings[0]
        assert (opening.url, opening.path) == (SETTINGS, "")
        bench.births.answer_opening()
        assert (tab.loading, tab.state, bench.settled) == (False, TabState.STARTING, 0)
        bench.show_frame()
        assert (tab.state, tab.is_settled, bench.settled) == (TabState.LIVE, True, 1)

    def test_behind_other_tabs_a_page_is_there_without_a_frame(self, bench: Bench) -> None:
        bench.tab.navigate(SETTINGS)
        bench.births.give()
        bench.births.answer_opening()
        assert (bench.tab.state, bench.settled) == (TabState.LIVE, 1)

    def test_a_page_that_paints_before_it_is_there_is_settled_once(self, bench: Bench) -> None:
        bench.tab.navigate(SETTINGS)
        bench.births.give()
        bench.show_frame()
        assert (bench.tab.state, bench.settled) == (TabState.LIVE, 0)
        bench.births.answer_opening()
        assert bench.settled == 1

    def test_an_address_that_does_not_exist_fails_with_what_there_is(self, bench: Bench) -> None:
        bench.tab.navigate("os://nowhere")
        failure = bench.tab.load_failure
        assert failure is not None
        assert (failure.url, failure.code) == ("os://nowhere", FILE_NOT_FOUND)
        assert "os://settings" in failure.description
        assert (bench.tab.state, bench.settled) == (TabState.LOAD_FAILED, 1)
        assert "there is no page os://nowhere" in bench.tab.details()

    def test_a_plugin_that_its_author_broke_says_where_and_is_mended_by_a_reload(
        self, bench: Bench, tmp_path: Path
    ) -> None:
        file = plugin(tmp_path / "hello") / "plugin.toml"
        url = bench.births.plugins.add_folder(file.parent)
        text = file.read_text()
        file.write_text(text.replace("verb", "vreb"))
        bench.tab.navigate(url)
        failure = bench.tab.load_failure
        assert failure is not None
        assert (failure.code, bench.tab.state) == (INVALID_RESPONSE, TabState.LOAD_FAILED)
        assert "did you mean 'verb'?" in failure.description
        file.write_text(text)
        bench.tab.reload()
        bench.births.give()
        assert bench.births.openings[-1][0].url == url

    @pytest.mark.parametrize(
        ("error", "code"),
        [
            (LaunchFailed(CRASH), CRASH.code),
            (Late(ErrorCode.DEADLINE, "no answer"), "BOS-LAUNCH-FAILED-DEADLINE"),
            (OSError("no memory"), "BOS-LAUNCH-FAILED-INTERNAL"),
        ],
        ids=["launch", "protocol", "fault"],
    )
    def test_no_server_is_a_crash_that_says_why(
        self, bench: Bench, error: Exception, code: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        bench.tab.navigate(A)
        with caplog.at_level(logging.CRITICAL):
            bench.births.asked[0].server.set_exception(error)
        assert bench.tab.death is not None
        assert (bench.tab.death.code, bench.tab.state, bench.tab.loading) == (code, TabState.CRASHED, False)
        assert bench.settled == 1

    def test_a_page_that_cannot_be_shown_is_let_go(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def refuse(_: object) -> None:
            raise OSError("no memory for its pixels")

        monkeypatch.setattr(bench.tab.view, "attach", refuse)
        bench.tab.navigate(A)
        with caplog.at_level(logging.ERROR):
            process = bench.births.give()
        assert process.is_closed
        assert bench.tab.server is None
        assert bench.tab.death is not None
        assert "no memory for its pixels" in bench.tab.death.words

    def test_a_page_that_would_not_open_keeps_its_process_to_say_why(self, bench: Bench) -> None:
        bench.tab.navigate(SETTINGS)
        process = bench.births.give()
        bench.show_frame()
        bench.births.answer_opening(BadCall(ErrorCode.HANDLER_FAILED, "ImportError"))
        assert (bench.tab.server, bench.tab.state, bench.tab.loading) == (process, TabState.LIVE, False)
        assert bench.settled == 1

    @pytest.mark.parametrize(("told", "shown"), [(A, A), ("", "about:blank"), (SETTINGS, "about:blank")])
    def test_a_popup_is_the_page_that_the_host_holds_and_no_other(
        self, bench: Bench, told: str, shown: str
    ) -> None:
        bench.tab.adopt_popup(7, told)
        asked = bench.births.asked[0]
        assert (asked.popup, asked.url, bench.tab.url) == (7, None, shown)


class TestRaces:
    def test_a_server_that_comes_after_the_user_went_on_is_closed(self, bench: Bench) -> None:
        bench.tab.navigate(SETTINGS)
        bench.tab.navigate(A)
        late = bench.births.give(0)
        served = [bench.tab.server]
        wanted = bench.births.give(1)
        assert [*served, bench.tab.server] == [None, wanted]
        assert (late.is_closed, wanted.is_closed) == (True, False)
        assert bench.births.openings == []

    def test_a_failure_that_comes_after_the_user_went_on_is_nobodys(self, bench: Bench) -> None:
        bench.tab.navigate(A)
        bench.tab.navigate(SETTINGS)
        bench.births.asked[0].server.set_exception(LaunchFailed(CRASH))
        assert (bench.tab.state, bench.tab.death) == (TabState.STARTING, None)

    def test_an_opening_that_is_answered_too_late_changes_nothing(self, bench: Bench) -> None:
        bench.page()
        bench.tab.navigate(NEW_TAB)
        old = bench.births.give()
        bench.tab.navigate(SETTINGS)
        assert old.is_closed
        bench.births.answer_opening()
        assert (bench.tab.state, bench.tab.loading) == (TabState.STARTING, True)

    def test_a_closed_tab_takes_no_server_and_closes_once(self, bench: Bench) -> None:
        bench.tab.navigate(A)
        bench.tab.close()
        bench.tab.close()
        late = bench.births.give()
        assert (bench.tab.state, bench.tab.server, bench.closed) == (TabState.CLOSED, None, 1)
        assert late.is_closed

    def test_the_death_of_a_former_server_is_no_news(self, bench: Bench) -> None:
        former = bench.page()
        bench.tab.navigate(NEW_TAB)
        former.died.emit(CRASH)
        assert (bench.tab.state, bench.tab.death) == (TabState.STARTING, None)


class TestDeath:
    def test_a_crash_is_kept_for_who_asks_and_reload_begins_anew(self, bench: Bench) -> None:
        process = bench.page()
        bench.tab.set_hung(True)
        bench.tab.apply(TabUpdate(status="counting"))
        process.die()
        tab = bench.tab
        assert (tab.state, tab.death, tab.hung, tab.server) == (TabState.CRASHED, CRASH, False, None)
        assert tab.status == ""
        for part in (SETTINGS, CRASH.code, "-11", "its last words", "its stacks"):
            assert part in tab.details()
        tab.reload()
        assert (tab.state, tab.death, tab.url, tab.generation) == (TabState.STARTING, None, SETTINGS, 2)
        assert bench.births.give() is tab.server

    def test_three_in_a_minute_are_a_loop(self, bench: Bench) -> None:
        for expected in (False, False, True):
            bench.page().die()
            assert bench.tab.crash_loop is expected

    @pytest.mark.parametrize(
        ("status", "exit_code", "code"),
        [
            (RendererGoneStatus.CRASHED, 11, "BOS-CRASHED-SIGSEGV"),
            (RendererGoneStatus.KILLED, 9, "BOS-KILLED-SIGKILL"),
            (RendererGoneStatus.ABNORMAL, 3, "BOS-ABNORMAL-EXIT-3"),
            (RendererGoneStatus.NORMAL, 0, "BOS-CLEAN-EXIT"),
        ],
    )
    def test_chromiums_process_may_end_while_the_host_lives(
        self, bench: Bench, status: RendererGoneStatus, exit_code: int, code: str
    ) -> None:
        process = bench.web()
        asked = answering(process, IPCChannel.NAVIGATE_RELOAD)
        bench.tab.lose_renderer(PageRendererGone(status=status, exit_code=exit_code))
        assert f"Code: {code}\n" in bench.tab.details()
        assert bench.tab.state is TabState.CRASHED
        bench.tab.reload()
        pump()
        assert len(asked) == 1
        assert (bench.tab.server, bench.tab.generation, bench.tab.death) == (process, 1, None)
        assert bench.tab.is_settled is False

    def test_a_page_that_hangs_is_ended_for_that_and_started_anew(self, bench: Bench) -> None:
        process = bench.web()
        changes = bench.changes
        for _ in range(2):
            bench.tab.set_hung(True)
        assert bench.changes == changes + 1
        assert "it does not answer" in bench.tab.details()
        assert "where it is" in bench.tab.details()
        bench.tab.reload()
        assert process.killed == [(DeathReason.HUNG, None)]
        assert process.is_closed
        assert not bench.tab.hung
        assert bench.births.give() is bench.tab.server

    def test_a_host_whose_link_is_closed_is_asked_nothing(self, bench: Bench) -> None:
        process = bench.web()
        process.link.close()
        bench.tab.stop()
        bench.tab.navigate(B)
        assert bench.tab.generation == 2
