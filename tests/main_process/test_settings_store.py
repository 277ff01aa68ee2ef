"""Values over a real storage: defaults, durable changes, this run's own, and what no longer fits."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from main_process.settings_store import SettingsStore
from main_process.storage.storage import Storage
from shared.channels.settings import SettingsValues, SettingValue
from shared.errors import BadCall, Full
from shared.settings import SETTINGS
from shared.tasks import Future

THEME = "appearance.theme"
DEFAULTS: dict[str, SettingValue] = {setting.key: setting.default for setting in SETTINGS}


class Bench:
    """A store on a file, and starts of another on the same."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.path = path
        self._qtbot = qtbot
        self.changes: list[str] = []
        self._start()

    def _start(self) -> None:
        self.storage = Storage(self.path)
        self.store = SettingsStore(self.storage)
        self.store.changed.connect(self.changes.append)

    def restart(self) -> None:
        self.storage.close()
        self._start()

    def settle(self, future: Future[SettingsValues]) -> SettingsValues:
        self._qtbot.waitUntil(future.done)
        return future.result()


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(tmp_path / "profile.sqlite3", qtbot)
    yield bench
    bench.storage.close()


def test_at_first_everything_is_its_default(bench: Bench) -> None:
    assert bench.store.snapshot() == SettingsValues(values=DEFAULTS)
    assert bench.store.get(THEME) == "system"


def test_a_change_is_answered_with_all_values_and_marked(bench: Bench) -> None:
    values = bench.settle(bench.store.update(THEME, "dark"))
    assert values == SettingsValues(values={**DEFAULTS, THEME: "dark"}, modified=(THEME,))
    assert values == bench.store.snapshot()
    assert bench.changes == [THEME]


def test_a_change_is_not_in_force_before_it_is_durable(bench: Bench) -> None:
    future = bench.store.update(THEME, "dark")
    assert (bench.store.get(THEME), bench.changes) == ("system", [])
    bench.settle(future)
    other = sqlite3.connect(bench.path)
    assert other.execute("SELECT value FROM settings").fetchall() == [(b'"dark"',)]
    other.close()


def test_a_change_is_there_at_the_next_start(bench: Bench) -> None:
    bench.store.update(THEME, "dark")
    bench.store.update("processes.hang_seconds", 30)
    bench.restart()
    assert bench.store.snapshot().modified == (THEME, "processes.hang_seconds")


def test_changes_come_in_order(bench: Bench) -> None:
    futures = [bench.store.update("processes.hang_seconds", number) for number in range(2, 60)]
    bench.settle(futures[-1])
    assert bench.store.get("processes.hang_seconds") == 59
    bench.restart()
    assert bench.store.get("processes.hang_seconds") == 59


def test_none_puts_the_default_back(bench: Bench) -> None:
    bench.settle(bench.store.update(THEME, "dark"))
    assert bench.settle(bench.store.update(THEME, None)).modified == ()
    bench.restart()
    assert bench.store.get(THEME) == "system"


def test_only_the_keys_asked_for(bench: Bench) -> None:
    assert bench.store.snapshot((THEME,)) == SettingsValues(values={THEME: "system"})


def test_unknown_keys_and_impossible_values_change_nothing(bench: Bench) -> None:
    with pytest.raises(BadCall, match=r"did you mean 'appearance\.theme'"):
        bench.store.update("apearance.theme", "dark")
    with pytest.raises(BadCall, match="did you mean"):
        bench.store.snapshot(("apearance.theme",))
    with pytest.raises(BadCall, match="expected one of"):
        bench.store.update(THEME, "pink")
    assert bench.store.snapshot() == SettingsValues(values=DEFAULTS)


def test_what_could_not_be_stored_is_not_in_force(bench: Bench, qtbot: QtBot) -> None:
    bench.storage._connection.execute("PRAGMA query_only = ON").fetchall()
    future = bench.store.update(THEME, "dark")
    qtbot.waitUntil(future.done)
    assert isinstance(future.exception(), Full)
    assert (bench.store.get(THEME), bench.changes) == ("system", [])


def test_an_override_is_for_this_run_until_the_user_chooses(bench: Bench) -> None:
    bench.store.override(THEME, "light")
    assert bench.store.get(THEME) == "light"
    bench.restart()
    assert bench.store.get(THEME) == "system"
    bench.store.override(THEME, "light")
    bench.settle(bench.store.update(THEME, "dark"))
    assert bench.store.get(THEME) == "dark"
    with pytest.raises(BadCall):
        bench.store.override(THEME, "pink")


@pytest.mark.parametrize(
    ("key", "data"),
    [(THEME, b'"pink"'), (THEME, b"not json"), (THEME, b"[]"), ("gone.setting", b"1"), (THEME, b"\xff")],
)
def test_what_no_longer_fits_gives_way_and_stays_in_the_file(
    bench: Bench, caplog: pytest.LogCaptureFixture, key: str, data: bytes
) -> None:
    bench.storage._connection.execute("INSERT INTO settings VALUES (?, ?)", (key, data))
    bench.restart()
    assert bench.store.snapshot() == SettingsValues(values=DEFAULTS)
    assert f"the stored setting '{key}' is left aside" in caplog.text
    assert bench.storage.settings == {key: data}


def test_the_file_can_be_read_by_a_person(bench: Bench) -> None:
    bench.settle(bench.store.update("search.template", "https://example.com/?q={query}&ü"))
    bench.restart()
    assert bench.storage.settings["search.template"].decode() == '"https://example.com/?q={query}&ü"'
    assert msgspec.json.decode(bench.storage.settings["search.template"]) == bench.store.get(
        "search.template"
    )
