"""What the battery says, and what pages are told of it."""

from typing import NamedTuple

import psutil
import pytest
from pytestqt.qtbot import QtBot

from main_process.power import Power, power_state, read
from shared.channels.system import PowerSource, PowerState
from shared.values import decode, decoder, encode


class Battery(NamedTuple):
    """As ``psutil.sensors_battery()`` gives it."""

    percent: float
    power_plugged: bool | None


@pytest.mark.parametrize(
    ("battery", "state"),
    [
        (None, PowerState(source=PowerSource.MAINS)),
        (Battery(50, False), PowerState(source=PowerSource.BATTERY, charge=0.5)),
        (Battery(100, True), PowerState(source=PowerSource.MAINS, charge=1.0)),
        (Battery(7, None), PowerState(source=PowerSource.UNKNOWN, charge=0.07)),
        (Battery(103, True), PowerState(source=PowerSource.MAINS, charge=1.0)),
        (Battery(-1, False), PowerState(source=PowerSource.BATTERY, charge=0.0)),
    ],
)
def test_the_state_of_a_battery(battery: Battery | None, state: PowerState) -> None:
    assert power_state(battery) == state
    assert decode(decoder(PowerState), encode(state)) == state


def test_without_a_way_to_ask_it_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(psutil, "sensors_battery", raising=False)
    assert read() == PowerState(source=PowerSource.UNKNOWN)


def test_a_system_that_answers_nonsense_is_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise FileNotFoundError(2, "No such file", "/sys/class/power_supply/BAT0")

    monkeypatch.setattr(psutil, "sensors_battery", fail, raising=False)
    assert read() == PowerState(source=PowerSource.UNKNOWN)


def test_only_a_change_is_told(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    battery = [Battery(50, False)]
    monkeypatch.setattr(psutil, "sensors_battery", lambda: battery[0], raising=False)
    power = Power()
    told: list[PowerState] = []
    power.changed.connect(lambda: told.append(power.state))
    power._timer.setInterval(1)
    qtbot.wait(30)
    assert told == []
    battery[0] = Battery(50, True)
    qtbot.waitUntil(lambda: told != [])
    power._timer.stop()
    assert told == [PowerState(source=PowerSource.MAINS, charge=0.5)]
