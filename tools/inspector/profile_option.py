"""The option every inspecting command has: which shell."""

from pathlib import Path
from typing import Any

import click


def profile_option(function: Any) -> Any:
    """``--profile DIR``, as the shell was started with."""
    return click.option(
        "--profile",
        type=click.Path(file_okay=False, path_type=Path),
        help="The profile of the shell to look into; by default the shell's own default.",
    )(function)
