"""msgspec over Qt and nothing else: what the shell's messages could cost if nobody checked, bounded or named them.

``python -m tools.bench.unchecked PAYLOAD ROUNDS`` prints seconds per round trip, ``… events COUNT`` a rate.
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

import msgspec
from PySide6.QtCore import QCoreApplication, QSocketNotifier

from tools.bench.payloads import payload_of, record


class End:
    """One end: frames of four bytes of length and msgpack. ``hear`` gets this end and each value."""

    def __init__(self, connected: socket.socket, hear: Callable[["End", Any], None]) -> None:
        self._socket, self._hear, self._waiting = connected, hear, bytearray()
        self._encode, self._decode = msgspec.msgpack.Encoder().encode, msgspec.msgpack.Decoder().decode
        self._reader = QSocketNotifier(connected.fileno(), QSocketNotifier.Type.Read)
        self._reader.activated.connect(self._on_reader_activated)

    def send(self, value: Any) -> None:
        """Wait until it is written."""
        body = self._encode(value)
        self._socket.sendall(len(body).to_bytes(4, "little") + body)

    def _on_reader_activated(self) -> None:
        data = self._socket.recv(1 << 18)
        if not data:
            self._reader.setEnabled(False)
            QCoreApplication.quit()
        waiting, position = self._waiting, 0
        waiting += data
        while (start := position + 4) <= len(waiting):
            end = start + int.from_bytes(waiting[position:start], "little")
            if end > len(waiting):
                break
            self._hear(self, self._decode(bytes(memoryview(waiting)[start:end])))
            position = end
        del waiting[:position]


def serve(connected: socket.socket) -> None:
    """Send every command back; events go nowhere."""
    application = QCoreApplication([])
    end = End(connected, lambda end, message: end.send(message) if message["command"] else None)
    application.exec()
    del end  # before the application


def measure(connected: socket.socket, kind: str, rounds: int) -> list[float]:
    """Seconds of each round trip, or events per second."""
    application, samples, is_event = QCoreApplication([]), [], kind == "events"
    value = record() if is_event else payload_of(kind)
    since = 0.0

    def go(end: End) -> None:
        nonlocal since
        since = time.perf_counter()
        for _ in range(rounds if is_event else 0):
            end.send({"command": False, "value": value})
        end.send({"command": True, "value": value})

    def hear(end: End, _: Any) -> None:
        took = time.perf_counter() - since
        samples.append(rounds / took if is_event else took)
        if len(samples) > (2 if is_event else rounds + rounds // 10):
            application.quit()
        else:
            go(end)

    end = End(connected, hear)
    go(end)
    application.exec()
    del end  # before the application
    return samples[1:] if is_event else samples[-rounds:]


def main(kind: str, count: str) -> None:
    """Measure, or serve the one that does."""
    if kind == "serve":
        with socket.socket(fileno=int(count)) as connected:
            serve(connected)
        return
    ours, theirs = socket.socketpair()
    with theirs:
        command = [sys.executable, "-m", "tools.bench.unchecked", "serve", str(theirs.fileno())]
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()])
    with ours:
        print(json.dumps(measure(ours, kind, int(count))))
    process.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
