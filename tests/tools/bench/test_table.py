"""Numbers a person can read, and a place in README.md."""

import io
from pathlib import Path

import pytest
from rich.console import Console

from tests.tools.bench.reports import REPORT
from tools.bench.table import BEGIN, END, NoMarkers, check_markers, markdown, number, terminal, write_into


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.01234, "0.0123"),
        (1.005, "1.00"),
        (9.999, "10.0"),
        (12.34, "12.3"),
        (123.4, "123"),
        (65432.1, "65,432"),
    ],
)
def test_numbers_have_three_digits(value: float, words: str) -> None:
    assert number(value) == words


def test_markdown_has_a_row_for_each_figure_and_each_failure() -> None:
    lines = markdown(REPORT).splitlines()
    assert lines[0] == "| What | Median | p99 | Runs from … to | × floor | × unchecked | Floor |"
    assert lines[2] == "| request \\| small | 110 µs | 110 | 100 … 120 | 11.0 | 2.20 | 10.0, sockets |"
    assert lines[3] == "| start | 1,234 ms |  |  |  |  |  |"
    assert lines[4].startswith("| memory | not measured |")
    assert "does not tell" in lines[4]
    assert lines[-1].startswith(
        "2 × Abacus, 24 GiB, Linux 6.1, Python 3.13.0, PySide6 6.12.0; load 0.2 before"
    )
    assert lines[-1].endswith("not to be quoted.")


def test_the_terminal_shows_the_same() -> None:
    console = Console(width=160, file=io.StringIO())
    with console.capture() as captured:
        console.print(terminal(REPORT))
    text = captured.get()
    for words in ("request | small", "110 µs", "11.0", "10.0, sockets", "not measured", "Abacus"):
        assert words in text


def test_a_block_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    file = tmp_path / "README.md"
    file.write_text(f"above\n{BEGIN}\nold\n{END}\nbelow\n")
    check_markers(file)
    write_into(file, "new\nlines")
    assert file.read_text() == f"above\n{BEGIN}\nnew\nlines\n{END}\nbelow\n"


@pytest.mark.parametrize("text", ["", BEGIN, END, f"{END} {BEGIN}"])
def test_a_file_without_a_place_is_left_as_it_is(tmp_path: Path, text: str) -> None:
    file = tmp_path / "README.md"
    file.write_text(text)
    with pytest.raises(NoMarkers, match=r"README\.md has no place for the table: put <!-- bench:begin -->"):
        write_into(file, "new")
    assert file.read_text() == text
