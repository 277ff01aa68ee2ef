"""The renderer's link against a bare socket; the two ends together are in tests/main_process/test_link.py."""

import os
import socket

import pytest
from pytestqt.qtbot import QtBot

from renderer.link import Link
from shared.channels.surface import SurfaceBuffer
from shared.contract import Party, Phase
from shared.errors import BadMessage, ErrorCode, IPCError
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side


class Alone:
    """A renderer's link and the other end of its socket, where a test plays main."""

    def __init__(self, qtbot: QtBot) -> None:
        theirs, self.main = socket.socketpair()
        self.gone = 0
        self.errors: list[IPCError] = []
        self.link = Link(Session(side=Side.PEER, party=Party.PAGE), theirs, on_main_gone=self._on_gone)
        self.link.closed.connect(self.errors.append)
        self.session = Session(side=Side.MAIN, party=Party.PAGE)
        self.link.session.start()
        self.session.receive(self.main.recv(4096))
        self.flush()
        qtbot.waitUntil(lambda: self.link.session.phase is Phase.IDLE)

    def _on_gone(self) -> None:
        self.gone += 1

    def flush(self, extra: tuple[int, ...] = ()) -> None:
        """Send what main's session has to say, with its descriptors and ``extra`` ones."""
        while self.session.outbox:
            buffers, descriptors = self.session.outbox.peek()
            socket.send_fds(self.main, buffers, (*descriptors, *extra))
            self.session.outbox.advance(sum(map(len, buffers)))

    def close(self) -> None:
        self.link.close()
        self.main.close()


def test_main_closing_ends_it_once(qtbot: QtBot) -> None:
    alone = Alone(qtbot)
    alone.main.close()
    qtbot.waitUntil(lambda: alone.gone == 1)
    alone.link.close()
    assert [error.code for error in alone.errors] == [ErrorCode.PEER_GONE]
    assert alone.link.is_closed


def test_rubbish_from_main_ends_it_too(qtbot: QtBot) -> None:
    alone = Alone(qtbot)
    alone.main.send(b"\0\0\0\0")
    qtbot.waitUntil(lambda: alone.gone == 1)
    assert alone.errors[0].code is ErrorCode.MALFORMED_FRAME
    alone.close()


def test_a_descriptor_that_did_not_come_is_mains_fault(qtbot: QtBot) -> None:
    alone = Alone(qtbot)
    with pytest.raises(BadMessage, match="descriptor"):
        alone.link.take_descriptor()
    alone.close()


def test_descriptors_that_nobody_took_are_closed_with_it(qtbot: QtBot) -> None:
    alone = Alone(qtbot)
    reader, writer = os.pipe()
    came: list[SurfaceBuffer] = []
    alone.link.session.on(IPCChannel.SURFACE_BUFFER, came.append)
    alone.session.send(
        IPCChannel.SURFACE_BUFFER, SurfaceBuffer(buffer=1, slots=2, slot_bytes=1), descriptors=(writer,)
    )
    alone.flush()
    os.close(writer)
    qtbot.waitUntil(lambda: len(came) == 1)
    alone.close()
    # The last copy of the writing end has gone.
    assert os.read(reader, 1) == b""
    os.close(reader)


def test_more_descriptors_than_any_message_has_end_it(qtbot: QtBot) -> None:
    alone = Alone(qtbot)
    reader, writer = os.pipe()
    alone.session.send(IPCChannel.SURFACE_BUFFER, SurfaceBuffer(buffer=1, slots=2, slot_bytes=1))
    alone.flush(extra=(reader,) * 20)
    qtbot.waitUntil(lambda: alone.gone == 1)
    os.close(reader)
    with pytest.raises(BrokenPipeError):
        os.write(writer, b"x")
    os.close(writer)
    alone.close()


def test_closing_it_here_is_not_mains_going(qtbot: QtBot) -> None:
    alone = Alone(qtbot)
    alone.link.close()
    assert alone.gone == 0
    assert alone.errors[0].code is ErrorCode.CLOSED
    alone.close()
