"""The words for settings."""

from renderer.clients.settings import SettingsClient
from shared.channels.settings import SettingsGet, SettingsUpdate, SettingsValues
from shared.ipc_channel import IPCChannel
from tests.renderer.clients.recorder import Recorder


def test_reading_changing_and_putting_back(caller: Recorder) -> None:
    client = SettingsClient(caller)
    client.get("appearance.theme")
    client.get()
    client.update("appearance.theme", "dark")
    reply = client.reset("appearance.theme")
    assert reply is caller.replies[-1]
    assert caller.said == [
        ("invoke", IPCChannel.SETTINGS_GET, SettingsGet(keys=("appearance.theme",))),
        ("invoke", IPCChannel.SETTINGS_GET, SettingsGet()),
        ("invoke", IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key="appearance.theme", value="dark")),
        ("invoke", IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key="appearance.theme", value=None)),
    ]


def test_watching_until_it_is_ended(caller: Recorder) -> None:
    heard: list[SettingsValues] = []
    end = SettingsClient(caller).watch(heard.append)
    caller.listeners[IPCChannel.SETTINGS_STATE](SettingsValues(values={}))
    end()
    assert heard == [SettingsValues(values={})]
    assert caller.listeners == {}
