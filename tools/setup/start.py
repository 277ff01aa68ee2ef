"""What ``tools/start`` does: the environment if it is not current, then the shell in this process's place."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.setup import environment  # noqa: E402  (the path comes first: nothing is installed yet)
from tools.setup.errors import SetupError  # noqa: E402

FOLDER = ".venv"
REQUIREMENTS = ("runtime", "build")


def prepare(target: environment.Environment, wanted: str | None) -> None:
    """Makes ``target`` current, if need be.

    Args:
        target: the environment to start from.
        wanted: the value of ``BROWSER_OS_PYTHON``; without one a current environment is left as it is.

    Raises:
        SetupError: a person has to do something first.
    """
    if not wanted and target.is_current():
        return
    # Only now: the usual start looks for no Python and loads no library.
    from tools.setup import interpreters, system_packages

    as_root = os.geteuid() == 0
    found = interpreters.find(os.environ, Path.home())
    interpreter = interpreters.choose(wanted, found, as_root=as_root)
    if target.is_current(interpreter):
        return
    with environment.locked(target.root) as lock:
        if target.is_current(interpreter):
            return
        packages = system_packages.missing_packages()
        if interpreter.debian_package:
            packages.append(interpreter.debian_package)
        system_packages.provide(packages, as_root=as_root)
        target.make(interpreter, lock)


def main(arguments: list[str]) -> int:
    """Sets up and becomes ``browser-os``; returns only when that is not possible."""
    target = environment.Environment(ROOT, FOLDER, REQUIREMENTS)
    try:
        prepare(target, os.environ.get("BROWSER_OS_PYTHON"))
    except SetupError as error:
        print(f"tools/start: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    # What is told to be typed next has to work here, where nothing was activated.
    os.environ["BROWSER_OS_START"] = str(ROOT / "tools" / "start")
    program = str(target.path / "bin" / "browser-os")
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
