"""A report as a table: for the terminal, and as Markdown for README.md."""

from pathlib import Path

from rich.table import Table

from tools.bench.figures import Figure, Report

BEGIN = "<!-- bench:begin -->"
END = "<!-- bench:end -->"
HEADINGS = ("What", "Median", "p99", "Runs from … to", "× floor", "× unchecked", "Floor")
_TEXTS = ("What", "Floor")


class NoMarkers(Exception):
    """The file has no place for the table; the message says what to put there."""


def number(value: float) -> str:
    """Three significant digits, thousands apart: ``0.123``, ``12.3``, ``1,230``."""
    if value == 0:
        return "0"
    digits = max(0, 2 - _magnitude(value))
    return f"{value:,.{digits}f}"


def _magnitude(value: float) -> int:
    return int(f"{abs(value):.2e}".partition("e")[2])


def cells(figure: Figure) -> tuple[str, ...]:
    """One row of the table, under ``HEADINGS``."""
    floor = figure.floor
    spread = f"{number(figure.spread[0])} … {number(figure.spread[1])}" if figure.spread else ""
    return (
        figure.name,
        f"{number(figure.value)} {figure.unit}",
        number(figure.p99) if figure.p99 is not None else "",
        spread,
        number(figure.ratio) if figure.ratio is not None else "",
        number(figure.unchecked_ratio) if figure.unchecked_ratio is not None else "",
        f"{number(floor.value)}, {floor.name}" if floor else "",
    )


def machine_line(report: Report) -> str:
    """Where and how it was measured."""
    machine = report.machine
    return (
        f"{machine.cores} × {machine.processor}, {machine.memory_gib:.0f} GiB, {machine.system}, "
        f"Python {machine.python}, PySide6 {machine.pyside}; load {machine.load_before:.1f} before, "
        f"{machine.load_after:.1f} after" + ("; quick: not to be quoted" if report.quick else "")
    )


def terminal(report: Report) -> Table:
    """For rich."""
    table = Table(
        box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0), caption=machine_line(report)
    )
    for heading in HEADINGS:
        table.add_column(heading, justify="left" if heading in _TEXTS else "right")
    for figure in report.figures:
        table.add_row(*cells(figure))
    for failure in report.failures:
        table.add_row(failure.name, "not measured", "", "", "", "", failure.reason, style="red")
    return table


def markdown(report: Report) -> str:
    """The same as a table of Markdown, and a line on the machine."""
    rows = [HEADINGS, tuple("---" if heading in _TEXTS else "--:" for heading in HEADINGS)]
    rows += [cells(figure) for figure in report.figures]
    rows += [(failure.name, "not measured", "", "", "", "", failure.reason) for failure in report.failures]
    lines = ["| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |" for row in rows]
    return "\n".join([*lines, "", machine_line(report) + "."])


def check_markers(path: Path) -> None:
    """Raises NoMarkers, OSError."""
    _parts(path)


def write_into(path: Path, block: str) -> None:
    """Put ``block`` between the markers of the file at ``path``. Raises NoMarkers, OSError."""
    before, after = _parts(path)
    path.write_text(f"{before}{BEGIN}\n{block}\n{END}{after}", "utf-8")


def _parts(path: Path) -> tuple[str, str]:
    """What stands before and behind the markers."""
    before, begin, rest = path.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoMarkers(
            f"{path.name} has no place for the table: put {BEGIN} and {END} on lines of their own"
        )
    return before, after
