from shared.channels.inspector import InspectorRecords, Record
from tests.tools.inspector.records import record, refused, reply, request
from tools.inspector.filter import parse
from tools.inspector.store import Store


def batch(*records: Record, lost: int = 0) -> InspectorRecords:
    return InspectorRecords(records=records, lost=lost)


def shown(store: Store, text: str) -> list[Record]:
    store.set_filter(parse(text))
    return [entry.record for entry in store.shown()]


def test_a_match_brings_the_other_half_of_its_pair() -> None:
    store = Store()
    asked, event, answered = request("1", payload={"keys": ["colour"]}), record(), reply("1", latency=0.5)
    store.add(batch(asked, event, answered))
    assert shown(store, "colour") == [asked, answered]
    assert shown(store, "latency>400") == [asked, answered]
    assert shown(store, "channel:tab") == [event]
    assert shown(store, "") == [asked, event, answered]


def test_it_is_bounded_by_count() -> None:
    store = Store(max_records=100)
    records = [record() for _ in range(101)]
    store.add(batch(*records))
    assert len(store.entries) == 95
    assert store.forgotten == 6
    assert store.first == records[6].sequence


def test_it_is_bounded_by_bytes() -> None:
    store = Store(max_bytes=1_000_000)
    for _ in range(100):
        store.add(batch(record(size=20_000)))
    assert len(store.entries) < 50
    # What main summarised takes little, whatever the message weighed.
    store.clear()
    store.add(batch(*(record(size=4_194_304) for _ in range(100))))
    assert len(store.entries) == 100


def test_losses_add_up_and_clearing_forgets_them() -> None:
    store = Store()
    store.add(batch(refused(), lost=3))
    store.add(batch(lost=4))
    assert store.lost == 7
    store.clear()
    assert (store.lost, len(store.entries), store.first) == (0, 0, 0)
