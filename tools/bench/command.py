"""The command: takes the measurements one after the other and prints them."""

import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import msgspec
from rich.console import Console

from tools.bench.bench_failed import BenchFailed
from tools.bench.figures import Failure, Figure, Report
from tools.bench.machine import load, machine
from tools.bench.measures import births, broadcast, echo, frames, keys, memory, start
from tools.bench.plan import Plan
from tools.bench.table import NoMarkers, check_markers, markdown, terminal, write_into

MEASURES: dict[str, Callable[[Plan], Iterator[Figure]]] = {
    "echo": echo.measure,
    "broadcast": broadcast.measure,
    "births": births.measure,
    "memory": memory.measure,
    "frames": frames.measure,
    "keys": keys.measure,
    "start": start.measure,
}


def run(
    names: tuple[str, ...], *, quick: bool, progress: Callable[[str], None] = lambda name: None
) -> Report:
    """Take the measurements named. What fails is reported in its place."""
    load_before = load()
    figures: list[Figure] = []
    failures: list[Failure] = []
    with tempfile.TemporaryDirectory(prefix="browser-os-bench-") as folder:
        plan = Plan(quick=quick, folder=Path(folder))
        for name in names:
            progress(name)
            try:
                figures += MEASURES[name](plan)
            except (BenchFailed, OSError) as error:
                failures.append(Failure(name=name, reason=str(error)))
    return Report(quick=quick, machine=machine(load_before), figures=figures, failures=failures)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--only", multiple=True, type=click.Choice(list(MEASURES)), help="Only this; may be given again."
)
@click.option("--quick", is_flag=True, help="One short run of each: to see that it works, not to quote.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
@click.option("--markdown", "as_markdown", is_flag=True, help="Print the table as Markdown.")
@click.option(
    "--write-readme",
    is_flag=False,
    flag_value="README.md",
    type=click.Path(exists=True, dir_okay=False, writable=True, path_type=Path),
    metavar="FILE",
    help="Put the table into FILE (by default README.md), between <!-- bench:begin --> and <!-- bench:end -->.",
)
def main(
    only: tuple[str, ...], quick: bool, as_json: bool, as_markdown: bool, write_readme: Path | None
) -> None:
    """Measure a headless shell from outside, each figure beside a floor of the same run. Exits 1 if one failed."""
    if write_readme is not None:
        try:
            check_markers(write_readme)  # before minutes are spent
        except NoMarkers as error:
            raise click.ClickException(str(error)) from error
    names = tuple(name for name in MEASURES if not only or name in only)
    report = run(names, quick=quick, progress=lambda name: click.echo(f"measuring {name} …", err=True))
    if write_readme is not None:
        write_into(write_readme, markdown(report))
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(report), indent=2))
    elif as_markdown:
        click.echo(markdown(report))
    else:
        # As wide as it is, where nobody's window bounds it.
        Console(highlight=False, width=None if sys.stdout.isatty() else 180).print(terminal(report))
    sys.exit(1 if report.failures else 0)
