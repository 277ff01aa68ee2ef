"""A manifest's channels as contracts, so that one gate serves them like the shell's own.

Any page of the plugin may send on them, and the pages of the plugin serve them; main stands in between. Who may
take part follows from the link: no permission is needed, and no other plugin's session knows the names.
"""

from collections.abc import Mapping

from shared.channels import CONTRACTS
from shared.contract import PAGE, Contract, Direction, Empty
from shared.errors import BadCall, ErrorCode
from shared.manifest_types import ChannelDeclaration, Manifest, pattern_of
from shared.schema_types import type_of


def plugin_contracts(manifest: Manifest) -> dict[str, Contract]:
    """The contract of every channel that ``manifest`` declares, by whole name.

    Raises:
        BadCall: a schema leaves the subset, or a name is one of the shell's.
    """
    contracts: dict[str, Contract] = {}
    for channel in manifest.channels:
        contract = _contract(manifest, channel)
        if contract.channel in CONTRACTS or contract.channel in contracts:
            raise BadCall(ErrorCode.INVALID_PAYLOAD, f"channel {contract.channel} exists already")
        contracts[contract.channel] = contract
    return contracts


def with_plugin(manifest: Manifest, contracts: Mapping[str, Contract] = CONTRACTS) -> dict[str, Contract]:
    """``contracts`` and those of ``manifest``. Raises BadCall if one would take the place of another."""
    added = plugin_contracts(manifest)
    for name in added.keys() & contracts.keys():
        raise BadCall(ErrorCode.INVALID_PAYLOAD, f"channel {name} exists already")
    return {**contracts, **added}


def _contract(manifest: Manifest, channel: ChannelDeclaration) -> Contract:
    name = channel.verb.title().replace("_", "")
    is_request = channel.pattern == "request"
    result = (type_of(channel.result, f"{name}Result") if channel.result else Empty) if is_request else None
    return Contract(
        channel=manifest.channel_name(channel),
        summary=channel.summary,
        pattern=pattern_of(channel),
        direction=Direction.BOTH,
        parties=PAGE,
        payload=type_of(channel.payload, name) if channel.payload else Empty,
        result=result,
    )
