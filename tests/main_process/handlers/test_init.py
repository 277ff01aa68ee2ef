"""The table of handlers put on a session: everything its party may use, and nothing else."""

import pytest

from main_process.handlers import HANDLERS, Caller, register
from shared.channels import CONTRACTS
from shared.contract import Party, Pattern
from shared.errors import BadCall
from shared.ipc_channel import IPCChannel
from tests.main_process.handlers.dialogue import Dialogue

REQUESTS = [channel for channel in HANDLERS if CONTRACTS[channel].pattern is Pattern.REQUEST]


@pytest.mark.parametrize("party", [Party.PAGE, Party.WEB_TAB])
@pytest.mark.parametrize("channel", REQUESTS)
def test_a_request_is_served_for_the_parties_of_its_contract(channel: IPCChannel, party: Party) -> None:
    dialogue = Dialogue(party)
    if party in CONTRACTS[channel].parties:
        with pytest.raises(BadCall, match="has a handler already"):
            dialogue.pair.main.handle(channel, lambda _: None)
    else:
        with pytest.raises(BadCall, match="no request that comes this way"):
            dialogue.pair.main.handle(channel, lambda _: None)


def test_a_session_acts_for_one_caller_only() -> None:
    dialogue = Dialogue()
    with pytest.raises(BadCall, match="has a handler already"):
        register(dialogue.pair.main, Caller(*[None] * 2))  # type: ignore[arg-type]  # it does not come so far


def test_each_link_acts_on_its_own_tab() -> None:
    one, other = Dialogue(), Dialogue()
    one.ask(IPCChannel.TAB_DELETE)
    assert one.calls == [("close_tab_soon", one.tab)]
    assert other.calls == []
