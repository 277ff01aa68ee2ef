"""Guests' exceptions, in the guests' own terms."""

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from renderer.guard import Guard


@pytest.fixture
def guest(tmp_path: Path) -> ModuleType:
    """A module of a plugin, with functions that fail in several ways."""
    file = tmp_path / "guest.py"
    file.write_text(
        "import json\n"
        "def outer(): inner()\n"
        "def inner(): raise KeyError('mine')\n"
        "def library(): json.loads('{')\n"
        "def chained():\n"
        "    try: inner()\n"
        "    except KeyError as error: raise ValueError('second') from error\n"
    )
    module = ModuleType("guest")
    exec(compile(file.read_text(), str(file), "exec"), module.__dict__)  # noqa: S102  the test's own text
    return module


def caught(function: Callable[[], object]) -> BaseException:
    with pytest.raises((KeyError, ValueError)) as info:
        function()
    return info.value


def test_only_the_plugins_frames_are_told(guest: ModuleType, tmp_path: Path) -> None:
    text = Guard("hello", tmp_path).trimmed(caught(guest.outer))
    assert f'{tmp_path}/guest.py", line 2, in outer' in text
    assert "line 3, in inner" in text
    assert text.endswith("KeyError: 'mine'")
    assert __file__ not in text


def test_the_line_that_called_a_library_is_the_last(guest: ModuleType, tmp_path: Path) -> None:
    text = Guard("hello", tmp_path).trimmed(caught(guest.library))
    assert "line 4, in library" in text
    assert "json/decoder.py" not in text
    assert "JSONDecodeError" in text


def test_causes_are_trimmed_too(guest: ModuleType, tmp_path: Path) -> None:
    text = Guard("hello", tmp_path).trimmed(caught(guest.chained))
    assert "KeyError: 'mine'" in text
    assert text.endswith("ValueError: second")
    assert __file__ not in text


def test_an_exception_of_somebody_elses_is_told_whole(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError("not the plugin's")

    assert __file__ in Guard("hello", tmp_path).trimmed(caught(fail))


def test_reports_name_the_plugin_and_what_it_did(
    guest: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Guard("hello", tmp_path).report(caught(guest.inner), "handling hello:greet")
    assert capsys.readouterr().err.startswith("[hello] an error while handling hello:greet\nTraceback")


def test_what_nothing_caught_is_reported(
    guest: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    Guard("hello", tmp_path).install()
    error = caught(guest.inner)
    sys.excepthook(type(error), error, error.__traceback__)
    assert capsys.readouterr().err.startswith("[hello] an error while running one of its functions")
    thread = threading.Thread(target=guest.inner)
    thread.start()
    thread.join()
    assert capsys.readouterr().err.startswith("[hello] an error while running a thread")
    quiet = threading.Thread(target=sys.exit)
    quiet.start()
    quiet.join()
    assert capsys.readouterr().err == ""
