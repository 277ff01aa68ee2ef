import json

import pytest
from pytestqt.qtbot import QtBot

from shared.channels.inspector import Record
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.details import Details
from tools.inspector.flow import Pairing
from tools.inspector.store import Entry


@pytest.fixture
def details(qtbot: QtBot) -> Details:
    details = Details()
    qtbot.addWidget(details)
    details.show()
    return details


def entries(*records: Record) -> list[Entry]:
    pairing = Pairing()
    return [Entry(each, pairing.add(each)) for each in records]


def test_a_reply_shows_latency_payload_and_the_way_to_its_request(details: Details, qtbot: QtBot) -> None:
    asked, answered = entries(request("7"), reply("7"))
    details.show_entry(answered)
    assert details.field("Latency") == "12.30 ms (measured by main)"
    assert details.field("Request") == "7, answered"
    assert details.field("Size") == "120 bytes on the wire"
    assert json.loads(details.json.toPlainText())["payload"] == {"value": 7}
    with qtbot.waitSignal(details.pair_wanted) as wanted:
        details.pair_button.click()
    assert wanted.args == [asked.record.sequence]


def test_a_refusal_is_explained(details: Details) -> None:
    (entry,) = entries(refused())
    details.show_entry(entry)
    assert details.problem == "invalid-payload: Expected `str`, got `int`\nat $.title"
    assert details.field("Verdict") == "refused"
    assert "does not fit" in details.note.text()
    assert not details.pair_button.isVisible()


def test_what_could_not_be_read_shows_its_bytes(details: Details) -> None:
    (entry,) = entries(refused(channel="", type="", code="malformed-frame", path=None, raw=b"abc"))
    details.show_entry(entry)
    assert details.views.currentWidget() is details.raw
    assert details.raw.toPlainText().startswith("0000  61 62 63")


def test_a_secret_says_why_there_is_nothing(details: Details) -> None:
    (entry,) = entries(record(payload=None, secret=True))
    details.show_entry(entry)
    assert "secret" in details.note.text()
    assert details.tree.topLevelItemCount() == 0


def test_texts_of_renderers_are_never_rich_text(details: Details) -> None:
    (entry,) = entries(refused(reason="<img src='file:///etc/passwd'>", peer="<b>x</b>"))
    details.show_entry(entry)
    assert "<img" in details.problem
    assert details.field("From → to") == "<b>x</b> #3 → main"


def test_the_reply_of_a_shown_request_appears_when_it_comes(details: Details) -> None:
    pairing = Pairing()
    asked = request("7")
    entry = Entry(asked, pairing.add(asked))
    details.show_entry(entry)
    assert details.field("Request") == "7, waiting for its reply"
    pairing.add(reply("7"))
    details.show_entry(entry)
    assert details.field("Request") == "7, answered"
    assert details.pair_button.isVisible()
