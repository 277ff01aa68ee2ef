"""Blocking sockets, with a real process at the other end."""

import socket
import threading

import pytest

from tools.bench import floors
from tools.bench.bench_failed import BenchFailed


def test_round_trips_take_time() -> None:
    samples = floors.round_trips(300_000, 3)
    assert len(samples) == 3
    assert min(samples) > 0


def test_one_way_has_a_rate() -> None:
    assert floors.one_way(256, 50) > 0


def test_the_last_of_several_readers_is_waited_for() -> None:
    samples = floors.fan_out(256, 2, 2)
    assert len(samples) == 2
    assert min(samples) > 0


@pytest.mark.parametrize(("role", "sent", "answer"), [("echo", b"abcd", b"abcd"), ("swallow", b"abcd", b"!")])
def test_the_other_end_answers_until_its_measurer_goes(role: str, sent: bytes, answer: bytes) -> None:
    ours, theirs = socket.socketpair()
    thread = threading.Thread(target=floors.main, args=(role, str(theirs.detach()), "4"))
    thread.start()
    with ours:
        assert ours.recv(1) == b"!"
        ours.sendall(sent)
        assert ours.recv(4) == answer
    thread.join(10)
    assert not thread.is_alive()


def test_a_reader_that_goes_is_an_error() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        theirs.close()
        with pytest.raises(BenchFailed, match="went away"):
            floors._fill(ours, bytearray(1))
