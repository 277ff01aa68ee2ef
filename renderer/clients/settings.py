"""Settings, for a page that may read or change them."""

from collections.abc import Callable

from renderer.clients.caller import Caller
from shared.channels.settings import SettingsGet, SettingsUpdate, SettingsValues, SettingValue
from shared.ipc_channel import IPCChannel
from shared.tasks import Future


class SettingsClient:
    """The user's settings. Needs the permissions ``settings.read`` and, to change them, ``settings.write``."""

    def __init__(self, caller: Caller) -> None:
        self._caller = caller

    def get(self, *keys: str) -> Future[SettingsValues]:
        """The values of ``keys``, of every setting if none is given."""
        return self._caller.invoke(IPCChannel.SETTINGS_GET, SettingsGet(keys=keys))

    def update(self, key: str, value: SettingValue) -> Future[SettingsValues]:
        """Change a setting. Settles with all values once the change is stored; BadCall if ``value`` does not fit."""
        return self._caller.invoke(IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key=key, value=value))

    def reset(self, key: str) -> Future[SettingsValues]:
        """Put the default back."""
        return self._caller.invoke(IPCChannel.SETTINGS_UPDATE, SettingsUpdate(key=key, value=None))

    def watch(self, listener: Callable[[SettingsValues], object]) -> Callable[[], None]:
        """Hear all values now and whenever one changes. Gives the function that ends it."""
        return self._caller.on(IPCChannel.SETTINGS_STATE, listener)
