"""Settings: read, change, and the state document of all values."""

from typing import Annotated

from msgspec import Meta

from shared.contract import BOTH_PHASES, PAGE, RARE, Contract, Delivery, Direction, Pattern, Struct
from shared.ipc_channel import IPCChannel

SettingKey = Annotated[str, Meta(min_length=1, max_length=128)]
SettingValue = bool | int | Annotated[str, Meta(max_length=4096)]
"""What a setting may hold; ``shared.settings`` says which for each."""


class SettingsGet(Struct):
    """``keys`` to read; empty means every one."""

    keys: Annotated[tuple[SettingKey, ...], Meta(max_length=256)] = ()


class SettingsValues(Struct):
    """Values by key, and ``modified``: the keys whose values are not their defaults."""

    values: dict[SettingKey, SettingValue]
    modified: tuple[SettingKey, ...] = ()


class SettingsUpdate(Struct):
    """A new value for ``key``; None puts the default back."""

    key: SettingKey
    value: SettingValue | None


CONTRACTS = (
    Contract(
        channel=IPCChannel.SETTINGS_GET,
        summary="Read settings.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        payload=SettingsGet,
        result=SettingsValues,
        permission="settings.read",
        idempotent=True,
    ),
    Contract(
        channel=IPCChannel.SETTINGS_UPDATE,
        summary="Change a setting; answered when it is stored durably.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        payload=SettingsUpdate,
        result=SettingsValues,
        permission="settings.write",
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.SETTINGS_STATE,
        summary="All settings, whenever one changes.",
        pattern=Pattern.STATE,
        direction=Direction.FROM_MAIN,
        parties=PAGE,
        payload=SettingsValues,
        permission="settings.read",
        phases=BOTH_PHASES,
        delivery=Delivery.LATEST_WINS,
    ),
)
