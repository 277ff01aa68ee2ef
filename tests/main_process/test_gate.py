"""Who is admitted, under which number, and what may be said then."""

from typing import Any, cast

import pytest

from main_process.gate import Gate
from main_process.handlers import Caller
from main_process.recorder import Recorder
from shared.channels.inspector import Record
from shared.channels.settings import SettingsGet, SettingsValues
from shared.channels.tab import TabUpdate
from shared.contract import Party
from shared.errors import ErrorCode, Refused
from shared.ipc_channel import IPCChannel
from shared.permissions import Principal
from shared.values import decode, decoder
from tests.main_process.handlers.dialogue import FakeShell, FakeTab
from tests.shared.pair import Pair

SPARE = Principal(name="page 17", party=Party.PAGE)
READER = Principal(name="page settings", party=Party.PAGE, granted=frozenset({"settings.read"}))


def _caller(calls: list[tuple[Any, ...]]) -> Caller:
    return Caller(cast(Any, FakeTab(calls)), cast(Any, FakeShell(calls)))


def test_numbers_are_given_once_and_not_again() -> None:
    gate = Gate()
    first, second, third = (Pair().main for _ in range(3))
    assert [gate.admit(session, SPARE) for session in (first, second)] == [1, 2]
    assert gate.admit(first, READER) == 1
    gate.dismiss(first)
    gate.dismiss(first)
    assert (gate.admit(third, SPARE), len(gate)) == (3, 2)
    assert [gate.number_of(session) for session in (first, second, third)] == [None, 2, 3]


def test_what_was_not_granted_is_refused_and_the_page_is_told_why() -> None:
    pair = Pair()
    calls: list[tuple[Any, ...]] = []
    Gate().admit(pair.main, SPARE, _caller(calls))
    with pytest.raises(Refused, match=r"page 17 needs permission 'settings\.read'") as caught:
        pair.call(pair.peer, IPCChannel.SETTINGS_GET, SettingsGet(keys=("a",)))
    assert caught.value.code is ErrorCode.PERMISSION_DENIED
    assert pair.main.error is None


def test_the_spare_holds_nothing_until_it_is_a_page() -> None:
    pair = Pair()
    gate = Gate()
    calls: list[tuple[Any, ...]] = []
    gate.admit(pair.main, SPARE)
    with pytest.raises(Refused):
        pair.call(pair.peer, IPCChannel.SETTINGS_GET, SettingsGet(keys=("a",)))
    gate.admit(pair.main, READER, _caller(calls))
    values: SettingsValues = pair.call(pair.peer, IPCChannel.SETTINGS_GET, SettingsGet(keys=("a",)))
    assert values.values == {"a": True}


def test_without_a_caller_nothing_is_served() -> None:
    pair = Pair()
    Gate().admit(pair.main, SPARE)
    pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="a"))
    pair.run()
    assert pair.main.counters["unheard"] == 1


def test_without_a_recorder_nobody_listens() -> None:
    pair = Pair()
    Gate().admit(pair.main, SPARE)
    assert pair.main.tap is None


def test_with_one_every_record_names_who_it_was_then() -> None:
    pair = Pair()
    recorder = Recorder()
    gate = Gate(recorder)
    gate.admit(Pair().main, SPARE)
    gate.admit(pair.main, SPARE)
    pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="before"))
    pair.run()
    gate.admit(pair.main, READER)
    pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="after"))
    pair.run()
    records: list[Record] = [decode(decoder(Record), data) for data in recorder.ring.read(1, 10, 10**6)]
    assert [(record.link, record.peer) for record in records] == [(2, "page 17"), (2, "page settings")]


def test_inspectors_are_admitted_unrecorded() -> None:
    pair = Pair(Party.INSPECTOR)
    gate = Gate(Recorder())
    inspector = Principal(name="inspector", party=Party.INSPECTOR)
    assert gate.admit(pair.main, inspector) == gate.admit(pair.main, inspector)
    assert pair.main.tap is None


def test_what_links_counted_is_summed_and_outlives_them() -> None:
    gate = Gate()
    pairs = [Pair(), Pair()]
    for pair in pairs:
        gate.admit(pair.main, SPARE)
        pair.peer.refusal = lambda channel, error: None
        pair.peer.send(IPCChannel.TAB_UPDATE, TabUpdate(title="unheard"))
        pair.run()
    before = gate.counters()
    assert before["unheard"] == 2
    gate.dismiss(pairs[0].main)
    gate.dismiss(pairs[0].main)
    assert gate.counters() == before
