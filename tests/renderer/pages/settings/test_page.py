"""The settings page, by its channels."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

import browser_os
from browser_os.testing import OpenPage, open_page
from renderer.pages.settings.controls import TextLine
from renderer.pages.settings.page import SettingsPage
from renderer.pages.settings.row import Row
from renderer.pages.settings.segments import Segments
from renderer.pages.settings.stepper import Stepper
from shared.channels.settings import SettingsUpdate, SettingsValues, SettingValue
from shared.settings import BY_KEY, SETTINGS, find, validate

FOLDER = Path(__file__).parents[4] / "renderer" / "pages" / "settings"
GRANTED = ["settings.read", "settings.write"]


class Opened:
    """The page over a store that validates as main's does."""

    def __init__(self, page: OpenPage) -> None:
        assert isinstance(page.widget, SettingsPage)
        self.page = page
        self.widget = page.widget
        self.values: dict[str, SettingValue] = {setting.key: setting.default for setting in SETTINGS}
        page.main.answer(browser_os.IPCChannel.SETTINGS_GET, lambda _: self.state())
        page.main.answer(browser_os.IPCChannel.SETTINGS_UPDATE, self.update)
        page.widget.resize(900, 900)
        page.widget.show()

    def state(self) -> SettingsValues:
        changed = tuple(key for key, value in self.values.items() if value != BY_KEY[key].default)
        return SettingsValues(values=self.values, modified=changed)

    def update(self, payload: SettingsUpdate) -> SettingsValues:
        setting = find(payload.key)
        self.values[payload.key] = (
            setting.default if payload.value is None else validate(setting, payload.value)
        )
        self.page.main.tell(browser_os.IPCChannel.SETTINGS_STATE, self.state())
        return self.state()

    def tell(self, key: str, value: SettingValue) -> None:
        """Another page has changed it."""
        self.update(SettingsUpdate(key=key, value=value))

    def row(self, key: str) -> Row:
        return self.widget.rows[key]

    @property
    def shown(self) -> list[str]:
        return [key for key, row in self.widget.rows.items() if row.isVisibleTo(self.widget)]


@pytest.fixture
def opened(qapp: object) -> Iterator[Opened]:
    with open_page(FOLDER, built_in=True, granted=GRANTED) as page:
        opened = Opened(page)
        page.wait_until(lambda: page.main.payloads("settings:get"))
        page.run(browser_os.sleep(0.02))
        yield opened


def test_every_declared_setting_is_there_with_its_default(opened: Opened) -> None:
    assert opened.shown == [setting.key for setting in SETTINGS]
    for setting in SETTINGS:
        row = opened.row(setting.key)
        assert row.default.text().startswith("Default: ")
        assert row.reset.isHidden()
        assert row.error.isHidden()


def test_a_choice_is_stored_marked_and_put_back(opened: Opened) -> None:
    row = opened.row("appearance.theme")
    assert isinstance(row.control, Segments)
    QTest.mouseClick(row.control.segments[2], Qt.MouseButton.LeftButton)
    opened.page.wait_until(lambda: row.is_modified)
    assert opened.values["appearance.theme"] == "dark"
    assert row.reset.isVisible()
    row.reset.click()
    opened.page.wait_until(lambda: not row.is_modified)
    assert opened.values["appearance.theme"] == "system"
    assert [segment.isChecked() for segment in row.control.segments] == [True, False, False]


def test_the_mark_can_be_seen(opened: Opened) -> None:
    row = opened.row("appearance.theme")
    clean = row.grab().toImage()
    opened.tell("appearance.theme", "dark")
    opened.page.wait_until(lambda: row.is_modified)
    opened.tell("appearance.theme", "system")
    opened.page.wait_until(lambda: not row.is_modified)
    assert row.grab().toImage() == clean
    row.is_modified = True
    assert row.grab().toImage() != clean


def test_what_main_refuses_stands_below_and_what_was_typed_stays(opened: Opened) -> None:
    row = opened.row("startup.page")
    assert isinstance(row.control, TextLine)
    line = row.control.line
    line.selectAll()
    QTest.keyClicks(line, "file:///etc")
    QTest.keyClick(line, Qt.Key.Key_Return)
    opened.page.wait_until(lambda: not row.error.isHidden())
    assert row.error.text() == "Not stored: First page takes an http, https or os address."
    opened.tell("appearance.theme", "dark")
    opened.page.wait_until(lambda: opened.row("appearance.theme").is_modified)
    assert line.text() == "file:///etc"
    line.selectAll()
    QTest.keyClicks(line, "https://example.org")
    QTest.keyClick(line, Qt.Key.Key_Return)
    opened.page.wait_until(lambda: row.is_modified)
    assert row.error.isHidden()
    assert opened.values["startup.page"] == "https://example.org"


def test_a_number_out_of_range_is_told(opened: Opened) -> None:
    row = opened.row("processes.hang_seconds")
    assert isinstance(row.control, Stepper)
    row.control.line.selectAll()
    QTest.keyClicks(row.control.line, "1000")
    QTest.keyClick(row.control.line, Qt.Key.Key_Return)
    opened.page.wait_until(lambda: not row.error.isHidden())
    assert "2 to 120" in row.error.text()


def test_a_choice_that_could_not_be_stored_goes_back(opened: Opened) -> None:
    def refuse(payload: SettingsUpdate) -> None:
        raise browser_os.Full(browser_os.ErrorCode.RATE, "Too often.")

    opened.page.main.answer(browser_os.IPCChannel.SETTINGS_UPDATE, refuse)
    row = opened.row("appearance.theme")
    assert isinstance(row.control, Segments)
    QTest.mouseClick(row.control.segments[1], Qt.MouseButton.LeftButton)
    opened.page.wait_until(lambda: not row.error.isHidden())
    assert row.error.text() == "Not stored: Too often."
    assert row.control.segments[0].isChecked()


def test_a_change_made_elsewhere_is_shown(opened: Opened) -> None:
    row = opened.row("processes.hang_seconds")
    assert isinstance(row.control, Stepper)
    opened.tell("processes.hang_seconds", 9)
    opened.page.wait_until(lambda: row.is_modified)
    assert row.control.line.text() == "9"


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("dark mode", ["appearance.theme"]),
        ("THEME", ["appearance.theme"]),
        ("processes.hang", ["processes.hang_seconds"]),
        ("forget", ["startup.restore"]),
        ("address search", ["search.template"]),
        ("nothing at all", []),
    ],
)
def test_searching(opened: Opened, typed: str, keys: list[str]) -> None:
    opened.widget.search.setText(typed)
    assert opened.shown == keys
    assert opened.widget.nothing.isHidden() is bool(keys)
    assert [category.isHidden() for category in opened.widget.categories].count(False) == len(keys)
    opened.widget.search.clear()
    assert opened.shown == [setting.key for setting in SETTINGS]


def test_escape_ends_the_search(opened: Opened) -> None:
    opened.widget.search.setText("theme")
    QTest.keyClick(opened.widget.search, Qt.Key.Key_Escape)
    assert opened.shown == [setting.key for setting in SETTINGS]


def test_find_leads_to_the_search_field(opened: Opened) -> None:
    opened.widget.activateWindow()
    opened.row("appearance.theme").control.setFocus()
    QTest.keyClick(opened.widget, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert opened.widget.search.hasFocus()


def test_it_fits_a_narrow_tab(opened: Opened) -> None:
    opened.widget.resize(560, 700)
    body = opened.widget.widget()
    assert body is not None
    opened.page.wait_until(lambda: 500 < body.width() <= 560)


def test_settings_that_cannot_be_read_are_told(qapp: object) -> None:
    with open_page(FOLDER, built_in=True) as page:
        assert isinstance(page.widget, SettingsPage)
        nothing = page.widget.nothing
        page.wait_until(lambda: not nothing.isHidden())
        assert "settings.read" in nothing.text()
