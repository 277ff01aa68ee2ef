"""What pages print, passed on: whole lines, harmless ones, no more than can be read."""

import os
from collections.abc import Iterator

import pytest

from main_process.supervisor.echo import LINES, MAX_LINE, Echo


class Reader:
    """A pipe in the place of standard error, and a clock that stands."""

    def __init__(self) -> None:
        self.descriptor, self.writer = os.pipe()
        self.now = 0.0
        self.echo = Echo("hello", descriptor=self.writer, clock=lambda: self.now)

    def lines(self) -> list[str]:
        """What was written so far; at least one line was."""
        return os.read(self.descriptor, 65_536).decode().splitlines()


@pytest.fixture
def reader() -> Iterator[Reader]:
    reader = Reader()
    yield reader
    os.close(reader.descriptor)
    os.close(reader.writer)


def test_whole_lines_come_with_the_name(reader: Reader) -> None:
    reader.echo.write(b"one\ntw")
    reader.echo.write(b"o\nthr")
    assert reader.lines() == ["[hello] one", "[hello] two"]
    reader.echo.finish()
    assert reader.lines() == ["[hello] thr"]
    reader.echo.name = "other"
    reader.echo.write(b"four\n")
    assert reader.lines() == ["[other] four"]


def test_an_error_that_has_the_name_does_not_get_it_twice(reader: Reader) -> None:
    reader.echo.write(b"[hello] an error while importing\n[else] and more\n")
    assert reader.lines() == ["[hello] an error while importing", "[hello] [else] and more"]


def test_what_qt_says_of_its_platform_is_left_out(reader: Reader) -> None:
    reader.echo.write(b"This plugin does not support propagateSizeHints()\nThis plugin is mine\n")
    assert reader.lines() == ["[hello] This plugin is mine"]


def test_a_terminal_is_told_nothing_but_text(reader: Reader) -> None:
    reader.echo.write("\x1b]0;title\x07\tgrün \u202e\r\n".encode() + b"\xff\n")
    assert reader.lines() == ["[hello] \ufffd]0;title\ufffd\tgrün \ufffd", "[hello] \ufffd"]


def test_a_long_line_is_broken_whether_it_ends_or_not(reader: Reader) -> None:
    reader.echo.write(b"x" * (MAX_LINE + 1) + b"\n" + b"y" * (MAX_LINE + 2))
    whole, half = "[hello] " + "x" * MAX_LINE, "[hello] " + "y" * MAX_LINE
    assert reader.lines() == [whole, "[hello] x", half, "[hello] yy"]


def test_a_flood_is_cut_and_what_is_left_out_is_counted(reader: Reader) -> None:
    reader.echo.write(b"\n" * (int(LINES.burst) + 5))
    assert reader.lines() == ["[hello] "] * int(LINES.burst)
    reader.now = 1.0
    reader.echo.write(b"later\n")
    assert reader.lines() == ["[hello] (5 lines left out)", "[hello] later"]


def test_the_end_tells_what_is_left_out(reader: Reader) -> None:
    reader.echo.write(b"\n" * (int(LINES.burst) + 1))
    reader.lines()
    reader.echo.finish()
    assert reader.lines() == ["[hello] (1 line left out)"]


def test_nobody_waits_for_a_reader_who_does_not_read(reader: Reader) -> None:
    os.set_blocking(reader.writer, True)
    for _ in range(100):
        reader.echo.write((b"z" * MAX_LINE + b"\n") * 2)
    assert 0 < reader.echo.left_out < 200
    count = reader.echo.left_out
    while len(os.read(reader.descriptor, 65_536)) == 65_536:
        pass
    reader.echo.write(b"more\n")
    assert reader.lines() == [f"[hello] ({count} lines left out)", "[hello] more"]


def test_a_reader_who_left_is_no_error(reader: Reader) -> None:
    other, writer = os.pipe()
    echo = Echo("hello", descriptor=writer)
    os.close(other)
    echo.write(b"one\n")
    echo.finish()
    assert echo.left_out == 1
    os.close(writer)
