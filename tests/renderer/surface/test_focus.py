from collections.abc import Callable

from PySide6.QtCore import Qt

from tests.renderer.surface.kitchen import Kitchen, Person
from tests.renderer.surface.stage import Stage


def test_without_mains_word_the_page_has_none(make_stage: Callable[..., Stage]) -> None:
    page = Kitchen()
    person = Person(make_stage(page, 500, 700), page)
    assert not page.isActiveWindow()
    person.focus(True)
    assert page.isActiveWindow()


def test_it_comes_back_to_the_widget_that_had_it(person: Person) -> None:
    person.click(person.page.second)
    person.focus(False)
    assert not person.page.isActiveWindow()
    assert not person.page.second.hasFocus()
    person.focus(True)
    assert person.page.second.hasFocus()


def test_mains_own_popups_only_borrow_it(person: Person) -> None:
    person.click(person.page.second)
    person.focus(False, Qt.FocusReason.PopupFocusReason)
    assert person.page.second.hasFocus()


def test_coming_by_tab_is_at_the_first_and_by_backtab_at_the_last(person: Person) -> None:
    person.click(person.page.second)
    person.focus(False)
    person.focus(True, Qt.FocusReason.TabFocusReason)
    assert person.page.button.hasFocus()
    person.focus(False)
    person.focus(True, Qt.FocusReason.BacktabFocusReason)
    assert person.page.combo.hasFocus()


def test_hiding_and_showing_keeps_what_main_said(person: Person) -> None:
    person.stage.show(False)
    person.stage.show()
    assert person.page.isActiveWindow()
    person.focus(False)
    person.stage.show(False)
    person.stage.show()
    assert not person.page.isActiveWindow()


def test_of_two_surfaces_the_one_that_main_says_has_it(make_stage: Callable[..., Stage]) -> None:
    pages = Kitchen(), Kitchen()
    people = [Person(make_stage(page, 500, 700), page) for page in pages]
    people[0].focus(True)
    people[0].click(pages[0].second)
    people[1].stage.show(False)
    people[1].stage.show()
    assert pages[0].isActiveWindow()
    people[0].write("a")
    people[0].focus(False)
    people[1].focus(True)
    people[1].click(pages[1].second)
    people[1].write("b")
    assert pages[1].isActiveWindow()
    assert (pages[0].second.text(), pages[1].second.text()) == ("a", "b")
