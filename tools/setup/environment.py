"""A virtual environment with the pinned requirements and the project in it, and proof that it is current.

The proof is a stamp written last: an environment without one was never finished and is made anew.
"""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from tools.setup.errors import SetupError
from tools.setup.interpreters import Interpreter

STAMP = "browser-os-stamp.json"
_INSTALL_TRIES = 2
_PIP = (
    "-I",
    "-m",
    "pip",
    "--no-input",
    "--disable-pip-version-check",
    "install",
    "--no-warn-script-location",
)


@dataclass(frozen=True)
class Stamp:
    """What an environment was made from."""

    place: str
    """The environment's folder: its scripts name it, so a moved one is worthless."""
    requirements: str
    """SHA-256 of the pinned requirements."""
    project: str
    """SHA-256 of pyproject.toml, from which the installed entry points come."""
    interpreter: str
    """The Python it was made with."""
    version: str
    """That Python's full version."""


class Environment:
    """One virtual environment of this clone.

    Args:
        root: the clone.
        folder: the environment's name in it.
        requirements: names of files in ``tools/requirements``, without ``.txt``.
    """

    def __init__(self, root: Path, folder: str, requirements: tuple[str, ...]) -> None:
        self.root = root
        self.path = root / folder
        self._lock: int | None = None
        self.requirements = [root / "tools" / "requirements" / f"{name}.txt" for name in requirements]

    @property
    def python(self) -> Path:
        """The environment's interpreter."""
        return self.path / "bin" / "python"

    def stamp(self) -> Stamp | None:
        """The stamp it carries, or None where it is absent, unfinished or unreadable."""
        try:
            return Stamp(**json.loads((self.path / STAMP).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None

    def is_current(self, interpreter: Interpreter | None = None) -> bool:
        """Whether it can be used as it is; with ``interpreter``, whether it was made by that one."""
        stamp = self.stamp()
        if stamp is None or not os.access(self.python, os.X_OK):
            return False
        wanted = self._stamp_for(interpreter.path, _text(interpreter)) if interpreter else None
        return stamp == (wanted or self._stamp_for(stamp.interpreter, stamp.version))

    def make(self, interpreter: Interpreter, lock: int) -> None:
        """Brings it up to date.

        Args:
            interpreter: the Python to make it with.
            lock: the descriptor that `locked` gave. The programs run here hold it too, so that one
                which outlives a killed start still keeps the next start out.

        Raises:
            SetupError: a step failed, or the folder cannot be written.
        """
        self._lock = lock
        wanted = self._stamp_for(interpreter.path, _text(interpreter))
        stamp = self.stamp()
        only_project = (
            stamp is not None
            and stamp != wanted
            and Stamp(**{**asdict(stamp), "project": wanted.project}) == wanted
            and os.access(self.python, os.X_OK)
        )
        self._check_writable()
        (self.path / STAMP).unlink(missing_ok=True)
        if not only_project:
            print(
                f"Browser OS: setting up {self.path.name} with {interpreter.words}. "
                "This happens once, and takes a minute or more.",
                file=sys.stderr,
            )
            if self.path.exists():
                shutil.rmtree(self.path)
            self._run([interpreter.path, "-I", "-m", "venv", str(self.path)], "make the environment")
            named = [argument for file in self.requirements for argument in ("-r", str(file))]
            self._pip(["--require-hashes", "--only-binary", ":all:", *named], "install the requirements")
        self._pip(["--no-deps", "--no-build-isolation", "--editable", str(self.root)], "install the project")
        aside = self.path / f"{STAMP}.new"
        aside.write_text(json.dumps(asdict(wanted), indent=1) + "\n", encoding="utf-8")
        aside.rename(self.path / STAMP)

    def _stamp_for(self, interpreter: str, version: str) -> Stamp:
        pinned = hashlib.sha256()
        for file in self.requirements:
            pinned.update(file.read_bytes())
        project = hashlib.sha256((self.root / "pyproject.toml").read_bytes()).hexdigest()
        return Stamp(str(self.path), pinned.hexdigest(), project, interpreter, version)

    def _check_writable(self) -> None:
        for folder in (self.root, self.path):
            if folder.exists() and not os.access(folder, os.W_OK):
                owner = folder.stat().st_uid
                raise SetupError(
                    f"{self.path} must be made or renewed, but {folder} belongs to user id {owner} and you "
                    f"(user id {os.geteuid()}) may not write there. Start once as its owner, or clone the "
                    "repository to a folder of your own."
                )

    def _pip(self, arguments: list[str], purpose: str) -> None:
        # People watch a terminal and want to see a long download move; a log wants silence.
        loudness = [] if sys.stderr.isatty() else ["--quiet"]
        self._run([str(self.python), *_PIP, *loudness, *arguments], purpose, tries=_INSTALL_TRIES)

    def _run(self, command: list[str], purpose: str, *, tries: int = 1) -> None:
        to_terminal = sys.stderr.isatty()
        environ = {name: value for name, value in os.environ.items() if name not in _MISLEADING}
        output = ""
        for _ in range(tries):
            done = subprocess.run(
                command,
                cwd=self.root,
                env=environ,
                pass_fds=() if self._lock is None else (self._lock,),
                stdin=subprocess.DEVNULL,
                stdout=sys.stderr if to_terminal else subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                check=False,
            )
            if done.returncode == 0:
                return
            output = done.stdout or ""
        tail = "\n".join(output.rstrip().splitlines()[-20:])
        raise SetupError(f"could not {purpose} (status {done.returncode}).\n{tail}".rstrip())


_MISLEADING = frozenset(
    {"PIP_REQUIREMENT", "PIP_TARGET", "PIP_USER", "PIP_PREFIX", "PYTHONHOME", "PYTHONPATH"}
)
"""Settings of a person's own pip or Python that would send the installation elsewhere."""


def _text(interpreter: Interpreter) -> str:
    return ".".join(map(str, interpreter.version))


@contextmanager
def locked(root: Path) -> Iterator[int]:
    """Holds the clone's set-up lock: of two starts at once, one makes the environment, one waits.

    Yields:
        The locked descriptor.
    """
    folder = os.open(root / "tools", os.O_RDONLY | os.O_DIRECTORY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Browser OS: another start is setting up; waiting for it.", file=sys.stderr)
            fcntl.flock(folder, fcntl.LOCK_EX)
        yield folder
    finally:
        os.close(folder)
