"""The table of contracts. To add a channel: a member of ``IPCChannel``, a contract in one of these files."""

from shared.channels import input as input_channels
from shared.channels import (
    inspector,
    instance,
    link,
    navigate,
    page,
    process,
    settings,
    surface,
    system,
    tab,
    window,
)
from shared.contract import Contract
from shared.ipc_channel import IPCChannel

_MODULES = (
    window,
    tab,
    navigate,
    settings,
    system,
    link,
    process,
    page,
    surface,
    input_channels,
    instance,
    inspector,
)

CONTRACTS: dict[str, Contract] = {
    contract.channel: contract for module in _MODULES for contract in module.CONTRACTS
}
"""Every contract of the shell by channel name."""


def contract_of(channel: IPCChannel) -> Contract:
    """The contract of one of the shell's own channels."""
    return CONTRACTS[channel]
