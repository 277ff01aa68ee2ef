import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from main_process.window import tokens
from main_process.window.tab_strip import TabStrip
from tests.main_process.window.fake_tab import FakeTab


def _filled(strip: TabStrip, number: int) -> list[FakeTab]:
    tabs = [FakeTab(f"https://site{index}.example/", f"Site {index}") for index in range(number)]
    for index, tab in enumerate(tabs):
        strip.add_tab(tab, index)
    strip.set_current(tabs[0])
    strip.resize(strip.width() - 1, strip.height())  # a resize ends the slides
    return tabs


def _drag(strip: TabStrip, tab: FakeTab, by: int) -> None:
    button = strip.button_of(tab)
    start = button.rect().center()
    QTest.mousePress(button, Qt.MouseButton.LeftButton, pos=start)
    begin = button.mapToGlobal(start)
    for step in (by // 2, by):
        position = button.mapFromGlobal(begin + QPoint(step, 0))
        QTest.mouseMove(button, position)
        QApplication.processEvents()
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton, pos=button.mapFromGlobal(begin + QPoint(by, 0)))


def test_reordering_keeps_identity(strip: TabStrip) -> None:
    tabs = _filled(strip, 4)
    buttons = {tab.tab_id: strip.button_of(tab) for tab in tabs}
    strip.move_tab(tabs[0], 2)
    assert strip.tabs() == [tabs[1], tabs[2], tabs[0], tabs[3]]
    assert all(strip.button_of(tab) is buttons[tab.tab_id] for tab in tabs)
    assert strip.current_button() is buttons[tabs[0].tab_id]


def test_dragging_moves_a_tab_and_says_where(strip: TabStrip, qtbot: QtBot) -> None:
    tabs = _filled(strip, 4)
    width = strip.button_of(tabs[0]).width()
    moves: list[tuple[FakeTab, int]] = []
    strip.tab_moved.connect(lambda tab, index: moves.append((tab, index)))
    _drag(strip, tabs[0], 2 * width + 10)
    assert strip.tabs() == [tabs[1], tabs[2], tabs[0], tabs[3]]
    assert moves[-1] == (tabs[0], 2)
    qtbot.waitUntil(lambda: strip.button_of(tabs[0]).x() == strip.button_of(tabs[2]).x() + width)


def test_dragging_beyond_the_end_stops_at_the_end(strip: TabStrip) -> None:
    tabs = _filled(strip, 3)
    _drag(strip, tabs[1], 5000)
    assert strip.tabs() == [tabs[0], tabs[2], tabs[1]]
    _drag(strip, tabs[1], -5000)
    assert strip.tabs() == [tabs[1], tabs[0], tabs[2]]


def test_a_press_selects_at_once_and_the_middle_button_closes(strip: TabStrip, qtbot: QtBot) -> None:
    tabs = _filled(strip, 3)
    with qtbot.waitSignal(strip.tab_selected, timeout=1000) as selected:
        QTest.mousePress(strip.button_of(tabs[2]), Qt.MouseButton.LeftButton)
    assert selected.args == [tabs[2]]
    QTest.mouseRelease(strip.button_of(tabs[2]), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(strip.tab_close_requested, timeout=1000) as closed:
        QTest.mouseClick(strip.button_of(tabs[1]), Qt.MouseButton.MiddleButton)
    assert closed.args == [tabs[1]]
    assert strip.tabs() == tabs


def test_the_close_button_asks_and_a_closed_tab_leaves(strip: TabStrip, qtbot: QtBot) -> None:
    tabs = _filled(strip, 3)
    with qtbot.waitSignal(strip.tab_close_requested, timeout=1000) as closed:
        strip.button_of(tabs[1]).close_button.click()
    assert closed.args == [tabs[1]]
    strip.remove_tab(tabs[1])
    assert strip.tabs() == [tabs[0], tabs[2]]
    with pytest.raises(KeyError):
        strip.button_of(tabs[1])


def test_many_tabs_scroll_and_the_current_one_is_in_view(strip: TabStrip) -> None:
    tabs = _filled(strip, 30)
    assert strip.list_button.isVisible()
    last = strip.button_of(tabs[-1])
    assert last.width() == tokens.TAB_MINIMUM_WIDTH
    strip.set_current(tabs[-1])
    rail = last.parentWidget()
    assert rail is not None
    assert rail.rect().contains(last.geometry())
    assert strip.new_button.geometry().right() < strip.list_button.x()
    strip.set_current(tabs[0])
    assert rail.rect().contains(strip.button_of(tabs[0]).geometry())


def test_few_tabs_need_no_list(strip: TabStrip) -> None:
    tabs = _filled(strip, 2)
    assert not strip.list_button.isVisible()
    assert strip.button_of(tabs[0]).width() == tokens.TAB_WIDTH


def test_arrow_keys_go_from_tab_to_tab_and_delete_closes(strip: TabStrip, qtbot: QtBot) -> None:
    tabs = _filled(strip, 3)
    strip.tab_selected.connect(strip.set_current)
    first = strip.button_of(tabs[0])
    first.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(first, Qt.Key.Key_Right)
    assert strip.current_button() is strip.button_of(tabs[1])
    assert strip.button_of(tabs[1]).hasFocus()
    QTest.keyClick(strip.button_of(tabs[1]), Qt.Key.Key_End)
    assert strip.current_button() is strip.button_of(tabs[2])
    with qtbot.waitSignal(strip.tab_close_requested, timeout=1000) as closed:
        QTest.keyClick(strip.button_of(tabs[2]), Qt.Key.Key_Delete)
    assert closed.args == [tabs[2]]


def test_the_spinner_runs_only_while_something_that_loads_is_seen(strip: TabStrip) -> None:
    tab = _filled(strip, 1)[0]
    spinning = [strip.is_spinning]
    tab.update(loading=True)
    strip.refresh_tab(tab)
    spinning.append(strip.is_spinning)
    strip.hide()
    spinning.append(strip.is_spinning)
    strip.show()
    spinning.append(strip.is_spinning)
    tab.update(loading=False)
    strip.refresh_tab(tab)
    spinning.append(strip.is_spinning)
    assert spinning == [False, True, False, True, False]
