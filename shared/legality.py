"""What an honest peer can send now. Anything else is forged, and ends the link."""

from shared.contract import Contract, Direction, Party, Pattern, Phase
from shared.envelope import Envelope, MessageType
from shared.errors import BadMessage, ErrorCode

TYPES = {
    Pattern.REQUEST: MessageType.COMMAND,
    Pattern.EVENT: MessageType.EVENT,
    Pattern.STATE: MessageType.STATE,
    Pattern.SYSTEM: MessageType.SYSTEM,
}
"""The message type that each pattern travels as."""


def goes(contract: Contract, direction: Direction, party: Party) -> bool:
    """Whether messages of ``contract`` go ``direction`` on a link whose far end from main is ``party``."""
    return contract.direction in (direction, Direction.BOTH) and party in contract.parties


def illegality(
    envelope: Envelope, contract: Contract, *, direction: Direction, party: Party, phase: Phase
) -> BadMessage | None:
    """Why the message cannot have been sent by an honest peer; None if it can."""
    needs_id = contract.pattern is Pattern.REQUEST
    if envelope.type is not TYPES[contract.pattern] or (envelope.id is not None) is not needs_id:
        return BadMessage(
            ErrorCode.MALFORMED_ENVELOPE,
            f"{contract.channel} is {contract.pattern}: expected type '{TYPES[contract.pattern]}' "
            f"{'with' if needs_id else 'without'} an id, got '{envelope.type}' {'with' if envelope.id else 'without'} one",
            path="$.type" if envelope.type is not TYPES[contract.pattern] else "$.id",
        )
    if not goes(contract, direction, party):
        return BadMessage(
            ErrorCode.WRONG_DIRECTION,
            f"{contract.channel} goes {contract.direction} for {', '.join(sorted(contract.parties))}, "
            f"not {direction} for {party}",
        )
    if phase not in contract.phases:
        return BadMessage(ErrorCode.WRONG_STATE, f"{contract.channel} is not legal while the link is {phase}")
    return None
