"""Who serves and hears a channel on one end of a link."""

import logging
from typing import Any

import pytest

from shared.channels import CONTRACTS, contract_of
from shared.channels.link import Echo
from shared.channels.system import PowerSource, PowerState
from shared.channels.tab import TabUpdate
from shared.contract import Direction, Party
from shared.endpoints import Endpoints
from shared.errors import BadCall, BadMessage, ErrorCode
from shared.ipc_channel import IPCChannel

BATTERY = PowerState(source=PowerSource.BATTERY)


@pytest.fixture
def main() -> Endpoints:
    return Endpoints(CONTRACTS, Direction.TO_MAIN, Party.PAGE)


@pytest.fixture
def page() -> Endpoints:
    return Endpoints(CONTRACTS, Direction.FROM_MAIN, Party.PAGE)


def test_echo_and_ping_are_served_from_the_start(main: Endpoints) -> None:
    assert main.handler(IPCChannel.LINK_ECHO)(Echo(value=[1])) == Echo(value=[1])
    assert main.handler(IPCChannel.LINK_PING)(None) is None


def test_an_unknown_channel_is_named_with_its_nearest(main: Endpoints) -> None:
    assert main.find("settings:gett") is None
    with pytest.raises(
        BadCall, match="there is no channel 'settings:gett'; did you mean 'settings:get'"
    ) as caught:
        main.known("settings:gett")
    assert caught.value.code is ErrorCode.UNKNOWN_CHANNEL
    with pytest.raises(BadCall, match=r"there is no channel '§§§'$"):
        main.known("§§§")


def test_a_channel_has_one_handler_until_it_is_removed(main: Endpoints) -> None:
    main.handle(IPCChannel.SETTINGS_GET, lambda _: "first")
    with pytest.raises(BadCall, match="settings:get has a handler already"):
        main.handle(IPCChannel.SETTINGS_GET, lambda _: "second")
    assert main.handler(IPCChannel.SETTINGS_GET)(None) == "first"
    main.remove_handler(IPCChannel.SETTINGS_GET)
    main.remove_handler(IPCChannel.SETTINGS_GET)
    with pytest.raises(BadCall, match="nothing serves settings:get here") as caught:
        main.handler(IPCChannel.SETTINGS_GET)
    assert caught.value.code is ErrorCode.NO_HANDLER
    main.handle(IPCChannel.SETTINGS_GET, lambda _: "third")
    assert main.handler(IPCChannel.SETTINGS_GET)(None) == "third"


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        (IPCChannel.PAGE_OPEN, "goes down only"),
        (IPCChannel.INSTANCE_OPEN, "is another party's"),
        (IPCChannel.TAB_UPDATE, "is no request"),
        (IPCChannel.LINK_CANCEL, "is the protocol's own"),
    ],
)
def test_only_requests_that_come_this_way_can_be_served(
    main: Endpoints, channel: IPCChannel, why: str
) -> None:
    with pytest.raises(BadCall, match="is no request that comes this way") as caught:
        main.handle(channel, lambda _: why)
    assert caught.value.code is ErrorCode.WRONG_PATTERN


@pytest.mark.parametrize(
    "channel", [IPCChannel.POWER_STATE, IPCChannel.SETTINGS_GET, IPCChannel.PAGE_POPUP, IPCChannel.LINK_HELLO]
)
def test_only_events_and_states_that_come_this_way_can_be_heard(main: Endpoints, channel: IPCChannel) -> None:
    with pytest.raises(BadCall, match="is no event or state that comes this way"):
        main.on(channel, lambda _: None)


def test_a_state_is_kept_for_who_comes_late_and_an_event_is_not(page: Endpoints, main: Endpoints) -> None:
    assert not page.tell(contract_of(IPCChannel.POWER_STATE), BATTERY)
    assert not main.tell(contract_of(IPCChannel.TAB_UPDATE), TabUpdate(title="a"))
    heard: list[Any] = []
    page.on(IPCChannel.POWER_STATE, heard.append)
    main.on(IPCChannel.TAB_UPDATE, heard.append)
    assert heard == [BATTERY]


def test_each_disposer_ends_its_own_registration_only(main: Endpoints) -> None:
    heard: list[Any] = []
    first = main.on(IPCChannel.TAB_UPDATE, heard.append)
    second = main.on(IPCChannel.TAB_UPDATE, heard.append)
    first()
    first()
    update = contract_of(IPCChannel.TAB_UPDATE)
    assert main.tell(update, TabUpdate())
    assert heard == [TabUpdate()]
    second()
    assert not main.tell(update, TabUpdate())
    assert heard == [TabUpdate()]


def test_a_listener_may_end_itself_and_begin_others_while_it_hears(main: Endpoints) -> None:
    heard: list[str] = []

    def once(_: object) -> None:
        heard.append("once")
        dispose()
        main.on(IPCChannel.TAB_UPDATE, lambda _: heard.append("later"))

    dispose = main.on(IPCChannel.TAB_UPDATE, once)
    main.on(IPCChannel.TAB_UPDATE, lambda _: heard.append("always"))
    for _ in range(2):
        main.tell(contract_of(IPCChannel.TAB_UPDATE), TabUpdate())
    assert heard == ["once", "always", "always", "later"]


def test_a_fault_is_logged_but_a_lie_is_told_to_the_session(
    main: Endpoints, caplog: pytest.LogCaptureFixture
) -> None:
    heard: list[Any] = []
    lie = BadMessage(ErrorCode.INVALID_PAYLOAD, "impossible")

    def fail(update: TabUpdate) -> None:
        raise lie if update.title == "lie" else KeyError("mine")

    main.on(IPCChannel.TAB_UPDATE, fail)
    main.on(IPCChannel.TAB_UPDATE, heard.append)
    update = contract_of(IPCChannel.TAB_UPDATE)
    with caplog.at_level(logging.ERROR):
        assert main.tell(update, TabUpdate(title="fault"))
    assert "a listener of tab:update failed" in caplog.text
    assert len(heard) == 1
    with pytest.raises(BadMessage) as caught:
        main.tell(update, TabUpdate(title="lie"))
    assert caught.value is lie


def test_added_channels_are_served_and_none_takes_the_place_of_another(main: Endpoints) -> None:
    mine = {"app.mine:go": contract_of(IPCChannel.SETTINGS_GET)}
    with pytest.raises(BadCall, match="channel navigate exists already"):
        main.extend({**mine, "navigate": contract_of(IPCChannel.NAVIGATE)})
    assert main.find("app.mine:go") is None
    main.extend(mine)
    assert main.known("app.mine:go").contract is mine["app.mine:go"]
    main.handle("app.mine:go", lambda _: 1)
    with pytest.raises(BadCall):
        main.extend(mine)
