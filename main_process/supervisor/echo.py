"""What a process prints, on the shell's own standard error: for whoever writes plugins and started it in a terminal."""

import os
import select
import time
from collections.abc import Callable
from typing import Final

from shared.contract import Rate
from shared.rate import Bucket

LINES: Final = Rate(per_second=200, burst=2_000)
MAX_LINE: Final = 1_000
"""Characters. Longer lines are broken: one is one write, and a pipe that can be written to at all takes a page of it."""
_STANDARD_ERROR: Final = 2
_ABOUT_OFFSCREEN: Final = b"This plugin does not support "
"""Qt's offscreen platform says so of itself, to whoever opens a window; it means no plugin of ours."""


class Echo:
    """Passes on whole lines, each with ``name`` before it.

    They come from a stranger: what could steer a terminal is replaced, floods are cut, and nobody waits for a reader
    who does not read.
    """

    def __init__(
        self, name: str, *, descriptor: int = _STANDARD_ERROR, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.name = name
        self.left_out = 0
        """Lines that were not written since the last one that was."""
        self._descriptor = descriptor
        self._clock = clock
        self._bucket = Bucket(LINES, clock())
        self._begun = b""
        self._writable = select.poll()
        self._writable.register(descriptor, select.POLLOUT)

    def write(self, data: bytes) -> None:
        """Take what came; what is no whole line yet waits for its end."""
        *lines, self._begun = (self._begun + data).split(b"\n")
        for line in lines:
            self._pass_on(line)
        if len(self._begun) > MAX_LINE:
            self._pass_on(self._begun)
            self._begun = b""

    def finish(self) -> None:
        """Nothing more comes: the line that was begun is whole, and what was left out is told."""
        if self._begun:
            self.write(b"\n")
        if self.left_out:
            self._tell_left_out()

    def _pass_on(self, line: bytes) -> None:
        if line.startswith(_ABOUT_OFFSCREEN):
            return
        if not self._bucket.take(self._clock()):
            self.left_out += 1
            return
        if self.left_out and not self._tell_left_out():
            self.left_out += 1
            return
        text = _harmless(line.decode("utf-8", errors="replace"))
        # A plugin's errors are told with its name already.
        prefix = "" if text.startswith(f"[{self.name}] ") else f"[{self.name}] "
        for start in range(0, max(1, len(text)), MAX_LINE):
            if not self._put(prefix + text[start : start + MAX_LINE]):
                self.left_out += 1

    def _tell_left_out(self) -> bool:
        count = self.left_out
        told = self._put(f"[{self.name}] ({count} line{'s' if count > 1 else ''} left out)")
        if told:
            self.left_out = 0
        return told

    def _put(self, text: str) -> bool:
        """Whether it was written."""
        if not any(event & select.POLLOUT for _, event in self._writable.poll(0)):
            return False
        try:
            os.write(self._descriptor, text.encode() + b"\n")
        except OSError:
            return False  # nobody reads any more; it is counted, and there is nobody to tell
        return True


def _harmless(line: str) -> str:
    """``line`` without anything that a terminal would obey."""
    line = line.rstrip("\r")
    if line.isprintable():
        return line
    return "".join(
        letter if letter.isprintable() or letter == "\t" else "\N{REPLACEMENT CHARACTER}" for letter in line
    )
