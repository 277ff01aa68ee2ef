"""A page navigates its own tab."""

import pytest

from shared.channels.navigate import Navigate
from shared.contract import Empty, Party
from shared.errors import BadCall
from shared.ipc_channel import IPCChannel
from tests.main_process.handlers.dialogue import Dialogue


def test_the_address_is_checked_and_gone_to_once_the_page_is_answered() -> None:
    dialogue = Dialogue()
    assert dialogue.ask(IPCChannel.NAVIGATE, Navigate(url="a.example")) == Empty()
    assert dialogue.calls == [("navigate_soon", dialogue.tab, "checked a.example")]


def test_an_address_that_is_refused_moves_nothing() -> None:
    dialogue = Dialogue()
    with pytest.raises(BadCall, match="only the user opens files") as caught:
        dialogue.ask(IPCChannel.NAVIGATE, Navigate(url="file:///etc/passwd"))
    assert caught.value.path == "$.url"
    assert dialogue.calls == []


@pytest.mark.parametrize("party", [Party.PAGE, Party.WEB_TAB])
def test_back_and_forward_are_the_tabs(party: Party) -> None:
    dialogue = Dialogue(party)
    assert dialogue.ask(IPCChannel.NAVIGATE_BACK) == Empty()
    assert dialogue.ask(IPCChannel.NAVIGATE_FORWARD) == Empty()
    assert dialogue.calls == [("back",), ("forward",)]
