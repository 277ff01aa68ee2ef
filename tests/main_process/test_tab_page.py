"""What the user does with a tab's page, and what the page tells of itself."""

import pytest

from main_process.supervisor.death import LaunchFailed, never_launched
from main_process.window.tab_interface import TabState
from shared.channels.navigate import Navigate
from shared.channels.page import PageIcon
from shared.channels.tab import TabUpdate
from shared.contract import Phase
from shared.errors import BadCall, BadMessage, ErrorCode
from shared.ipc_channel import IPCChannel
from tests.main_process.fake_process import pump
from tests.main_process.tab_bench import FAILURE, GONE, NEW_TAB, SETTINGS, A, B, Bench, answering, bench

__all__ = ["bench"]


class TestNavigation:
    def test_from_web_page_to_web_page_the_process_stays(self, bench: Bench) -> None:
        process = bench.web(A)
        asked = answering(process, IPCChannel.NAVIGATE)
        bench.tab.fail_load(FAILURE)
        bench.tab.navigate(B)
        pump()
        assert [payload for payload, _ in asked] == [Navigate(url=B)]
        assert (bench.tab.state, bench.tab.loading, bench.tab.load_failure) == (TabState.LIVE, True, None)
        assert len(bench.births.asked) == 1
        asked[0][1].set_exception(BadCall(ErrorCode.INVALID_PAYLOAD, "no such scheme"))
        pump()
        assert not bench.tab.loading
        assert "no such scheme" in bench.tab.status

    def test_a_plugin_page_always_gets_a_process_of_its_own(self, bench: Bench) -> None:
        first = bench.page()
        bench.tab.reload()
        assert first.is_closed
        assert bench.births.give() is not first

    def test_history_goes_across_processes(self, bench: Bench) -> None:
        tab = bench.tab
        bench.web(A)
        bench.page(SETTINGS)
        assert (tab.can_go_back, tab.can_go_forward) == (True, False)
        tab.back()
        assert (tab.url, tab.can_go_back, tab.can_go_forward) == (A, False, True)
        tab.forward()
        assert (tab.url, tab.can_go_back, tab.can_go_forward) == (SETTINGS, True, False)
        tab.back()
        bench.page(NEW_TAB)
        assert (tab.can_go_back, tab.can_go_forward) == (True, False)
        tab.forward()
        assert tab.url == NEW_TAB

    def test_the_pages_own_history_comes_first_and_ends_with_it(self, bench: Bench) -> None:
        bench.page(SETTINGS)
        process = bench.web(A)
        asked = [
            answering(process, channel) for channel in (IPCChannel.NAVIGATE_BACK, IPCChannel.NAVIGATE_FORWARD)
        ]
        bench.tab.apply(TabUpdate(can_go_back=True, can_go_forward=True))
        bench.tab.back()
        bench.tab.forward()
        pump()
        assert [len(one) for one in asked] == [1, 1]
        assert bench.tab.url == A
        process.die()
        assert (bench.tab.can_go_back, bench.tab.can_go_forward) == (True, False)
        bench.tab.back()
        assert bench.tab.url == SETTINGS

    def test_the_same_address_again_is_no_step(self, bench: Bench) -> None:
        bench.page(SETTINGS)
        bench.page(SETTINGS)
        assert not bench.tab.can_go_back

    def test_only_a_web_page_can_be_stopped(self, bench: Bench) -> None:
        asked = answering(bench.web(), IPCChannel.NAVIGATE_STOP)
        bench.tab.stop()
        pump()
        page = bench.page()
        bench.tab.stop()
        pump()
        assert len(asked) == 1
        assert page.link.session.phase is Phase.OPEN


class TestWhatThePageTells:
    def test_a_web_page_moves_and_a_plugin_page_stays_where_it_is(self, bench: Bench) -> None:
        bench.web(A)
        bench.tab.apply(TabUpdate(url=B, title="b", status="link"))
        assert (bench.tab.url, bench.tab.title, bench.tab.status) == (B, "b", "link")
        bench.tab.apply(TabUpdate(url=SETTINGS))
        assert bench.tab.url == B
        bench.tab.apply(TabUpdate(url="OS://settings"))
        assert bench.tab.url == B
        bench.page(SETTINGS)
        bench.tab.apply(TabUpdate(url=B))
        assert bench.tab.url == SETTINGS

    @pytest.mark.parametrize("url", ["https://b\u0430nk.example/", "https://a.example/\n", "\u202ehttps://a"])
    def test_an_address_that_is_not_encoded_is_refused_whole(self, bench: Bench, url: str) -> None:
        bench.web(A)
        with pytest.raises(BadCall) as caught:
            bench.tab.apply(TabUpdate(url=url, title="b"))
        assert (caught.value.path, bench.tab.url) == ("$.url", A)

    def test_what_is_not_told_stays_and_progress_is_kept_in_its_range(self, bench: Bench) -> None:
        bench.web()
        bench.tab.apply(TabUpdate(title="a", progress=0.5))
        bench.tab.apply(TabUpdate(progress=7))
        assert (bench.tab.title, bench.tab.progress) == ("a", 1.0)
        bench.tab.apply(TabUpdate(progress=-1))
        assert bench.tab.progress == 0.0

    def test_a_failed_load_gives_way_to_the_next_one(self, bench: Bench) -> None:
        bench.web()
        bench.tab.fail_load(FAILURE)
        assert (bench.tab.state, bench.tab.load_failure) == (TabState.LOAD_FAILED, FAILURE)
        assert "ERR_NAME_NOT_RESOLVED (-105)" in bench.tab.details()
        bench.tab.apply(TabUpdate(loading=True))
        assert (bench.tab.state, bench.tab.load_failure) == (TabState.LIVE, None)

    def test_each_load_is_settled_once(self, bench: Bench) -> None:
        bench.web()
        assert bench.settled == 1
        bench.tab.apply(TabUpdate(title="more"))
        assert bench.settled == 1
        bench.tab.apply(TabUpdate(loading=True))
        bench.tab.apply(TabUpdate(loading=False))
        assert bench.settled == 2

    def test_an_icon_has_as_many_pixels_as_its_side_says(self, bench: Bench) -> None:
        red = (0xFFFF0000).to_bytes(4, "little")
        bench.tab.set_icon(PageIcon(side=2, pixels=red * 4))
        assert bench.tab.icon is not None
        assert (bench.tab.icon.width(), bench.tab.icon.pixelColor(1, 1).name()) == (2, "#ff0000")
        for side, pixels in ((2, red * 3), (2, red * 5), (1, b""), (0, red)):
            with pytest.raises(BadMessage) as caught:
                bench.tab.set_icon(PageIcon(side=side, pixels=pixels))
            assert caught.value.path == "$.pixels"
        assert bench.tab.icon is not None
        bench.tab.set_icon(PageIcon(side=0, pixels=b""))
        assert bench.tab.icon is None


def test_the_reason_of_a_failed_birth_is_in_the_details(bench: Bench) -> None:
    bench.tab.navigate(A)
    bench.births.asked[0].server.set_exception(LaunchFailed(never_launched(GONE)))
    assert "BOS-LAUNCH-FAILED-PEER-GONE" in bench.tab.details()
    assert bench.tab.details().count("(none)") == 2
