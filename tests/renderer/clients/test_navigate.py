"""The words for going elsewhere."""

from renderer.clients.navigate import NavigationClient
from shared.channels.navigate import Navigate
from shared.ipc_channel import IPCChannel
from tests.renderer.clients.recorder import Recorder


def test_going_back_and_forth(caller: Recorder) -> None:
    client = NavigationClient(caller)
    client.go("two words")
    client.back()
    client.forward()
    assert caller.said == [
        ("invoke", IPCChannel.NAVIGATE, Navigate(url="two words")),
        ("invoke", IPCChannel.NAVIGATE_BACK, None),
        ("invoke", IPCChannel.NAVIGATE_FORWARD, None),
    ]
