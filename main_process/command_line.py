"""The options of the shell itself. Impossible ones end with exit status 2 and a line that says why."""

import os
import re
import sys
from pathlib import Path

import click

from main_process.options import Options

_SIZE = re.compile(r"^(\d{1,5})x(\d{1,5})$")
_SIZE_RANGE = range(200, 16385)

HEADLESS_NOTICE = (
    "browser-os: no display: running headless. Look in with "
    "`browser-os --screenshot FILE` or, if started with --inspect, `browser-os monitor`."
)


def _size(context: click.Context, parameter: click.Parameter, value: str) -> tuple[int, int]:
    match = _SIZE.match(value)
    if match is None:
        raise click.BadParameter(f"expected WIDTHxHEIGHT such as 1280x800, got '{value}'")
    width, height = int(match[1]), int(match[2])
    if width not in _SIZE_RANGE or height not in _SIZE_RANGE:
        raise click.BadParameter(
            f"expected {_SIZE_RANGE[0]} to {_SIZE_RANGE[-1]} pixels a side, got '{value}'"
        )
    return width, height


def _screenshot(context: click.Context, parameter: click.Parameter, value: Path | None) -> Path | None:
    if value is None:
        return None
    target = value.absolute()
    if target.suffix.lower() != ".png":
        raise click.BadParameter(f"expected a name that ends in .png, got '{value}'")
    if not target.parent.is_dir() or not os.access(target.parent, os.W_OK):
        raise click.BadParameter(f"expected a folder that can be written, got '{target.parent}'")
    return target


@click.command(
    name="browser-os",
    context_settings={"help_option_names": ["-h", "--help"]},
    help="A browser whose every tab is a process. Opens URLs and plugin folders as tabs.",
)
@click.argument("addresses", metavar="[URL|FOLDER]...", nargs=-1)
@click.option(
    "--headless", is_flag=True, help="Run without a display (chosen by itself where there is none)."
)
@click.option(
    "--screenshot",
    type=click.Path(dir_okay=False, path_type=Path),
    callback=_screenshot,
    metavar="FILE",
    help="Save the window as PNG once the page is loaded, then exit.",
)
@click.option(
    "--size",
    default="1280x800",
    show_default=True,
    callback=_size,
    metavar="WxH",
    help="Window size in pixels.",
)
@click.option(
    "--profile",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where settings, tabs and web data live.",
)
@click.option("--private", is_flag=True, help="Keep nothing.")
@click.option("--theme", type=click.Choice(["system", "light", "dark"]), help="For this run only.")
@click.option("--inspect", is_flag=True, help="Let `browser-os monitor` and `browser-os inspect` attach.")
def main(
    addresses: tuple[str, ...],
    headless: bool,
    screenshot: Path | None,
    size: tuple[int, int],
    profile: Path | None,
    private: bool,
    theme: str | None,
    inspect: bool,
) -> None:
    """Parse, then run."""
    if private and profile is not None:
        raise click.UsageError("--private keeps nothing, so it cannot have a --profile")
    if not headless and not _has_display():
        headless = True
        click.echo(HEADLESS_NOTICE, err=True)
    options = Options(
        addresses=addresses,
        headless=headless,
        screenshot=screenshot,
        size=size,
        profile=profile,
        private=private,
        theme=theme,
        inspect=inspect,
    )
    from main_process.run import run  # Qt is loaded only once the options are sound

    sys.exit(run(options))


def _has_display() -> bool:
    return sys.platform != "linux" or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
