"""The spare, with births that are settled by hand."""

from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from main_process.supervisor.death import LaunchFailed, classify
from main_process.supervisor.renderer_process import RendererProcess
from main_process.supervisor.spare import Spare
from shared.tasks import Future


class FakeProcess(QObject):
    """As much of a renderer process as the spare looks at."""

    died = Signal(object)


class Nursery:
    """Births in progress."""

    def __init__(self) -> None:
        self.births: list[Future[RendererProcess]] = []

    def bear(self) -> Future[RendererProcess]:
        self.births.append(Future())
        return self.births[-1]

    def deliver(self) -> FakeProcess:
        process = FakeProcess()
        self.births[-1].set_result(process)  # type: ignore[arg-type]  # a stand-in
        return process


def test_it_is_made_once_and_made_again_when_taken(qtbot: QtBot) -> None:
    nursery = Nursery()
    spare = Spare(nursery.bear)
    assert spare.take() is None
    spare.fill()
    spare.fill()
    assert len(nursery.births) == 1
    seen: list[object] = [spare.process]
    process = nursery.deliver()
    seen.append(spare.process)
    taken = spare.take()
    assert taken is nursery.births[0]
    seen.append(spare.process)
    assert seen == [None, process, None]
    assert spare.take() is None
    qtbot.waitUntil(lambda: len(nursery.births) == 2)
    spare.stop()


def test_one_that_is_coming_can_be_taken(qtbot: QtBot) -> None:
    nursery = Nursery()
    spare = Spare(nursery.bear)
    spare.fill()
    taken = spare.take()
    assert taken is not None
    assert not taken.done()
    nursery.deliver()
    assert spare.process is None
    qtbot.waitUntil(lambda: len(nursery.births) == 2)
    spare.stop()


def test_one_that_dies_while_it_waits_is_replaced(qtbot: QtBot) -> None:
    nursery = Nursery()
    spare = Spare(nursery.bear)
    spare.fill()
    process = nursery.deliver()
    process.died.emit(None)
    assert spare.process is None
    assert spare.take() is None
    qtbot.waitUntil(lambda: len(nursery.births) == 2)
    spare.stop()


def test_the_death_of_one_that_was_taken_concerns_nobody_here(qtbot: QtBot) -> None:
    nursery = Nursery()
    spare = Spare(nursery.bear)
    spare.fill()
    process = nursery.deliver()
    spare.take()
    spare.stop()
    process.died.emit(None)
    qtbot.wait(150)
    assert len(nursery.births) == 1


def test_a_failed_birth_is_tried_again(qtbot: QtBot) -> None:
    nursery = Nursery()
    spare = Spare(nursery.bear)
    spare.fill()
    nursery.births[0].set_exception(LaunchFailed(classify(70, launched=False)))
    qtbot.waitUntil(lambda: len(nursery.births) == 2)
    spare.stop()


def test_stopped_it_makes_none(qtbot: QtBot) -> None:
    nursery = Nursery()
    spare = Spare(nursery.bear)
    spare.stop()
    spare.fill()
    assert nursery.births == []
