"""Finding out by trying, where the trial changes the process or may never return."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from typing import Any

TRIAL_SECONDS = 30.0


class TrialFailed(Exception):
    """The trial did not end well; the message has its last words."""


def in_child(trial: Callable[[], None]) -> str | None:
    """Runs ``trial`` in a fork of this process. Returns None if it succeeded, else why not."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            trial()
        except OSError as error:
            os.write(writer, (error.strerror or str(error)).encode())
        finally:
            # Nothing of the parent's may run twice: no handlers, no buffers, no traceback.
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        reason = pipe.read().decode(errors="replace")
    os.waitpid(pid, 0)
    return reason or None


def in_program(arguments: list[str], environ: Mapping[str, str]) -> dict[str, Any]:
    """Runs this Python with ``arguments`` and returns the JSON object that it prints last.

    Raises:
        TrialFailed: it crashed, took too long or printed something else.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", *arguments],
            env=dict(environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TRIAL_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise TrialFailed(f"no answer within {TRIAL_SECONDS:g} s") from None
    if done.returncode != 0:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise TrialFailed(said[-1] if said else f"it ended with status {done.returncode}")
    try:
        told = json.loads(done.stdout.splitlines()[-1])
    except (ValueError, IndexError):
        raise TrialFailed(f"it said {done.stdout[-200:]!r}") from None
    if not isinstance(told, dict):
        raise TrialFailed(f"it said {told!r}")
    return told
