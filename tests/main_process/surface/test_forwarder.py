from collections import Counter

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from main_process.surface.forwarder import CHANNELS, InputForwarder
from shared.channels import CONTRACTS
from shared.channels.input import InputKey, InputLeave, InputPointer, PointerAction
from shared.contract import Struct
from shared.ipc_channel import IPCChannel
from tests.memory_link import MemoryLink


class Stage:
    """A forwarder on a link that carries nothing until ``pump``."""

    def __init__(self, parent: QObject) -> None:
        self.link = MemoryLink()
        self.counters: Counter[str] = Counter()
        self.received: list[Struct] = []
        for channel in CHANNELS.values():
            self.link.peer.session.on(channel, self.received.append)
        self.forwarder = InputForwarder(lambda: self.link.main.session, self.counters, parent)


@pytest.fixture
def stage(qapp: QObject) -> Stage:
    return Stage(qapp)


def move(x: float, buttons: int = 0) -> InputPointer:
    return InputPointer(action=PointerAction.MOVE, x=x, y=0, buttons=buttons)


PRESS = InputPointer(action=PointerAction.PRESS, x=9, y=9, button=1, buttons=1)


def key(code: int, *, pressed: bool) -> InputKey:
    return InputKey(pressed=pressed, key=code, native_scan_code=code)


def test_every_input_channel_has_its_message() -> None:
    channels = {channel for channel in IPCChannel if channel.startswith("input:")}
    assert set(CHANNELS.values()) == channels
    assert all(CONTRACTS[channel].payload is message for message, channel in CHANNELS.items())


def test_movement_goes_at_once_while_the_link_keeps_up(stage: Stage) -> None:
    for x in range(3):
        stage.forwarder.pointer(move(x))
        stage.link.pump()
    assert stage.received == [move(0), move(1), move(2)]


def test_movement_that_would_pile_up_is_replaced_by_newer(qtbot: QtBot, stage: Stage) -> None:
    for x in range(100):
        stage.forwarder.pointer(move(x))
    assert len(stage.link.main.session.outbox) == 1
    stage.link.pump()
    qtbot.waitUntil(lambda: bool(stage.link.main.session.outbox))
    stage.link.pump()
    assert stage.received == [move(0), move(99)]
    assert stage.counters["moves_coalesced"] == 98


def test_a_press_keeps_its_place_after_the_movement_before_it(stage: Stage) -> None:
    stage.forwarder.pointer(move(1))
    stage.forwarder.pointer(move(2))
    stage.forwarder.pointer(move(3))
    stage.forwarder.pointer(PRESS)
    stage.forwarder.send(InputLeave())
    stage.link.pump()
    assert stage.received == [move(1), move(3), PRESS, InputLeave()]


def test_movement_with_other_buttons_is_other_movement(stage: Stage) -> None:
    stage.forwarder.pointer(move(1))
    stage.forwarder.pointer(move(2))
    stage.forwarder.pointer(move(3, buttons=1))
    stage.forwarder.pointer(PRESS)
    stage.link.pump()
    assert stage.received == [move(1), move(2), move(3, buttons=1), PRESS]


def test_the_release_of_a_key_that_main_took_is_not_sent(stage: Stage) -> None:
    stage.forwarder.key(key(20, pressed=False))
    stage.forwarder.key(key(21, pressed=True))
    stage.forwarder.key(key(21, pressed=False))
    stage.link.pump()
    assert stage.received == [key(21, pressed=True), key(21, pressed=False)]


def test_a_full_outbox_is_counted_not_raised(stage: Stage) -> None:
    stage.link.main.session.outbox.max_messages = 0
    stage.forwarder.send(PRESS)
    assert stage.counters["input_refused"] == 1


def test_nothing_waits_for_another_session(qtbot: QtBot, stage: Stage) -> None:
    stage.forwarder.pointer(move(1))
    stage.forwarder.pointer(move(2))
    stage.forwarder.forget()
    stage.forwarder.send(PRESS)
    stage.link.pump()
    assert stage.received == [move(1), PRESS]
