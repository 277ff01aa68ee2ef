"""The matrix of verdicts: every channel that needs a permission, and everybody who may speak."""

import pytest

from shared.channels import CONTRACTS, contract_of
from shared.contract import Contract, Direction, Party, Pattern
from shared.errors import ErrorCode, Refused
from shared.ipc_channel import IPCChannel
from shared.permissions import BUILT_IN_GRANTS, Principal, decide

HOLDERS: dict[IPCChannel, set[str]] = {
    IPCChannel.WINDOW_CREATE: set(),
    IPCChannel.WINDOW_CLOSE: set(),
    IPCChannel.WINDOW_UPDATE: set(),
    IPCChannel.TAB_CREATE: set(),
    IPCChannel.SETTINGS_GET: {"settings"},
    IPCChannel.SETTINGS_UPDATE: {"settings"},
    IPCChannel.SETTINGS_STATE: {"settings"},
    IPCChannel.PAGES_LIST: {"newtab"},
    IPCChannel.INSPECTOR_DESCRIBE: {"inspector"},
}
"""Every channel that needs a permission, and who holds it today."""

FREE = {
    # A page about its own tab.
    IPCChannel.TAB_UPDATE,
    IPCChannel.TAB_DELETE,
    IPCChannel.NAVIGATE,
    IPCChannel.NAVIGATE_BACK,
    IPCChannel.NAVIGATE_FORWARD,
    IPCChannel.PAGE_ICON,
    IPCChannel.PAGE_LOAD_FAILED,
    IPCChannel.PAGE_POPUP,
    IPCChannel.PAGE_RENDERER_GONE,
    IPCChannel.SURFACE_FRAME,
    IPCChannel.SURFACE_CURSOR,
    # The link about itself.
    IPCChannel.LINK_ECHO,
    IPCChannel.LINK_NOTE,
    # Who may connect at all may say this.
    IPCChannel.INSTANCE_OPEN,
    IPCChannel.INSPECTOR_ATTACH,
}
"""What may come up without a permission. Whoever adds to this says why."""

PRINCIPALS = [
    *(
        Principal(name=name, party=Party.PAGE, granted=BUILT_IN_GRANTS[name])
        for name in sorted(BUILT_IN_GRANTS)
    ),
    Principal(name="inspector", party=Party.INSPECTOR, granted=frozenset({"inspect.observe"})),
    *(Principal(name=f"a {party} that holds nothing", party=party) for party in Party),
]


def _guarded() -> set[str]:
    return {name for name, contract in CONTRACTS.items() if contract.permission is not None}


def test_the_matrix_is_whole() -> None:
    upward = {
        name
        for name, contract in CONTRACTS.items()
        if contract.direction is not Direction.FROM_MAIN and contract.pattern is not Pattern.SYSTEM
    }
    assert _guarded() == set(HOLDERS), "say in HOLDERS above who holds its permission"
    assert upward - _guarded() == FREE, "list it in FREE above if it needs no permission"


@pytest.mark.parametrize("principal", PRINCIPALS, ids=lambda principal: principal.name)
def test_everybody_may_do_what_was_granted_and_nothing_else(principal: Principal) -> None:
    allowed = {name for name in _guarded() if decide(principal, CONTRACTS[name], None) is None}
    assert allowed == {str(channel) for channel, holders in HOLDERS.items() if principal.name in holders}


@pytest.mark.parametrize("principal", PRINCIPALS, ids=lambda principal: principal.name)
def test_what_needs_no_permission_is_nobodys_to_refuse(principal: Principal) -> None:
    assert [channel for channel in FREE if decide(principal, contract_of(channel), None) is not None] == []


@pytest.mark.parametrize(
    "contract", [CONTRACTS[name] for name in sorted(_guarded())], ids=lambda contract: contract.channel
)
def test_a_permission_opens_its_own_channels_and_no_others(contract: Contract) -> None:
    assert contract.permission is not None
    every = {other.permission for other in CONTRACTS.values() if other.permission is not None}
    only = Principal(name="page", party=Party.PAGE, granted=frozenset({contract.permission}))
    all_others = Principal(name="page", party=Party.PAGE, granted=frozenset(every - {contract.permission}))
    assert decide(only, contract, None) is None
    assert decide(all_others, contract, None) is not None


@pytest.mark.parametrize("granted", ["", "settings", "settings.*", "*", "SETTINGS.READ", "settings.read "])
def test_nothing_that_only_looks_like_a_permission_is_one(granted: str) -> None:
    principal = Principal(name="page", party=Party.PAGE, granted=frozenset({granted}))
    assert decide(principal, contract_of(IPCChannel.SETTINGS_GET), None) is not None


def test_a_refusal_says_who_needs_what_and_what_it_holds() -> None:
    contract = contract_of(IPCChannel.SETTINGS_UPDATE)
    some = decide(Principal(name="page a", party=Party.PAGE, granted=frozenset({"y", "x"})), contract, None)
    none = decide(Principal(name="page b", party=Party.PAGE), contract, None)
    assert isinstance(some, Refused)
    assert isinstance(none, Refused)
    assert some.code is none.code is ErrorCode.PERMISSION_DENIED
    assert some.message == "page a needs permission 'settings.write' for settings:update; it holds x, y"
    assert none.message == "page b needs permission 'settings.write' for settings:update; it holds none"


def test_grants_cannot_be_changed_afterwards() -> None:
    principal = Principal(name="page", party=Party.PAGE)
    with pytest.raises(AttributeError):
        principal.granted = frozenset({"settings.read"})  # type: ignore[misc]  # that it cannot be is the point
