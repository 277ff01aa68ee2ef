"""``settings:*``: read and change."""

from main_process.handlers.caller import Caller
from shared.channels.settings import SettingsGet, SettingsUpdate, SettingsValues
from shared.ipc_channel import IPCChannel
from shared.tasks import Future


def get(caller: Caller, payload: SettingsGet) -> SettingsValues:
    """The values asked for, or all. Raises BadCall(NOT_FOUND) that names the nearest key."""
    return caller.shell.settings.snapshot(payload.keys)


def update(caller: Caller, payload: SettingsUpdate) -> Future[SettingsValues]:
    """Answered once stored durably. Raises BadCall for an unknown key or an impossible value."""
    return caller.shell.settings.update(payload.key, payload.value)


HANDLERS = {
    IPCChannel.SETTINGS_GET: get,
    IPCChannel.SETTINGS_UPDATE: update,
}
