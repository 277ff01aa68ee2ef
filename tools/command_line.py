"""The console script ``browser-os``: subcommands by module name, everything else to the shell.

Nothing heavy is imported here, so that the shell starts as if it had been started directly.
"""

import importlib
import runpy
import sys
from importlib.metadata import version
from typing import NoReturn

PROGRAM = "browser-os"

SUBCOMMANDS = {
    "doctor": (
        "tools.doctor.command:main",
        "Say what this machine has, what is missing, and how to mend it.",
    ),
    "monitor": ("tools.inspector.monitor:main", "Print every message of a running shell."),
    "inspect": ("tools.inspector.window:main", "Open the inspector's window on a running shell."),
    "plugin": ("tools.plugin_kit.command:main", "Start a plugin (new) or check one (validate)."),
    "bench": ("tools.bench.command:main", "Measure the shell on this machine, beside its floors."),
}
"""Name to entry point (module, click command) and what it is for. A folder of such a name: ``./doctor``."""


def main() -> NoReturn:
    """Runs the subcommand, or the shell."""
    arguments = sys.argv[1:]
    first = arguments[0] if arguments else ""
    if first in SUBCOMMANDS:
        run_subcommand(first, arguments[1:])
    elif first == "--version":
        print(f"{PROGRAM} {version(PROGRAM)}")
    elif first in ("--help", "-h"):
        print_help()
    else:
        run_shell(arguments)
    sys.exit(0)


def run_subcommand(name: str, arguments: list[str]) -> None:
    """Imports the subcommand's click command and runs it; it exits by itself."""
    module, _, attribute = SUBCOMMANDS[name][0].partition(":")
    command = getattr(importlib.import_module(module), attribute)
    command(args=arguments, prog_name=f"{PROGRAM} {name}")


def run_shell(arguments: list[str]) -> None:
    """Runs the main process as ``python -m main_process`` would.

    As a module with a ``__main__`` of its own name: multiprocessing's spawn then knows that there is
    nothing to import again in a child.
    """
    sys.argv = [PROGRAM, *arguments]
    runpy.run_module("main_process", run_name="__main__", alter_sys=True)


def print_help() -> None:
    """Prints the shell's own help, then the subcommands."""
    try:
        run_shell(["--help"])
    except SystemExit as leaving:
        if leaving.code:
            raise
    print("\nsubcommands:")
    for name, (_, purpose) in SUBCOMMANDS.items():
        print(f"  {name:10} {purpose}")
    print(f"\n{PROGRAM} SUBCOMMAND --help says more about each.")


if __name__ == "__main__":
    main()
