"""The settings' values: defaults, what is stored, and what changes."""

import logging

import msgspec
from PySide6.QtCore import QObject, Signal

from main_process.storage.storage import Storage
from shared.channels.settings import SettingsValues, SettingValue
from shared.errors import BadCall
from shared.settings import BY_KEY, find, validate
from shared.tasks import Future, Task

_log = logging.getLogger(__name__)


class SettingsStore(QObject):
    """Validated values over the storage.

    Signals:
        changed(str): the setting of that key has another value now, durably.
    """

    changed = Signal(str)

    def __init__(self, storage: Storage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._storage = storage
        self._overrides: dict[str, SettingValue] = {}
        self._values: dict[str, SettingValue] = {}
        for key, data in storage.settings.items():
            self._load(key, data)

    def get(self, key: str) -> SettingValue:
        """The value in force. Raises BadCall for an unknown key."""
        setting = find(key)
        return self._overrides.get(key, self._values.get(key, setting.default))

    def text(self, key: str) -> str:
        """The value of a choice or text setting."""
        return str(self.get(key))

    def override(self, key: str, value: SettingValue) -> None:
        """Use ``value`` for this run only. Raises BadCall."""
        self._overrides[key] = validate(find(key), value)

    def snapshot(self, keys: tuple[str, ...] = ()) -> SettingsValues:
        """The values of ``keys``, or of all. Raises BadCall for an unknown key."""
        wanted = [find(key).key for key in keys] or list(BY_KEY)
        values = {key: self.get(key) for key in wanted}
        return SettingsValues(
            values=values, modified=tuple(key for key in wanted if values[key] != BY_KEY[key].default)
        )

    def update(self, key: str, value: SettingValue | None) -> Future[SettingsValues]:
        """Store a new value, or None for the default; the future gives all values once it is durable.

        Raises BadCall for an unknown key or an impossible value. The future fails, and nothing changes, where it
        could not be stored.
        """
        setting = find(key)
        checked = None if value is None else validate(setting, value)
        return Task(self._update(key, checked))

    async def _update(self, key: str, value: SettingValue | None) -> SettingsValues:
        await (self._storage.clear_setting(key) if value is None else self._storage.set_setting(key, value))
        self._overrides.pop(key, None)
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self.changed.emit(key)
        return self.snapshot()

    def _load(self, key: str, data: bytes) -> None:
        """A stored value that no longer fits gives way to the default; it stays in the file."""
        try:
            self._values[key] = validate(find(key), msgspec.json.decode(data))
        except (BadCall, ValueError) as error:
            _log.warning("the stored setting '%s' is left aside: %s", key, error)
