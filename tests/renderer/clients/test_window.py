"""The words for windows."""

from renderer.clients.window import WindowClient
from shared.channels.window import WindowCreate, WindowUpdate
from shared.ipc_channel import IPCChannel
from tests.renderer.clients.recorder import Recorder


def test_opening_changing_and_closing(caller: Recorder) -> None:
    client = WindowClient(caller)
    client.create()
    client.create("os://settings")
    client.update(full_screen=True)
    client.close()
    assert caller.said == [
        ("invoke", IPCChannel.WINDOW_CREATE, WindowCreate()),
        ("invoke", IPCChannel.WINDOW_CREATE, WindowCreate(url="os://settings")),
        ("invoke", IPCChannel.WINDOW_UPDATE, WindowUpdate(full_screen=True)),
        ("invoke", IPCChannel.WINDOW_CLOSE, None),
    ]
