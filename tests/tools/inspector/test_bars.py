import pytest
from pytestqt.qtbot import QtBot

from tools.inspector.bars import Footer, Notice, Toolbar


@pytest.mark.parametrize(
    ("shown", "lost", "forgotten", "hidden", "texts"),
    [
        (1234, 0, 0, None, ["1,234 messages", "", ""]),
        (3, 0, 0, None, ["3 of 1,234 messages", "", ""]),
        (3, 7, 0, 0, ["3 of 1,234 messages", "Paused: 0 new hidden", "7 lost"]),
        (
            3,
            7,
            5000,
            12,
            ["3 of 1,234 messages", "Paused: 12 new hidden", "7 lost, 5,000 older ones made room"],
        ),
    ],
)
def test_the_footer_says_how_much_there_is_and_is_not(
    qtbot: QtBot, shown: int, lost: int, forgotten: int, hidden: int | None, texts: list[str]
) -> None:
    footer = Footer()
    qtbot.addWidget(footer)
    footer.show_counts(shown=shown, captured=1234, lost=lost, forgotten=forgotten, hidden=hidden)
    assert [label.text() for label in (footer.counts, footer.hidden, footer.missing)] == texts


def test_a_wrong_filter_is_marked_and_explained(qtbot: QtBot) -> None:
    toolbar = Toolbar()
    qtbot.addWidget(toolbar)
    toolbar.show_filter_error("expected a term")
    assert not toolbar.error.isHidden()
    assert toolbar.filter.property("invalid") is True
    toolbar.show_filter_error("")
    assert toolbar.error.isHidden()
    assert toolbar.filter.property("invalid") is False


def test_a_notice_offers_its_action(qtbot: QtBot) -> None:
    notice = Notice()
    qtbot.addWidget(notice)
    assert notice.isHidden()
    notice.show_text("The shell ended.", action="Connect again")
    assert notice.text == "The shell ended."
    with qtbot.waitSignal(notice.action_wanted):
        notice._button.click()
