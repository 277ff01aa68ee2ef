"""A page asks for a tab, tells of its own and closes it."""

import pytest

from shared.channels.tab import TabCreate, TabUpdate
from shared.contract import Empty, Party
from shared.errors import BadCall
from shared.ipc_channel import IPCChannel
from tests.main_process.handlers.dialogue import Dialogue


@pytest.mark.parametrize("background", [False, True])
def test_a_new_tab_opens_in_the_window_of_who_asked(background: bool) -> None:
    dialogue = Dialogue()
    assert dialogue.ask(IPCChannel.TAB_CREATE, TabCreate(url="a.example", background=background)) == Empty()
    assert dialogue.calls == [("open_tab", "checked a.example", dialogue.shell.window, background)]


def test_no_tab_opens_on_a_file() -> None:
    dialogue = Dialogue()
    with pytest.raises(BadCall, match="only the user opens files"):
        dialogue.ask(IPCChannel.TAB_CREATE, TabCreate(url="file:///etc/passwd"))
    assert dialogue.calls == []


@pytest.mark.parametrize("party", [Party.PAGE, Party.WEB_TAB])
def test_what_a_page_tells_is_its_own_tabs(party: Party) -> None:
    dialogue = Dialogue(party)
    dialogue.say(IPCChannel.TAB_UPDATE, TabUpdate(title="a", progress=0.5))
    assert dialogue.calls == [("apply", TabUpdate(title="a", progress=0.5))]


def test_a_tab_is_closed_after_its_reply_has_left() -> None:
    dialogue = Dialogue()
    assert dialogue.ask(IPCChannel.TAB_DELETE) == Empty()
    assert dialogue.calls == [("close_tab_soon", dialogue.tab)]
