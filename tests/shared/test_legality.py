"""What an honest peer can send: every channel, both ways, from every party, in every phase."""

import itertools

import msgspec
import pytest

from shared.channels import CONTRACTS, contract_of
from shared.contract import Contract, Direction, Party, Pattern, Phase
from shared.envelope import Envelope, MessageType
from shared.errors import BadMessage, ErrorCode
from shared.ipc_channel import IPCChannel
from shared.legality import TYPES, goes, illegality

WAYS = (Direction.TO_MAIN, Direction.FROM_MAIN)


def _envelope(channel: str, type_: MessageType, id_: str | None = None) -> Envelope:
    return Envelope(channel=channel, type=type_, payload=msgspec.Raw(b"\x80"), timestamp=1, id=id_)


def _honest(contract: Contract) -> Envelope:
    id_ = "1" if contract.pattern is Pattern.REQUEST else None
    return _envelope(contract.channel, TYPES[contract.pattern], id_)


def test_every_pattern_travels_as_a_type_of_its_own_and_none_as_an_error() -> None:
    assert set(TYPES) == set(Pattern)
    assert set(TYPES.values()) == set(MessageType) - {MessageType.ERROR}


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.channel)
def test_a_message_is_legal_only_where_its_contract_says(contract: Contract) -> None:
    legal = {
        (direction, party, phase)
        for direction, party, phase in itertools.product(WAYS, Party, Phase)
        if illegality(_honest(contract), contract, direction=direction, party=party, phase=phase) is None
    }
    ways = WAYS if contract.direction is Direction.BOTH else (contract.direction,)
    assert legal == set(itertools.product(ways, contract.parties, contract.phases))


@pytest.mark.parametrize(
    ("channel", "direction", "party", "phase", "code", "words"),
    [
        (
            IPCChannel.PAGE_OPEN,
            Direction.TO_MAIN,
            Party.PAGE,
            Phase.OPEN,
            ErrorCode.WRONG_DIRECTION,
            "not to-main",
        ),
        (
            IPCChannel.PAGE_POPUP,
            Direction.TO_MAIN,
            Party.PAGE,
            Phase.OPEN,
            ErrorCode.WRONG_DIRECTION,
            "for page",
        ),
        (IPCChannel.TAB_UPDATE, Direction.TO_MAIN, Party.PAGE, Phase.IDLE, ErrorCode.WRONG_STATE, "is idle"),
        (IPCChannel.LINK_HELLO, Direction.TO_MAIN, Party.PAGE, Phase.OPEN, ErrorCode.WRONG_STATE, "is open"),
        (
            IPCChannel.PROCESS_FORK,
            Direction.TO_MAIN,
            Party.PAGE,
            Phase.OPEN,
            ErrorCode.WRONG_DIRECTION,
            "zygote",
        ),
    ],
)
def test_what_is_wrong_is_said(
    channel: IPCChannel, direction: Direction, party: Party, phase: Phase, code: ErrorCode, words: str
) -> None:
    contract = contract_of(channel)
    error = illegality(_honest(contract), contract, direction=direction, party=party, phase=phase)
    assert isinstance(error, BadMessage)
    assert error.code is code
    assert words in error.message


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.channel)
@pytest.mark.parametrize("id_", [None, "1"])
@pytest.mark.parametrize("type_", MessageType)
def test_type_and_id_follow_from_the_pattern(contract: Contract, type_: MessageType, id_: str | None) -> None:
    envelope = _envelope(contract.channel, type_, id_)
    direction = Direction.TO_MAIN if contract.direction is Direction.BOTH else contract.direction
    party, phase = min(contract.parties), min(contract.phases)
    error = illegality(envelope, contract, direction=direction, party=party, phase=phase)
    if envelope == _honest(contract):
        assert error is None
    else:
        assert error is not None
        assert error.code is ErrorCode.MALFORMED_ENVELOPE
        assert error.path == ("$.id" if type_ is TYPES[contract.pattern] else "$.type")


def test_both_ways_is_each_way_and_each_way_is_not_the_other() -> None:
    echo, fork = contract_of(IPCChannel.LINK_ECHO), contract_of(IPCChannel.PROCESS_FORK)
    assert all(goes(echo, way, Party.PAGE) for way in WAYS)
    assert goes(fork, Direction.FROM_MAIN, Party.ZYGOTE)
    assert not goes(fork, Direction.TO_MAIN, Party.ZYGOTE)
