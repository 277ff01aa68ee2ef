"""Main's link against a bare socket or a renderer's link, in one process: no renderer is started."""

import gc
import os
import socket
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from main_process.link import Link
from renderer.link import Link as RendererLink
from shared.channels.link import Echo
from shared.channels.surface import SurfaceBuffer
from shared.contract import Party, Phase
from shared.errors import ErrorCode, Full, Gone, IPCError
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class Pair:
    """Both ends of one link, greeted."""

    def __init__(self, qtbot: QtBot) -> None:
        ours, theirs = socket.socketpair()
        self.main = Link(Session(side=Side.MAIN, party=Party.PAGE), ours)
        self.gone: list[str] = []
        self.page = RendererLink(
            Session(side=Side.PEER, party=Party.PAGE), theirs, on_main_gone=lambda: self.gone.append("gone")
        )
        self.page.session.start()
        qtbot.waitUntil(lambda: self.page.session.phase is Phase.IDLE)


@pytest.fixture
def pair(qtbot: QtBot) -> Iterator[Pair]:
    pair = Pair(qtbot)
    yield pair
    pair.main.close()
    pair.page.close()


def test_the_handshake_opens_both_ends(pair: Pair) -> None:
    assert pair.main.session.phase is Phase.IDLE
    assert not pair.main.is_closed


def test_a_large_echo_comes_back_whole(pair: Pair, qtbot: QtBot) -> None:
    value = os.urandom(4 * 1024 * 1024)
    future = pair.main.session.invoke(IPCChannel.LINK_ECHO, Echo(value=value))
    qtbot.waitUntil(future.done)
    assert future.result() == Echo(value=value)
    assert len(pair.main.session.outbox) == 0


def test_descriptors_arrive_in_order_and_are_closed_here(pair: Pair, qtbot: QtBot) -> None:
    came: list[tuple[int, bytes]] = []

    def on_buffer(payload: SurfaceBuffer) -> None:
        descriptor = pair.page.take_descriptor()
        came.append((payload.buffer, os.read(descriptor, 10)))
        os.close(descriptor)

    pair.page.session.on(IPCChannel.SURFACE_BUFFER, on_buffer)
    sent = []
    for number in range(20):
        reader, writer = os.pipe()
        os.write(writer, b"%d" % number)
        os.close(writer)
        sent.append(reader)
        pair.main.session.send(
            IPCChannel.SURFACE_BUFFER,
            SurfaceBuffer(buffer=number, slots=2, slot_bytes=1),
            descriptors=(reader,),
        )
    qtbot.waitUntil(lambda: len(came) == 20)
    assert came == [(number, b"%d" % number) for number in range(20)]
    for descriptor in sent:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(descriptor)


def test_a_handler_may_run_an_event_loop_of_its_own(pair: Pair, qtbot: QtBot) -> None:
    order: list[str] = []
    inner: list[Any] = []

    def serve(payload: Echo) -> Echo:
        order.append(payload.value)
        if payload.value == "outer":
            inner.append(pair.page.session.invoke(IPCChannel.LINK_ECHO, Echo(value="asked from within")))
            qtbot.waitUntil(lambda: "inner" in order and inner[0].done())
            order.append("outer done")
        return payload

    pair.page.session.remove_handler(IPCChannel.LINK_ECHO)
    pair.page.session.handle(IPCChannel.LINK_ECHO, serve)
    outer = pair.main.session.invoke(IPCChannel.LINK_ECHO, Echo(value="outer"))
    nested = pair.main.session.invoke(IPCChannel.LINK_ECHO, Echo(value="inner"))
    qtbot.waitUntil(lambda: outer.done() and nested.done())
    assert order == ["outer", "inner", "outer done"]
    assert inner[0].result() == Echo(value="asked from within")


def test_the_end_of_the_stream_closes_both_ways(pair: Pair, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pair.main.closed) as closed:
        pending = pair.main.session.invoke(IPCChannel.LINK_PING)
        pair.page.close()
    assert closed.args is not None
    assert closed.args[0].code is ErrorCode.PEER_GONE
    assert isinstance(pending.exception(), Gone)


def test_a_renderer_is_told_that_main_has_gone(pair: Pair, qtbot: QtBot) -> None:
    pair.main.close()
    qtbot.waitUntil(lambda: pair.gone == ["gone"])
    assert pair.page.is_closed


def _silent(qtbot: QtBot, clock: Callable[[], float]) -> tuple[Link, socket.socket]:
    ours, theirs = socket.socketpair()
    session = Session(side=Side.MAIN, party=Party.PAGE, clock=clock)
    return Link(session, ours, clock=clock), theirs


def test_rubbish_closes_the_link_with_the_reason(qtbot: QtBot) -> None:
    link, peer = _silent(qtbot, Clock())
    with qtbot.waitSignal(link.closed) as closed:
        peer.send(b"\xff\xff\xff\x7f rubbish")
    assert closed.args is not None
    assert closed.args[0].code is ErrorCode.MALFORMED_FRAME
    peer.close()


def test_no_handshake_in_time_closes_the_link(qtbot: QtBot) -> None:
    clock = Clock()
    link, peer = _silent(qtbot, clock)
    with qtbot.waitSignal(link.closed) as closed:
        clock.now += 21
    assert closed.args is not None
    assert closed.args[0].code is ErrorCode.DEADLINE
    peer.close()


def test_a_peer_that_reads_nothing_is_ended_with_a_limit(qtbot: QtBot) -> None:
    clock = Clock()
    ours, theirs = socket.socketpair()
    main = Link(Session(side=Side.MAIN, party=Party.PAGE, clock=clock), ours, clock=clock)
    greeter = Session(side=Side.PEER, party=Party.PAGE)
    greeter.start()
    buffers, _ = greeter.outbox.peek()
    theirs.sendmsg(buffers)
    qtbot.waitUntil(lambda: main.session.phase is Phase.IDLE)
    errors: list[IPCError] = []
    main.closed.connect(errors.append)
    main.session.invoke(IPCChannel.LINK_ECHO, Echo(value=bytes(8 * 1024 * 1024)), deadline=1000)
    clock.now += 9
    for _ in range(3):
        with qtbot.waitSignal(main._ticker.timeout):
            pass
    assert errors == []
    clock.now += 2
    qtbot.waitUntil(lambda: errors != [])
    assert isinstance(errors[0], Full)
    theirs.close()


def test_descriptors_sent_up_are_discarded(pair: Pair, qtbot: QtBot) -> None:
    before = len(os.listdir("/proc/self/fd"))
    reader, writer = os.pipe()
    frame = Session(side=Side.PEER, party=Party.PAGE)
    frame.start()
    buffers, _ = frame.outbox.peek()
    ours, theirs = socket.socketpair()
    link = Link(Session(side=Side.MAIN, party=Party.PAGE), ours)
    socket.send_fds(theirs, buffers, [reader, writer])
    qtbot.waitUntil(lambda: link.session.phase is Phase.IDLE)
    os.close(reader)
    os.close(writer)
    theirs.close()
    qtbot.waitUntil(lambda: link.is_closed)
    assert len(os.listdir("/proc/self/fd")) == before


def _closed_link_that_its_receivers_hold() -> "weakref.ref[Link]":
    ours, theirs = socket.socketpair()
    link = Link(Session(side=Side.MAIN, party=Party.PAGE), ours)
    link.opened.connect(lambda: link.is_closed)
    link.closed.connect(lambda error: link.is_closed)
    link.close()
    theirs.close()
    return weakref.ref(link)


def test_a_closed_link_is_not_kept_by_receivers_that_hold_it(qtbot: QtBot) -> None:
    link = _closed_link_that_its_receivers_hold()
    gc.collect()
    assert link() is None
