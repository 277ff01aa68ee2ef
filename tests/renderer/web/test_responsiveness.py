"""Heart beats that go on to where a page's scripts run."""

from collections.abc import Callable

from renderer.web.responsiveness import HUNG_AFTER, PROBE_INTERVAL, Responsiveness


class Page:
    """A page that answers when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0
        self.probes: list[Callable[[object], None]] = []
        self.responsiveness = Responsiveness(self.probes.append, lambda: self.now)

    def answer(self) -> None:
        self.probes.pop(0)(1)


def test_a_ping_is_answered_when_the_page_has_answered() -> None:
    page = Page()
    first, second = page.responsiveness.ping(), page.responsiveness.ping()
    assert len(page.probes) == 1
    assert not first.done()
    page.answer()
    assert first.done()
    assert second.done()


def test_an_answer_vouches_for_a_while() -> None:
    page = Page()
    page.responsiveness.ping()
    page.answer()
    page.now += PROBE_INTERVAL / 2
    assert page.responsiveness.ping().done()
    page.now += PROBE_INTERVAL
    assert not page.responsiveness.ping().done()


def test_a_page_hangs_while_its_answer_is_overdue() -> None:
    page = Page()
    assert not page.responsiveness.is_hung()
    page.responsiveness.ping()
    assert not page.responsiveness.is_hung()
    page.now += HUNG_AFTER
    assert page.responsiveness.is_hung()
    page.answer()
    assert not page.responsiveness.is_hung()


def test_a_dead_process_is_not_waited_for() -> None:
    page = Page()
    waiting = page.responsiveness.ping()
    page.responsiveness.process_gone()
    assert waiting.done()
    assert page.responsiveness.ping().done()
    assert not page.responsiveness.is_hung()


def test_a_late_answer_of_an_old_process_says_nothing_of_the_new_one() -> None:
    page = Page()
    old = page.responsiveness.ping()
    page.responsiveness.process_began()
    assert old.done()
    new = page.responsiveness.ping()
    page.answer()
    assert not new.done()
    page.answer()
    assert new.done()
