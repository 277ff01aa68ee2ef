"""The listening socket against bare sockets, in one process."""

import os
import resource
import socket
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from main_process import local_server
from main_process.link import Link
from main_process.local_server import MAX_CLIENTS, LocalServer, bind_in_directory, peer_uid
from shared.contract import Party, Phase
from shared.session import Session, Side


class Bench:
    """A server and who connected to it."""

    def __init__(self, path: Path, qtbot: QtBot) -> None:
        self.path = path
        self.links: list[Link] = []
        self.server = LocalServer(path, Party.INSTANCE, self.links.append)
        self.clients: list[socket.socket] = []
        self.qtbot = qtbot

    def connect(self) -> socket.socket:
        client = socket.socket(socket.AF_UNIX)
        client.settimeout(10)
        client.connect(str(self.path))
        self.clients.append(client)
        return client

    def close(self) -> None:
        self.server.close()
        for client in self.clients:
            client.close()


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot) -> Iterator[Bench]:
    bench = Bench(tmp_path / "instance", qtbot)
    yield bench
    bench.close()


def greet(client: socket.socket) -> None:
    peer = Session(side=Side.PEER, party=Party.INSTANCE)
    peer.start()
    buffers, _ = peer.outbox.peek()
    client.sendmsg(buffers)


def test_the_socket_is_the_users_alone_and_goes_with_the_server(bench: Bench) -> None:
    status = bench.path.stat()
    assert stat.S_ISSOCK(status.st_mode)
    assert stat.S_IMODE(status.st_mode) == 0o600
    bench.server.close()
    assert not bench.path.exists()


def test_a_client_becomes_a_link_of_its_party(bench: Bench) -> None:
    greet(bench.connect())
    bench.qtbot.waitUntil(lambda: [link.session.phase for link in bench.links] == [Phase.OPEN])
    assert bench.links[0].session.party is Party.INSTANCE
    assert bench.links[0].session.side is Side.MAIN
    assert bench.server.clients == 1


def test_a_client_that_goes_makes_room(bench: Bench) -> None:
    for client in [bench.connect() for _ in range(3)]:
        bench.qtbot.waitUntil(lambda: bench.server.clients > 0)
        client.close()
    bench.qtbot.waitUntil(lambda: len(bench.links) == 3 and bench.server.clients == 0)


def test_more_than_a_few_clients_are_turned_away(bench: Bench) -> None:
    clients = [bench.connect() for _ in range(MAX_CLIENTS)]
    bench.qtbot.waitUntil(lambda: bench.server.clients == MAX_CLIENTS)
    one_more = bench.connect()
    one_more.setblocking(False)

    def is_over() -> bool:
        try:
            return one_more.recv(1) == b""
        except BlockingIOError:
            return False

    bench.qtbot.waitUntil(is_over)
    assert len(bench.links) == MAX_CLIENTS
    clients[0].close()
    bench.qtbot.waitUntil(lambda: bench.server.clients == MAX_CLIENTS - 1)
    bench.connect()
    bench.qtbot.waitUntil(lambda: bench.server.clients == MAX_CLIENTS)


def test_rubbish_ends_its_own_link_only(bench: Bench) -> None:
    greet(bench.connect())
    bench.connect().send(b"\xff\xff\xff\xff rubbish")
    bench.qtbot.waitUntil(lambda: len(bench.links) == 2 and bench.server.clients == 1)
    assert [link.is_closed for link in bench.links] == [False, True]


def test_another_users_process_is_turned_away(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_server, "peer_uid", lambda connected: os.getuid() + 1)
    client = bench.connect()
    bench.qtbot.wait(1)
    assert client.recv(1) == b""
    assert bench.links == []


def test_the_kernel_says_whose_the_other_end_is() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert peer_uid(ours) == os.getuid()


def test_what_a_killed_shell_left_is_replaced(tmp_path: Path, qtbot: QtBot) -> None:
    path = tmp_path / "instance"
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(path))
    bench = Bench(path, qtbot)
    greet(bench.connect())
    bench.qtbot.waitUntil(lambda: bench.server.clients == 1)
    bench.close()


def test_a_link_in_the_sockets_place_is_replaced_and_not_followed(tmp_path: Path) -> None:
    target = tmp_path / "target"
    target.touch(mode=0o644)
    (tmp_path / "instance").symlink_to(target)
    with socket.socket(socket.AF_UNIX) as listener:
        bind_in_directory(listener, tmp_path / "instance")
    assert stat.S_IMODE(target.stat().st_mode) == 0o644
    assert not (tmp_path / "instance").is_symlink()


def test_closing_ends_every_client(bench: Bench) -> None:
    client = bench.connect()
    bench.qtbot.waitUntil(lambda: bench.server.clients == 1)
    bench.server.close()
    assert client.recv(1) == b""
    assert bench.server.clients == 0
    bench.server.close()


def test_a_directory_that_is_not_there_leaves_no_descriptor(tmp_path: Path) -> None:
    before = os.listdir("/proc/self/fd")
    with pytest.raises(FileNotFoundError):
        LocalServer(tmp_path / "gone" / "instance", Party.INSTANCE, lambda link: None)
    assert len(os.listdir("/proc/self/fd")) == len(before)


def test_without_descriptors_it_pauses_and_goes_on(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(local_server, "_PAUSE_MS", 50)
    waiting = bench.connect()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    lowest_free = os.dup(0)
    os.close(lowest_free)
    resource.setrlimit(resource.RLIMIT_NOFILE, (lowest_free, hard))
    try:
        bench.qtbot.waitUntil(lambda: "no connection can be accepted for now" in caplog.text)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert len(caplog.records) == 1
    greet(waiting)
    bench.qtbot.waitUntil(lambda: bench.server.clients == 1)
