"""Each role says one line of JSON and leaves. In a process of its own: it quits its application."""

import json
import os
import subprocess
import sys

import pytest

from tools.bench.bare_process import ROLES


@pytest.mark.parametrize(
    ("words", "length"),
    [(("start",), None), (("frames", "64", "64", "0.2"), 3), (("keys", "2"), 2)],
)
def test_a_role_says_its_numbers(words: tuple[str, ...], length: int | None) -> None:
    assert words[0] in ROLES
    command = [sys.executable, "-m", "tools.bench.bare_process", *words]
    done = subprocess.run(
        command,
        check=True,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        env=os.environ,
    )
    said = json.loads(done.stdout)
    assert not done.stderr
    if length is None:
        assert said > 1e9
    else:
        assert len(said) == length
        assert min(said) > 0
