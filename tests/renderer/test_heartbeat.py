"""The answer to a heart beat puts the stack dump off."""

import faulthandler
from typing import Any

import pytest

from renderer import heartbeat
from shared.channels.link import CONTRACTS
from shared.contract import Party
from shared.ipc_channel import IPCChannel
from shared.session import Session, Side


class OnlyASession:
    """As much of a link as is needed here."""

    def __init__(self) -> None:
        self.session = Session(side=Side.PEER, party=Party.PAGE)


def _beat(link: OnlyASession) -> None:
    link.session._endpoints.handler(IPCChannel.LINK_PING)(None)


def test_every_beat_arms_the_dump_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    armed: list[tuple[float, int]] = []
    monkeypatch.setattr(
        faulthandler, "dump_traceback_later", lambda seconds, file: armed.append((seconds, file))
    )
    monkeypatch.setattr(heartbeat, "_stacks", None)
    link: Any = OnlyASession()
    heartbeat.attach(link)
    _beat(link)
    assert armed == []
    heartbeat.use_descriptor(4)
    _beat(link)
    _beat(link)
    assert armed == [(heartbeat.DUMP_AFTER, 4)] * 2


def test_the_dump_comes_before_mains_patience_ends() -> None:
    assert any(contract.channel == IPCChannel.LINK_PING for contract in CONTRACTS)
    assert heartbeat.DUMP_AFTER + 1 < 5
