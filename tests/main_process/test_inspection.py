"""The server against real clients on a real socket, in one process."""

import os
import socket
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from main_process.inspection import Inspection
from main_process.recorder import Recorder, Ring
from shared.channels.inspector import InspectorAttach, InspectorRecords, Record, ShellDescription
from shared.contract import Direction, Party, Phase
from shared.errors import Gone, Refused
from shared.ipc_channel import IPCChannel
from shared.observation import Observation
from shared.runtime_paths import INSPECTOR_SOCKET, INSPECTOR_TOKEN
from shared.session import Session, Side
from tools.inspector.client import InspectorClient

DESCRIPTION = ShellDescription(
    pid=1, zygote=2, spare=None, web_hosts=(), windows=(), isolation="as the user", links=0
)


class Bench:
    """A server, and clients that are pumped while Qt runs."""

    def __init__(self, runtime: Path, qtbot: QtBot, ring: Ring | None = None) -> None:
        self.runtime = runtime
        self.recorder = Recorder(ring)
        self.server = Inspection(runtime, self.recorder, lambda: DESCRIPTION)
        self.clients: list[InspectorClient] = []
        self._qtbot = qtbot

    @property
    def token(self) -> str:
        return (self.runtime / INSPECTOR_TOKEN).read_text()

    def client(self) -> InspectorClient:
        """A connected client that has not attached."""
        connected = socket.socket(socket.AF_UNIX)
        connected.connect(str(self.runtime / INSPECTOR_SOCKET))
        client = InspectorClient(connected)
        self.clients.append(client)
        self.until(lambda: client.session.phase is Phase.OPEN)
        return client

    def attached(self, *, records: bool = True) -> InspectorClient:
        client = self.client()
        future = client.session.invoke(
            IPCChannel.INSPECTOR_ATTACH, InspectorAttach(token=self.token, records=records)
        )
        self.until(future.done)
        future.result()
        return client

    def until(self, condition: Callable[[], bool]) -> None:
        """Let Qt and every client run until ``condition()``."""

        def look() -> bool:
            for client in self.clients:
                client.pump()
            return condition()

        self._qtbot.waitUntil(look, timeout=10_000)

    def batches(self, client: InspectorClient, up_to: int) -> list[InspectorRecords]:
        """What ``client`` was sent, when record number ``up_to`` has come."""
        taken: list[InspectorRecords] = []

        def is_there() -> bool:
            taken.extend(client.take())
            return any(record.sequence == up_to for batch in taken for record in batch.records)

        self.until(is_there)
        return taken

    def observe(self, count: int = 1, *, size: int = 100, payload: object = None) -> None:
        for _ in range(count):
            self.recorder.record(
                1,
                "page 1",
                Observation(
                    direction=Direction.TO_MAIN, channel="c", type="event", size=size, payload=payload
                ),
            )


@pytest.fixture
def make_bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Callable[[Ring | None], Bench]]:
    benches: list[Bench] = []

    def make(ring: Ring | None = None) -> Bench:
        benches.append(Bench(tmp_path, qtbot, ring))
        return benches[-1]

    yield make
    for bench in benches:
        bench.server.close()
        for client in bench.clients:
            client.close()


@pytest.fixture
def bench(make_bench: Callable[[Ring | None], Bench]) -> Bench:
    return make_bench(None)


def records_of(batches: list[InspectorRecords]) -> list[Record]:
    return [record for batch in batches for record in batch.records]


def test_token_and_socket_are_the_users_alone_and_go_with_the_server(bench: Bench) -> None:
    for name in (INSPECTOR_TOKEN, INSPECTOR_SOCKET):
        assert stat.S_IMODE((bench.runtime / name).stat().st_mode) == 0o600
    bench.server.close()
    assert os.listdir(bench.runtime) == []


def test_every_start_has_a_token_of_its_own(bench: Bench, tmp_path: Path) -> None:
    first = bench.token
    bench.server.close()
    second = Inspection(tmp_path, bench.recorder, lambda: DESCRIPTION)
    assert bench.token != first
    second.close()


def test_what_was_recorded_before_comes_first_then_what_happens(bench: Bench) -> None:
    bench.observe(600, payload={"n": 2**80})
    client = bench.attached()
    batches = bench.batches(client, up_to=600)
    bench.observe(3)
    batches += bench.batches(client, up_to=603)
    assert [record.sequence for record in records_of(batches)] == list(range(1, 604))
    assert max(len(batch.records) for batch in batches) == 256
    assert sum(batch.lost for batch in batches) == 0
    assert records_of(batches)[0].payload == {"n": 2**80}


def test_a_wrong_token_is_refused_and_the_link_ends(bench: Bench) -> None:
    client = bench.client()
    future = client.session.invoke(IPCChannel.INSPECTOR_ATTACH, InspectorAttach(token="Grüße"))
    bench.until(lambda: client.closed is not None)
    assert isinstance(future.exception(), Refused)
    assert isinstance(client.closed, Gone)
    bench.observe()
    assert bench.server.attached == 0
    assert client.take() == []


def test_who_is_not_attached_learns_nothing(bench: Bench) -> None:
    bench.observe()
    client = bench.client()
    future = client.session.invoke(IPCChannel.INSPECTOR_DESCRIBE)
    bench.until(future.done)
    assert isinstance(future.exception(), Refused)
    attached = bench.attached()
    bench.batches(attached, up_to=1)
    assert client.take() == []


def test_who_does_not_attach_in_time_is_ended(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("main_process.inspection.HANDSHAKE_TIMEOUT", 0.05)
    late, attached = bench.client(), bench.attached()
    bench.until(lambda: late.closed is not None)
    assert attached.closed is None


def test_describe_is_answered_by_the_shell_even_without_records(bench: Bench) -> None:
    client = bench.attached(records=False)
    bench.observe()
    future = client.session.invoke(IPCChannel.INSPECTOR_DESCRIBE)
    bench.until(future.done)
    assert future.result() == DESCRIPTION
    assert client.take() == []


def test_the_indicator_counts_the_attached(bench: Bench) -> None:
    counts: list[int] = []
    bench.server.clients_changed.connect(counts.append)
    bench.client()
    first = bench.attached()
    bench.attached()
    first.close()
    bench.until(lambda: bench.server.attached == 1)
    assert counts == [1, 2, 1]


def test_a_client_that_reads_nothing_costs_a_bounded_queue_and_then_learns_what_it_lost(
    make_bench: Callable[[Ring | None], Bench],
) -> None:
    bench = make_bench(Ring(max_records=500))
    slow, quick = bench.attached(), bench.attached()
    bench.clients.remove(slow)  # nobody pumps it
    waiting = [client.link.session.outbox for client in bench.server._clients]
    for end in range(200, 3201, 200):
        bench.observe(200, size=16_000, payload="x" * 15_000)
        assert sum(batch.lost for batch in bench.batches(quick, up_to=end)) == 0
    assert max(outbox.peak_bytes for outbox in waiting) < 2 * 1024 * 1024
    bench.clients.append(slow)
    batches = bench.batches(slow, up_to=3200)
    lost = sum(batch.lost for batch in batches)
    records = records_of(batches)
    assert lost > 0
    assert lost + len(records) == 3200
    gap = next(batch for batch in batches if batch.lost)
    before = max((r.sequence for r in records if r.sequence < gap.records[0].sequence), default=0)
    assert gap.records[0].sequence == before + gap.lost + 1


def test_who_attaches_late_is_told_what_the_ring_no_longer_holds(
    make_bench: Callable[[Ring | None], Bench],
) -> None:
    bench = make_bench(Ring(max_records=10))
    bench.observe(25)
    batches = bench.batches(bench.attached(), up_to=25)
    assert (batches[0].lost, len(batches[0].records)) == (15, 10)


@pytest.mark.parametrize("garbage", [b"\xff" * 64, b"\x05\x00\x00\x00hello", b"GET / HTTP/1.1\r\n\r\n"])
def test_garbage_ends_its_own_link_and_nothing_else(bench: Bench, garbage: bytes) -> None:
    attached = bench.attached()
    stranger = socket.socket(socket.AF_UNIX)
    stranger.connect(str(bench.runtime / INSPECTOR_SOCKET))
    stranger.setblocking(False)
    stranger.send(garbage)

    def is_ended() -> bool:
        try:
            return stranger.recv(1) == b""
        except BlockingIOError:
            return False
        except ConnectionResetError:
            return True

    bench.until(is_ended)
    stranger.close()
    bench.observe()
    assert len(records_of(bench.batches(attached, up_to=1))) == 1


def test_an_inspector_sees_nothing_of_itself(bench: Bench) -> None:
    client = bench.attached()
    bench.observe()
    assert [record.channel for record in records_of(bench.batches(client, up_to=1))] == ["c"]
    assert all(link.link.session.tap is None for link in bench.server._clients)


def test_records_of_a_real_session_arrive_decoded(bench: Bench) -> None:
    session = Session(side=Side.MAIN, party=Party.PAGE)
    bench.recorder.watch(session, link=9, peer="page 9")
    session.receive(b"\x03\x00\x00\x00abc")
    (record,) = records_of(bench.batches(bench.attached(), up_to=1))
    assert (record.link, record.code, record.raw) == (9, "malformed-envelope", b"abc")
