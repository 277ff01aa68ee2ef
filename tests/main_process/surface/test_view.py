from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from main_process.surface.buffers import MAX_OUTSTANDING
from shared.errors import Blame, ErrorCode, Gone
from shared.ipc_channel import IPCChannel
from tests.main_process.surface.fake_renderer import FakeRenderer
from tests.main_process.surface.view_stage import BLUE, GREEN, RED, Stage
from tests.memory_link import MemoryLink


class TestAttaching:
    def test_the_renderer_is_told_memory_size_and_visibility(self, stage: Stage) -> None:
        stage.attach()
        geometry = stage.renderer.geometry
        assert (geometry.width, geometry.height) == (100, 50)
        assert geometry.device_pixel_ratio == stage.view.devicePixelRatioF()
        assert geometry.buffer in stage.renderer.buffers
        assert stage.renderer.visible == [False]
        stage.show()
        assert stage.renderer.visible == [False, True]

    def test_a_frame_is_shown_and_told(self, qtbot: QtBot, stage: Stage) -> None:
        stage.attach()
        stage.show()
        assert stage.view.last_frame() is None
        shown: list[int] = []
        stage.view.frame_shown.connect(shown.append)
        with qtbot.waitSignal(stage.view.first_frame_shown):
            stage.renderer.paint(0, RED)
        stage.settle()
        assert stage.colours() == [RED, RED]
        assert shown == [1]
        stage.renderer.paint(1, GREEN)
        stage.settle()
        assert stage.colours() == [GREEN, GREEN]
        assert shown == [1, 2]
        assert stage.view.counters["frames_shown"] == 2

    def test_the_last_frame_stays_after_detaching_and_is_mains_alone(self, shown: Stage) -> None:
        shown.view.detach()
        memory = next(iter(shown.renderer.buffers.values()))
        memory[:] = b"\x7f" * len(memory)
        shown.view.update()
        shown.settle()
        assert shown.colours() == [RED, RED]
        frame = shown.view.last_frame()
        assert frame is not None
        assert frame.pixel(50, 25) == RED

    def test_no_frame_stays_if_nobody_will_look(self, shown: Stage) -> None:
        shown.view.detach(keep_frame=False)
        assert shown.view.last_frame() is None
        shown.settle()
        assert shown.colours()[0] != RED

    def test_nothing_is_heard_or_sent_after_detaching(self, shown: Stage) -> None:
        shown.view.detach()
        shown.input.clear()
        shown.renderer.paint(1, GREEN)
        shown.view.resize(120, 60)
        QTest.mouseClick(shown.view, Qt.MouseButton.LeftButton)
        shown.settle()
        assert shown.colours()[0] == RED
        assert shown.input == []
        assert len(shown.renderer.geometries) == 1

    def test_another_session_starts_afresh_over_the_old_picture(self, qtbot: QtBot, shown: Stage) -> None:
        second = MemoryLink()
        renderer = FakeRenderer(second)
        shown.view.attach(second.main.session)
        second.pump()
        shown.settle()
        assert shown.colours() == [RED, RED]
        with qtbot.waitSignal(shown.view.first_frame_shown):
            renderer.paint(0, BLUE, (0, 0, 1, 1))
        shown.settle()
        assert shown.colours() == [BLUE, BLUE]
        shown.view.detach()
        renderer.close()
        second.close()

    def test_a_new_generation_is_attached_again(self, shown: Stage) -> None:
        shown.link.main.session.new_generation()
        shown.link.pump()
        shown.attach()
        assert len(shown.renderer.geometries) == 2
        shown.renderer.paint(0, GREEN)
        shown.settle()
        assert shown.colours() == [GREEN, GREEN]

    def test_a_session_that_ended_is_not_sent_to(self, shown: Stage) -> None:
        shown.link.main.session.close(Gone(ErrorCode.PEER_GONE, "it died"))
        QTest.mouseClick(shown.view, Qt.MouseButton.LeftButton)
        shown.view.resize(300, 200)
        shown.settle()
        assert shown.colours()[0] == RED


class TestFlipping:
    def test_a_slot_goes_back_only_after_the_next_one_is_painted(self, shown: Stage) -> None:
        shown.renderer.paint(1, GREEN)
        assert shown.renderer.released == []
        shown.settle()
        assert [release.slot for release in shown.renderer.released] == [0]

    def test_only_the_damage_is_painted(self, shown: Stage) -> None:
        shown.renderer.paint(1, GREEN, (10, 10, 20, 5))
        shown.settle()
        picture = shown.screen()
        assert picture.pixel(10, 10) == GREEN
        assert picture.pixel(29, 14) == GREEN
        assert picture.pixel(30, 14) == RED
        assert picture.pixel(10, 15) == RED

    def test_a_frame_without_damage_is_flipped_in_all_the_same(self, shown: Stage) -> None:
        shown.renderer.say(shown.renderer.geometry.geometry, 1)
        shown.settle()
        assert [release.slot for release in shown.renderer.released] == [0]

    def test_the_last_frame_is_the_newest_even_before_it_is_painted(self, shown: Stage) -> None:
        shown.renderer.paint(1, GREEN)
        frame = shown.view.last_frame()
        assert frame is not None
        assert frame.pixel(0, 0) == GREEN

    def test_a_lie_ends_the_session_and_leaves_the_picture(self, shown: Stage) -> None:
        shown.renderer.say(12345, 1)
        assert [error.blame for error in shown.failures] == [Blame.THEIRS]
        assert shown.failures[0].path == "$.geometry"
        shown.view.detach()
        shown.settle()
        assert shown.colours() == [RED, RED]


class TestResizing:
    def test_the_old_frame_stays_at_the_top_left_over_its_own_colour(self, shown: Stage) -> None:
        shown.view.resize(150, 80)
        shown.settle()
        assert shown.colours() == [RED, RED]
        assert shown.renderer.geometry.width == 150
        shown.renderer.paint(0, GREEN)
        shown.settle()
        assert shown.colours() == [GREEN, GREEN]

    def test_a_frame_of_the_old_size_that_comes_late_is_shown_too(self, shown: Stage) -> None:
        old = shown.renderer.geometry
        shown.view.resize(150, 80)
        shown.settle()
        shown.renderer.paint(1, BLUE, geometry=old)
        shown.settle()
        assert shown.colours() == [BLUE, BLUE]

    def test_the_next_size_is_told_when_the_last_is_shown(self, shown: Stage) -> None:
        for width in range(101, 201):
            shown.view.resize(width, 50)
            shown.settle()
        assert [geometry.width for geometry in shown.renderer.geometries] == [100, 101]
        shown.renderer.paint(1, GREEN)
        shown.settle()
        assert shown.renderer.geometry.width == 200
        shown.renderer.paint(0, BLUE)
        shown.settle()
        assert shown.colours() == [BLUE, BLUE]
        assert len(shown.renderer.geometries) == 3

    def test_a_size_that_came_back_is_not_told_again(self, shown: Stage) -> None:
        for width in (120, 130, 120):
            shown.view.resize(width, 50)
            shown.settle()
        shown.renderer.paint(1, GREEN)
        shown.settle()
        assert [geometry.width for geometry in shown.renderer.geometries] == [100, 120]

    def test_hidden_it_tells_nothing_and_the_right_size_first_when_shown(self, shown: Stage) -> None:
        shown.view.hide()
        for width in range(80, 91):
            shown.view.resize(width, 50)
        shown.settle()
        assert len(shown.renderer.geometries) == 1
        order: list[str] = []
        shown.link.main.session.tap = lambda seen: order.append(seen.channel)
        shown.show()
        assert order[:2] == [IPCChannel.SURFACE_GEOMETRY, IPCChannel.SURFACE_VISIBILITY]
        assert shown.renderer.geometry.width == 90
        assert shown.renderer.visible[-2:] == [False, True]

    def test_a_renderer_that_never_answers_is_told_only_so_many_sizes(self, shown: Stage) -> None:
        for width in range(101, 101 + 3 * MAX_OUTSTANDING):
            shown.view.hide()
            shown.view.resize(width, 50)
            shown.show()
        assert len(shown.renderer.geometries) == MAX_OUTSTANDING
        shown.renderer.paint(1, GREEN)
        shown.settle()
        assert shown.renderer.geometry.width == 100 + 3 * MAX_OUTSTANDING
