"""The least that messages between processes can take: blocking sockets, bytes without meaning, no event loop.

``python -m tools.bench.floors ROLE DESCRIPTOR BYTES`` is the process at the other end.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tools.bench.bench_failed import BenchFailed


def round_trips(size: int, rounds: int) -> list[float]:
    """Seconds of each of ``rounds`` round trips of ``size`` bytes."""
    message = bytearray(b"x" * size)
    samples = []
    with _other_end("echo", size) as ours:
        for _ in range(rounds + rounds // 10 + 1):
            start = time.perf_counter()
            ours.sendall(message)
            _fill(ours, message)
            samples.append(time.perf_counter() - start)
    return samples[-rounds:]


def one_way(size: int, count: int) -> float:
    """Messages of ``size`` bytes per second, sent one by one, until the last of ``count`` has been read."""
    message = b"x" * size
    with _other_end("swallow", size * count) as ours:
        start = time.perf_counter()
        for _ in range(count):
            ours.sendall(message)
        _fill(ours, bytearray(1))
        return count / (time.perf_counter() - start)


def fan_out(size: int, receivers: int, rounds: int) -> list[float]:
    """Seconds until the last of ``receivers`` processes has read one message; each notes when, and tells later."""
    message = b"x" * size
    samples = []
    stamp = bytearray(8)
    with ExitStack() as stack:
        ends = [stack.enter_context(_other_end("stamp", size)) for _ in range(receivers)]
        for _ in range(rounds + 1):
            start = time.monotonic_ns()
            for ours in ends:
                ours.sendall(message)
            last = 0
            for ours in ends:
                ours.sendall(b"?")
                _fill(ours, stamp)
                last = max(last, int.from_bytes(stamp, "little"))
            samples.append((last - start) / 1e9)
    return samples[1:]


@contextmanager
def _other_end(role: str, size: int) -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    with ours:
        with theirs:
            descriptor = theirs.fileno()
            command = [sys.executable, "-m", "tools.bench.floors", role, str(descriptor), str(size)]
            process = subprocess.Popen(command, pass_fds=[descriptor])
        try:
            _fill(ours, bytearray(1))  # it is there
            yield ours
        finally:
            ours.close()
            process.wait()


def _fill(connected: socket.socket, buffer: bytearray) -> None:
    """Raises BenchFailed if the other end goes meanwhile."""
    view = memoryview(buffer)
    while view:
        read = connected.recv_into(view)
        if not read:
            raise BenchFailed("the other end of a socket went away")
        view = view[read:]


def serve(role: str, connected: socket.socket, size: int) -> None:
    """The other end, until its measurer goes."""
    connected.sendall(b"!")
    message = bytearray(min(size, 1 << 20) if role == "swallow" else size)
    while True:
        if role == "echo":
            _fill(connected, message)
            connected.sendall(message)
        elif role == "swallow":
            left = size
            while left:
                left -= _read(connected, message)
            connected.sendall(b"!")
        else:
            _fill(connected, message)
            stamp = time.monotonic_ns().to_bytes(8, "little")
            _fill(connected, bytearray(1))
            connected.sendall(stamp)


def _read(connected: socket.socket, buffer: bytearray) -> int:
    read = connected.recv_into(buffer)
    if not read:
        raise BenchFailed("the measurer has left")
    return read


def main(role: str, descriptor: str, size: str) -> None:
    """Serve, and leave when the measurer does."""
    with socket.socket(fileno=int(descriptor)) as connected:
        try:
            serve(role, connected, int(size))
        except (BenchFailed, ConnectionError):
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
