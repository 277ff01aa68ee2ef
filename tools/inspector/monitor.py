"""``browser-os monitor``: every message of a running shell, a line each."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from shared.channels.inspector import InspectorRecords, Record
from shared.errors import IPCError
from tools.inspector.client import InspectorClient, NotListening
from tools.inspector.filter import FilterError, Predicate, parse
from tools.inspector.flow import Pairing
from tools.inspector.format import Tone, line, to_json, tone
from tools.inspector.profile_option import profile_option

_STYLES: Final[dict[Tone, dict[str, Any]]] = {
    Tone.QUIET: {"dim": True},
    Tone.FAILED: {"fg": "yellow"},
    Tone.REFUSED: {"fg": "red"},
}


class Printer:
    """Writes the records that pass the filter, and the other half of each that does."""

    def __init__(self, matches: Predicate, write: Callable[[str], None], *, json: bool) -> None:
        self._matches = matches
        self._write = write
        self._json = json
        self._pairing = Pairing()

    def batch(self, batch: InspectorRecords) -> None:
        """Print a batch, and first how many records are missing before it."""
        if batch.lost:
            missing = f"{batch.lost} records were lost here"
            self._write(
                f'{{"lost":{batch.lost}}}' if self._json else click.style(f"── {missing} ──", fg="magenta")
            )
        for record in batch.records:
            self._record(record)

    def _record(self, record: Record) -> None:
        flow = self._pairing.add(record)
        if not (flow is not None and flow.is_shown) and not self._matches(record):
            return
        if flow is not None and not flow.is_shown:
            flow.is_shown = True
            if flow.reply is record:  # it brings its request with it
                self._print(flow.request)
        self._print(record)

    def _print(self, record: Record) -> None:
        if self._json:
            self._write(to_json(record))
            return
        style = _STYLES.get(tone(record))
        self._write(click.style(line(record), **style) if style else line(record))


def _write_line(text: str) -> None:
    # click.echo takes the colours out where the output is no terminal, and flushes each line.
    click.echo(text)


def _parse_filter(context: click.Context, parameter: click.Parameter, value: str) -> Predicate:
    del context, parameter
    try:
        return parse(value)
    except FilterError as error:
        raise click.BadParameter(f"{error}\n  {value}\n  {' ' * error.position}^") from error


@click.command("monitor")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for scripts.")
@click.option(
    "--duration",
    type=click.FloatRange(min=0, min_open=True),
    metavar="SECONDS",
    help="Stop after so long; by default at Ctrl+C or the shell's end.",
)
@click.option(
    "--filter",
    "matches",
    default="",
    callback=_parse_filter,
    metavar="TEXT",
    help="Only what matches, such as 'verdict:refused' or 'channel:tab not peer:web' (see docs/inspecting.md).",
)
@profile_option
def main(as_json: bool, duration: float | None, matches: Predicate, profile: Path | None) -> None:
    """Print every message between the shell and its processes, from the shell's first on.

    The shell must have been started with --inspect.
    """
    printer = Printer(matches, _write_line, json=as_json)
    try:
        with InspectorClient.connect(profile) as client:
            for batch in client.batches(duration):
                printer.batch(batch)
            if client.closed is not None:
                click.echo("The shell ended.", err=True)
    except NotListening as error:
        click.echo(f"browser-os monitor: {error}", err=True)
        sys.exit(1)
    except IPCError as error:
        click.echo(f"browser-os monitor: the shell does not let us look: {error}", err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
