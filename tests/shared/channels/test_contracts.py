"""Every derived table holds every channel, and no contract leaves a bound out."""

import msgspec
import pytest

from main_process.handlers import HANDLERS
from shared.channels import CONTRACTS
from shared.codec import Codec, digest
from shared.contract import RENDERERS, Contract, Direction, Party, Pattern, Phase
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_FRAME_BYTES

DOCUMENT = {
    "WINDOW_CREATE": "window:create",
    "WINDOW_CLOSE": "window:close",
    "WINDOW_UPDATE": "window:update",
    "TAB_CREATE": "tab:create",
    "TAB_UPDATE": "tab:update",
    "TAB_DELETE": "tab:delete",
    "NAVIGATE": "navigate",
    "NAVIGATE_BACK": "navigate:back",
    "NAVIGATE_FORWARD": "navigate:forward",
    "SETTINGS_UPDATE": "settings:update",
    "SETTINGS_GET": "settings:get",
    "SYSTEM_EVENT": "system:event",
    "POWER_STATE": "power:state",
}

SERVED_BY_THE_VIEW = {IPCChannel.SURFACE_FRAME, IPCChannel.SURFACE_CURSOR}
"""``main_process.surface.view`` registers these itself."""
SERVED_BY_THE_SESSION = {IPCChannel.LINK_ECHO, IPCChannel.LINK_NOTE}
"""The echo is answered, the note counted as unheard."""


def test_the_documents_channels_have_their_names_and_values() -> None:
    assert {name: IPCChannel[name].value for name in DOCUMENT} == DOCUMENT


def test_every_channel_has_one_contract_and_every_contract_a_channel() -> None:
    assert set(CONTRACTS) == set(IPCChannel), "list it in CONTRACTS of its domain's file in shared/channels/"
    assert all(name == contract.channel for name, contract in CONTRACTS.items())


def test_every_message_that_pages_send_has_a_handler_in_main_and_no_other_has() -> None:
    sent = {
        IPCChannel(name)
        for name, contract in CONTRACTS.items()
        if contract.direction is not Direction.FROM_MAIN
        and contract.parties & RENDERERS
        and contract.pattern is not Pattern.SYSTEM
    }
    handled = sent - SERVED_BY_THE_VIEW - SERVED_BY_THE_SESSION
    assert set(HANDLERS) == handled, "list it in HANDLERS of its domain's file in main_process/handlers/"


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=lambda contract: contract.channel)
def test_every_contract_is_whole(contract: Contract) -> None:
    Codec(contract)
    assert contract.summary.endswith(".")
    assert contract.parties
    assert contract.phases
    assert Phase.CLOSED not in contract.phases
    assert 0 < contract.max_bytes <= MAX_FRAME_BYTES
    assert contract.deadline > 0
    assert (contract.result is not None) is (contract.pattern is Pattern.REQUEST)
    assert not contract.carries_descriptor or contract.direction is Direction.FROM_MAIN


UPWARD = [
    contract
    for contract in CONTRACTS.values()
    if contract.direction is not Direction.FROM_MAIN and contract.parties & (RENDERERS | {Party.INSTANCE})
]


@pytest.mark.parametrize("contract", UPWARD, ids=lambda contract: contract.channel)
def test_what_comes_up_is_bounded_everywhere(contract: Contract) -> None:
    unbounded: list[str] = []

    def look(info: object, path: str) -> None:
        if isinstance(info, msgspec.inspect.FloatType) and (info.ge is None or info.le is None):
            unbounded.append(path)
        if isinstance(info, msgspec.inspect.StrType | msgspec.inspect.BytesType) and info.max_length is None:
            unbounded.append(path)
        if (
            isinstance(info, msgspec.inspect.VarTupleType | msgspec.inspect.ListType)
            and info.max_length is None
        ):
            unbounded.append(path)
        if isinstance(info, msgspec.inspect.StructType):
            for field in info.fields:
                look(field.type, f"{path}.{field.name}")
        elif isinstance(info, msgspec.inspect.UnionType):
            for part in info.types:
                look(part, path)
        elif isinstance(info, msgspec.inspect.VarTupleType | msgspec.inspect.ListType):
            look(info.item_type, f"{path}[]")

    look(msgspec.inspect.type_info(contract.payload), "$")
    assert unbounded == []


def test_the_digest_changes_with_any_contract_and_not_with_its_order() -> None:
    backwards = dict(reversed(CONTRACTS.items()))
    assert digest(backwards) == digest(CONTRACTS)
    changed = {
        **CONTRACTS,
        "navigate": msgspec.structs.replace(CONTRACTS["navigate"], direction=Direction.TO_MAIN),
    }
    assert digest(changed) != digest(CONTRACTS)
