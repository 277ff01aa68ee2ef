from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from main_process.window import tokens
from main_process.window.tab_interface import TabState
from main_process.window.tab_strip import TabStrip
from tests.main_process.window.fake_tab import FakeTab


def _filled(strip: TabStrip, number: int) -> list[FakeTab]:
    tabs = [FakeTab(f"https://site{index}.example/", f"Site {index}") for index in range(number)]
    for index, tab in enumerate(tabs):
        strip.add_tab(tab, index)
    strip.set_current(tabs[0])
    strip.resize(strip.width() - 1, strip.height())  # a resize ends the slides
    return tabs


def test_every_part_has_a_name_for_screen_readers(strip: TabStrip) -> None:
    tabs = _filled(strip, 2)
    tabs[0].update(title="Mail", loading=True)
    strip.refresh_tab(tabs[0])
    tabs[1].update(state=TabState.CRASHED)
    strip.refresh_tab(tabs[1])
    assert strip.accessibleName() == "Tabs"
    assert strip.button_of(tabs[0]).accessibleName() == "Mail, loading"
    assert strip.button_of(tabs[0]).close_button.accessibleName() == "Close tab Mail"
    assert strip.button_of(tabs[1]).accessibleName() == "Site 1, crashed"
    assert strip.new_button.accessibleName() == "New tab"


def test_titles_and_tool_tips_are_never_markup(strip: TabStrip) -> None:
    tab = FakeTab("https://example.com/", "<img src=file:///etc/x>\n\u202eevil")
    strip.add_tab(tab, 0)
    assert strip.button_of(tab).title() == "<img src=file:///etc/x> evil"
    assert strip.button_of(tab).toolTip().startswith("<qt>&lt;img")


def test_a_tab_without_a_title_shows_its_address(strip: TabStrip) -> None:
    tabs = [FakeTab("https://example.com/"), FakeTab("os://newtab"), FakeTab("")]
    for tab in tabs:
        strip.add_tab(tab, 0)
    assert [strip.button_of(tab).title() for tab in tabs] == ["https://example.com/", "New tab", "New tab"]


def test_an_icon_is_drawn(strip: TabStrip) -> None:
    tab = FakeTab("https://example.com/", "Red")
    icon = QImage(16, 16, QImage.Format.Format_ARGB32_Premultiplied)
    icon.fill(Qt.GlobalColor.red)
    tab.icon = icon
    strip.add_tab(tab, 0)
    strip.set_current(tab)
    picture = strip.button_of(tab).grab().toImage()
    middle = strip.height() - tokens.TAB_HEIGHT + (tokens.TAB_HEIGHT - 3) // 2
    assert picture.pixelColor(tokens.SPACE_3 + 8, middle).name() == "#ff0000"
