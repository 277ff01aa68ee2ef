"""What ``tools/test`` does: an environment per Python version, then ruff, mypy and pytest in it."""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from tools.setup import environment, interpreters, system_packages  # noqa: E402  (the path comes first)
from tools.setup.errors import SetupError  # noqa: E402

REQUIREMENTS = ("test", "build")


def options() -> argparse.ArgumentParser:
    """The options of ``tools/test`` itself; whatever else it is given goes to pytest."""
    parser = argparse.ArgumentParser(
        prog="tools/test",
        description="Runs ruff, mypy and all tests. Arguments it does not know go to pytest.",
        allow_abbrev=False,
    )
    parser.add_argument(
        "--python",
        default=os.environ.get("BROWSER_OS_PYTHON") or "newest",
        help="version (3.11), path, or newest (the default; also from BROWSER_OS_PYTHON)",
    )
    parser.add_argument("--only-pytest", action="store_true", help="leave out ruff and mypy")
    parser.add_argument(
        "--list-pythons", action="store_true", help="print the usable Pythons, newest first, and stop"
    )
    return parser


def prepare(wanted: str) -> environment.Environment:
    """Returns the current test environment of the Python ``wanted``.

    Raises:
        SetupError: a person has to do something first.
    """
    as_root = os.geteuid() == 0
    found = interpreters.find(os.environ, Path.home())
    interpreter = interpreters.choose(wanted, found, as_root=as_root)
    target = environment.Environment(ROOT, f".venv-test-{interpreter.minor}", REQUIREMENTS)
    with environment.locked(ROOT) as lock:
        packages = system_packages.missing_packages(for_tests=True)
        if interpreter.debian_package and not target.is_current(interpreter):
            packages.append(interpreter.debian_package)
        system_packages.provide(packages, as_root=as_root)
        if not target.is_current(interpreter):
            target.make(interpreter, lock)
    print(f"tools/test: {interpreter.words}", file=sys.stderr)
    return target


def steps(python: Path, pytest_arguments: list[str], *, only_pytest: bool) -> dict[str, list[str]]:
    """The commands to run, by name, in order."""
    checks = {
        "ruff": [str(python), "-m", "ruff", "check", "."],
        "format": [str(python), "-m", "ruff", "format", "--check", "--quiet", "."],
        "mypy": [str(python), "-m", "mypy"],
    }
    tests = {"pytest": [str(python), "-m", "pytest", *pytest_arguments]}
    return tests if only_pytest else checks | tests


def run(commands: dict[str, list[str]]) -> bool:
    """Runs every command, whatever became of those before it, and prints how each ended."""
    ends: list[tuple[str, int, float]] = []
    for name, command in commands.items():
        print(f"== {name}", flush=True)
        began = time.monotonic()
        status = subprocess.run(command, cwd=ROOT, check=False).returncode
        ends.append((name, status, time.monotonic() - began))
    print("== tools/test")
    for name, status, seconds in ends:
        verdict = "passed" if status == 0 else f"FAILED (status {status})"
        print(f"{name:8} {verdict:20} {seconds:7.1f} s")
    return all(status == 0 for _, status, _ in ends)


def main(arguments: list[str]) -> int:
    """Returns 0 only when everything passed."""
    chosen, pytest_arguments = options().parse_known_args(arguments)
    if chosen.list_pythons:
        for known in interpreters.find(os.environ, Path.home()):
            print(".".join(map(str, known.version)), known.path)
        return 0
    try:
        target = prepare(chosen.python)
    except SetupError as error:
        print(f"tools/test: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    passed = run(steps(target.python, pytest_arguments, only_pytest=chosen.only_pytest))
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
