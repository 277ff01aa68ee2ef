"""Who may do what: one pure decision over data. Nothing is allowed that was not granted."""

from typing import Any

import msgspec

from shared.contract import Contract, Party
from shared.errors import ErrorCode, Refused


class Principal(msgspec.Struct, frozen=True, kw_only=True):
    """On whose behalf a link speaks. Main builds it when it opens the page; no message can change it.

    ``name`` is for people (``page newtab``); ``granted`` holds permission names.
    """

    name: str
    party: Party
    granted: frozenset[str] = frozenset()


BUILT_IN_GRANTS: dict[str, frozenset[str]] = {
    "newtab": frozenset({"pages.read"}),
    "settings": frozenset({"settings.read", "settings.write"}),
}
"""What the shell's own pages hold, by plugin id. Other plugins hold nothing until the user can be asked."""


def decide(principal: Principal, contract: Contract, payload: Any) -> Refused | None:
    """None if ``principal`` may send ``payload`` on ``contract``'s channel, else the refusal with its reason."""
    del payload  # scopes look at it
    if contract.permission is None or contract.permission in principal.granted:
        return None
    return Refused(
        ErrorCode.PERMISSION_DENIED,
        f"{principal.name} needs permission '{contract.permission}' for {contract.channel}; "
        + (f"it holds {', '.join(sorted(principal.granted))}" if principal.granted else "it holds none"),
    )
