"""``browser-os plugin``: start a plugin, check one, print the manifest's schema."""

import os
import sys
from pathlib import Path

import click
import msgspec

from shared.manifest_types import FILE_NAME, schema_text
from tools.plugin_kit.scaffold import CannotWrite, module_of, write
from tools.plugin_kit.validation import problems_of


@click.group(name="plugin", context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Write plugins for Browser OS."""


@main.command()
@click.argument("name")
@click.option(
    "--in",
    "parent",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path(),
    help="The directory to write it in, by default the present one.",
)
def new(name: str, parent: Path) -> None:
    """Write a new plugin: a page, one typed request, a test and a README, in a folder called NAME.

    NAME is the plugin's id: lower-case letters, digits and hyphens.
    """
    try:
        folder = write(name, parent)
    except CannotWrite as error:
        raise click.ClickException(str(error)) from error
    problems = problems_of(folder)
    for problem in problems:
        click.echo(str(problem), err=True)
    if problems:
        raise click.ClickException("the template of this version is faulty: please report it")
    shown = str(folder) if folder.is_absolute() or folder.parts[0] == ".." else f"./{folder}"
    click.echo(f"Wrote {shown}, a valid plugin: plugin.toml, {module_of(name)}.py, its test and a README.")
    start = os.environ.get("BROWSER_OS_START")  # set by tools/start
    if start:
        start = min(start, os.path.relpath(start), key=len)
    program = start or "browser-os"
    pytest = f"{Path(start).with_name('test')} --only-pytest" if start else "python -m pytest"
    commands = {
        f"{program} {shown}": "opens it",
        f"{program} plugin validate {shown}": "checks it",
        f"{pytest} {shown}": "runs its test",
    }
    width = max(map(len, commands))
    click.echo()
    for command, purpose in commands.items():
        click.echo(f"  {command:{width}}   {purpose}")


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the problems as one JSON list.")
def validate(folder: Path, as_json: bool) -> None:
    """Say everything that is wrong with the plugin in FOLDER, with file and line.

    Nothing of the plugin is run. Exit status 0: nothing is wrong; 1: something is.
    """
    if folder.name == FILE_NAME and folder.is_file():
        folder = folder.parent
    problems = problems_of(folder)
    if as_json:
        click.echo(msgspec.json.encode(problems).decode())
    else:
        for problem in problems:
            click.echo(str(problem), err=True)
        if not problems:
            click.echo(f"{folder} holds a valid plugin.")
        else:
            click.echo(f"{len(problems)} problem{'s' if len(problems) > 1 else ''} in {folder}.", err=True)
    if problems:
        sys.exit(1)


@main.command()
def schema() -> None:
    """Print the JSON Schema of plugin.toml, for editors that complete and check it."""
    click.echo(schema_text(), nl=False)
