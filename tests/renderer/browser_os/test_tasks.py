"""Coroutines on the GUI thread."""

import gc
import sys
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QElapsedTimer
from pytestqt.qtbot import QtBot

import browser_os
from browser_os._tasks import Reply, next_turn
from shared.errors import ErrorCode, Late
from shared.tasks import Future


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[BaseException]]:
    """What reached ``sys.excepthook``."""
    heard: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, error, trace: heard.append(error))
    yield heard


async def fail() -> None:
    raise ValueError("mine")


async def add(a: int, b: int) -> int:
    return a + b


def test_a_coroutine_runs_to_its_result(qtbot: QtBot) -> None:
    async def total() -> int:
        first = await add(1, 2)
        await browser_os.sleep(0.01)
        return first + await browser_os.start(add(3, 4))

    task = browser_os.start(total())
    assert not task.done()
    qtbot.waitUntil(task.done)
    assert task.result() == 10


def test_it_runs_at_once_up_to_its_first_wait(qtbot: QtBot) -> None:
    assert browser_os.start(add(1, 2)).result() == 3


def test_sleep_waits_without_blocking(qtbot: QtBot) -> None:
    clock = QElapsedTimer()
    clock.start()
    ticks: list[str] = []

    async def wait(name: str, seconds: float) -> None:
        await browser_os.sleep(seconds)
        ticks.append(name)

    tasks = [browser_os.start(wait("late", 0.06)), browser_os.start(wait("early", 0.02))]
    assert clock.elapsed() < 50
    qtbot.waitUntil(lambda: all(task.done() for task in tasks))
    assert ticks == ["early", "late"]
    assert clock.elapsed() >= 59


@pytest.mark.parametrize("seconds", [-1, 1e12, float("nan")])
def test_sleep_says_what_it_takes(qtbot: QtBot, seconds: float) -> None:
    with pytest.raises(ValueError, match="seconds"):
        browser_os.sleep(seconds)


def test_a_cancelled_task_ends_where_it_waits(qtbot: QtBot, told: list[BaseException]) -> None:
    steps: list[str] = []

    async def wait() -> None:
        try:
            await browser_os.sleep(3600)
        except Late as late:
            steps.append(late.code)
            raise

    task = browser_os.start(wait())
    task.cancel()
    qtbot.wait(5)
    assert steps == [ErrorCode.CANCELLED]
    assert told == []


def test_an_error_that_nobody_waits_for_is_told_once(qtbot: QtBot, told: list[BaseException]) -> None:
    browser_os.start(fail())
    qtbot.waitUntil(lambda: len(told) > 0)
    qtbot.wait(5)
    assert [str(error) for error in told] == ["mine"]


def test_an_error_that_somebody_awaits_is_theirs(qtbot: QtBot, told: list[BaseException]) -> None:
    async def careful() -> str:
        try:
            await browser_os.start(fail())
        except ValueError as error:
            return str(error)
        return "nothing"

    task = browser_os.start(careful())
    qtbot.wait(5)
    assert task.result() == "mine"
    assert told == []


@pytest.mark.parametrize("look", [Future.exception, lambda task: task.add_done_callback(lambda _: None)])
def test_an_error_that_somebody_looked_at_is_not_told(
    qtbot: QtBot, told: list[BaseException], look: Callable[[Future[None]], object]
) -> None:
    task = Reply(fail())
    task.exception() if look is Future.exception else look(task)
    del task
    gc.collect()
    qtbot.wait(5)
    assert told == []


def test_a_reply_that_is_dropped_unread_is_told(qtbot: QtBot, told: list[BaseException]) -> None:
    Reply(fail())  # nobody keeps it
    gc.collect()  # frames of what failed at once may still name it
    qtbot.waitUntil(lambda: len(told) == 1)
    kept = Reply(fail())
    qtbot.wait(5)
    assert len(told) == 1
    del kept
    gc.collect()
    qtbot.waitUntil(lambda: len(told) == 2)


def test_a_reply_that_fails_later_is_told_without_a_garbage_collection(
    qtbot: QtBot, told: list[BaseException]
) -> None:
    async def ask(future: browser_os.Future[None]) -> None:
        await future

    asked: browser_os.Future[None] = browser_os.Future()
    gc.disable()
    try:
        Reply(ask(asked))
        asked.set_exception(ValueError("refused"))
        qtbot.waitUntil(lambda: len(told) == 1)
    finally:
        gc.enable()


def test_what_is_no_coroutine_is_named(qtbot: QtBot) -> None:
    with pytest.raises(TypeError, match="function; did you forget to call it"):
        browser_os.start(fail)  # type: ignore[arg-type]  # the mistake under test
    with pytest.raises(TypeError, match="came int"):
        browser_os.start(3)  # type: ignore[arg-type]


def test_the_next_turn_comes_behind_what_is_queued(qtbot: QtBot) -> None:
    order: list[int] = []

    async def step(number: int) -> None:
        await next_turn()
        order.append(number)

    tasks = [browser_os.start(step(number)) for number in range(5)]
    assert order == []
    qtbot.waitUntil(lambda: all(task.done() for task in tasks))
    assert order == [0, 1, 2, 3, 4]
