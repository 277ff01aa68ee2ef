"""The end of a pipe, kept within bounds."""

import os

from pytestqt.qtbot import QtBot

from main_process.supervisor.pipe_tail import PipeTail


def test_the_last_bytes_are_kept(qtbot: QtBot) -> None:
    reader, writer = os.pipe()
    tail = PipeTail(reader, limit=10)
    os.write(writer, b"0123456789abcdef")
    qtbot.waitUntil(lambda: tail.text == "6789abcdef")
    assert tail.dropped == 6
    tail.clear()
    os.write(writer, b"new \xff")
    qtbot.waitUntil(lambda: tail.text == "new \N{REPLACEMENT CHARACTER}")
    os.close(writer)
    tail.close()


def test_a_flood_is_read_in_portions(qtbot: QtBot) -> None:
    reader, writer = os.pipe()
    tail = PipeTail(reader, limit=4096)
    os.write(writer, b"x" * 40_000 + b"the end")
    qtbot.waitUntil(lambda: tail.text.endswith("the end"))
    assert len(tail.text) == 4096
    os.close(writer)
    tail.close()


def test_finish_takes_what_is_there_while_others_hold_the_other_end(qtbot: QtBot) -> None:
    reader, writer = os.pipe()
    tail = PipeTail(reader)
    os.write(writer, b"last words")
    tail.finish()
    assert tail.text == "last words"
    tail.finish()
    os.close(writer)


def test_the_end_of_the_pipe_closes_it(qtbot: QtBot) -> None:
    reader, writer = os.pipe()
    tail = PipeTail(reader)
    os.write(writer, b"bye")
    os.close(writer)
    tail.finish()
    assert tail.text == "bye"
