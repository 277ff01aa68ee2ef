"""The command: gathers all rows and prints them, for people or as JSON."""

import sys
from pathlib import Path

import click
import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from tools.doctor import display, folders, isolation, kernel, libraries, software
from tools.doctor.row import Level, Row

JSON_VERSION = 1
_STYLES = {Level.OK: "green", Level.WARN: "yellow", Level.FAIL: "bold red"}


class Findings(msgspec.Struct, frozen=True, kw_only=True):
    """What ``--json`` prints."""

    version: int = JSON_VERSION
    ok: bool
    """Whether nothing fails."""
    rows: list[Row]


def gather(profile: Path) -> list[Row]:
    """Looks at everything, in the order of the table."""
    of_kernel = kernel.rows()
    works = {row.name for row in of_kernel if row.level is Level.OK}
    return [
        *software.rows(),
        *libraries.rows(),
        *display.rows(),
        *of_kernel,
        *isolation.rows(
            profile, namespaces="User namespaces" in works, filters="System call filters" in works
        ),
        *folders.rows(profile),
    ]


def table(rows: list[Row]) -> Table:
    """The table for people; a row that is not ok carries its fix."""
    shown = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for heading in ("", "What", "Needed", "Found"):
        shown.add_column(heading, overflow="fold")
    for row in rows:
        found = Text(row.found)
        if row.fix:
            found.append(f"\nfix: {row.fix}", style=_STYLES[row.level])
        shown.add_row(Text(row.level.upper(), style=_STYLES[row.level]), row.name, Text(row.needed), found)
    return shown


def summary(rows: list[Row]) -> str:
    """One line at the end."""
    counts = {level: sum(row.level is level for row in rows) for level in Level}
    if counts[Level.FAIL]:
        return f"{counts[Level.FAIL]} of {len(rows)} fail; each says how to mend it."
    if counts[Level.WARN]:
        return f"Browser OS works here; {counts[Level.WARN]} of {len(rows)} could be better."
    return "Browser OS has all it needs here."


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of the table.")
@click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="The profile the shell is to use; by default the shell's own default.",
)
def main(as_json: bool, profile: Path | None) -> None:
    """Say what this machine has, what is missing, and how to mend it. Exits 1 if anything fails."""
    rows = gather((profile or folders.default_profile()).resolve())
    ok = all(row.level is not Level.FAIL for row in rows)
    if as_json:
        click.echo(msgspec.json.format(msgspec.json.encode(Findings(ok=ok, rows=rows)), indent=2))
    else:
        console = Console(highlight=False, soft_wrap=False)
        console.print(table(rows))
        console.print(f"\n{summary(rows)}", style="bold")
    sys.exit(0 if ok else 1)
