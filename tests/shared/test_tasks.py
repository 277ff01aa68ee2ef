"""Futures settle once; coroutines wait for them without a loop."""

import asyncio
import logging

import pytest

from shared.errors import ErrorCode, Late
from shared.tasks import Future, Task, settled


def test_a_future_settles_once() -> None:
    future: Future[int] = Future()
    with pytest.raises(RuntimeError):
        future.result()
    future.set_result(1)
    future.set_result(2)
    future.set_exception(ValueError())
    assert future.result() == 1
    assert future.exception() is None


def test_callbacks_run_once_and_one_that_fails_harms_no_other(caplog: pytest.LogCaptureFixture) -> None:
    future: Future[int] = Future()
    seen: list[int] = []
    future.add_done_callback(lambda done: 1 / 0)  # type: ignore[arg-type]  # what it gives does not matter
    future.add_done_callback(lambda done: seen.append(done.result()))
    with caplog.at_level(logging.ERROR):
        future.set_result(5)
    future.add_done_callback(lambda done: seen.append(6))
    assert seen == [5, 6]
    assert "ZeroDivisionError" in caplog.text


def test_a_task_runs_across_futures() -> None:
    first: Future[int] = Future()
    second: Future[int] = Future()

    async def add() -> int:
        return await first + await second

    task = Task(add())
    first.set_result(1)
    assert not task.done()
    second.set_result(2)
    assert task.result() == 3


def test_a_failure_reaches_the_coroutine_and_then_whoever_waits() -> None:
    source: Future[int] = Future()

    async def inner() -> int:
        return await source

    async def outer() -> int:
        try:
            return await Task(inner())
        except ValueError:
            return -1

    task = Task(outer())
    source.set_exception(ValueError("no"))
    assert task.result() == -1


def test_cancelling_a_task_cancels_what_it_waits_for_and_cleans_up() -> None:
    source: Future[int] = Future()
    told: list[str] = []
    source.on_cancel = lambda: told.append("told")

    async def wait() -> None:
        try:
            await source
        finally:
            told.append("cleaned")

    task = Task(wait())
    assert task.cancel()
    assert told == ["cleaned", "told"]
    with pytest.raises(Late) as caught:
        task.result()
    assert caught.value.code is ErrorCode.CANCELLED
    assert not task.cancel()
    source.set_result(1)


def test_a_settled_future_cannot_be_cancelled() -> None:
    assert not settled(1).cancel()


def test_awaiting_what_asyncio_gives_says_what_is_wrong() -> None:
    async def wrong() -> None:
        await asyncio.sleep(0)

    task = Task(wrong())
    with pytest.raises(TypeError, match="asyncio"):
        task.result()
