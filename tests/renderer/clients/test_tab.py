"""The words for the page's own tab."""

from renderer.clients.tab import TabClient
from shared.channels.tab import TabCreate, TabUpdate
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_TEXT
from tests.renderer.clients.recorder import Recorder


def test_what_a_page_says_of_itself(caller: Recorder) -> None:
    client = TabClient(caller)
    client.set_title("x" * (MAX_TEXT + 1))
    client.set_status("busy")
    client.set_progress(0.5)
    client.set_progress(None)
    assert [payload for _, channel, payload in caller.said if channel is IPCChannel.TAB_UPDATE] == [
        TabUpdate(title="x" * MAX_TEXT),
        TabUpdate(status="busy"),
        TabUpdate(loading=True, progress=0.5),
        TabUpdate(loading=False, progress=1.0),
    ]


def test_a_new_tab_and_the_end_of_the_own_one(caller: Recorder) -> None:
    client = TabClient(caller)
    client.create("os://newtab", background=True)
    client.close()
    assert caller.said == [
        ("invoke", IPCChannel.TAB_CREATE, TabCreate(url="os://newtab", background=True)),
        ("invoke", IPCChannel.TAB_DELETE, None),
    ]
