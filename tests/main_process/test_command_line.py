"""The shell's options: what they become, and what is refused with status 2."""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from main_process import run as run_module
from main_process.command_line import HEADLESS_NOTICE, main
from main_process.options import Options


class Command:
    """Runs the command with a ``run`` that only notes its options."""

    def __init__(self) -> None:
        self.started: list[Options] = []
        self.status = 0

    def run(self, options: Options) -> int:
        self.started.append(options)
        return self.status

    def __call__(self, *arguments: str) -> Result:
        return CliRunner().invoke(main, arguments, prog_name="browser-os")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    command = Command()
    monkeypatch.setattr(run_module, "run", command.run)
    monkeypatch.setenv("DISPLAY", ":1")
    return command


def test_nothing_said_is_the_defaults(command: Command) -> None:
    assert command().exit_code == 0
    assert command.started == [Options()]


def test_every_option_arrives(command: Command, tmp_path: Path) -> None:
    picture, profile = tmp_path / "a.png", tmp_path / "profile"
    words = ["a.example", "./folder", "--headless", "--screenshot", str(picture), "--size", "800x600"]
    done = command(*words, "--profile", str(profile), "--theme", "dark", "--inspect")
    assert done.exit_code == 0
    assert command.started == [
        Options(
            addresses=("a.example", "./folder"),
            headless=True,
            screenshot=picture,
            size=(800, 600),
            profile=profile,
            theme="dark",
            inspect=True,
        )
    ]


def test_the_exit_status_is_the_shells(command: Command) -> None:
    command.status = 7
    assert command("--private").exit_code == 7
    assert command.started == [Options(private=True)]


@pytest.mark.parametrize("size", ["200x200", "16384x16384"])
def test_the_smallest_and_the_largest_window(command: Command, size: str) -> None:
    command("--size", size)
    assert command.started[0].size == tuple(map(int, size.split("x")))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bogus"], "No such option"),
        (["--size", "199x600"], "expected 200 to 16384 pixels a side, got '199x600'"),
        (["--size", "600x16385"], "expected 200 to 16384 pixels a side"),
        (["--size", "800"], "expected WIDTHxHEIGHT such as 1280x800, got '800'"),
        (["--size", "800x600x2"], "expected WIDTHxHEIGHT"),
        (["--size", "-800x600"], "expected WIDTHxHEIGHT"),
        (["--theme", "pink"], "'pink' is not one of"),
        (["--screenshot", "a.jpg"], "expected a name that ends in .png, got 'a.jpg'"),
        (["--screenshot", "nowhere/a.png"], "expected a folder that can be written"),
        (["--screenshot", "folder.png"], "is a directory"),
        (["--profile", "file"], "is a file"),
        (["--private", "--profile", "x"], "--private keeps nothing, so it cannot have a --profile"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_is_impossible_is_said_and_nothing_starts(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], words: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("folder.png").mkdir()
    Path("file").touch()
    done = command(*arguments)
    assert done.exit_code == 2
    assert words in " ".join(done.output.split())
    assert command.started == []


def test_the_picture_goes_where_the_command_was_given(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    command("--screenshot", "a.PNG")
    assert command.started[0].screenshot == tmp_path / "a.PNG"


def test_without_a_display_it_runs_headless_and_says_so_on_standard_error(
    command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DISPLAY")
    done = command()
    assert command.started == [Options(headless=True)]
    assert (done.stdout, done.stderr) == ("", HEADLESS_NOTICE + "\n")
    assert command("--headless").stderr == ""


@pytest.mark.parametrize("name", ["DISPLAY", "WAYLAND_DISPLAY"])
def test_either_kind_of_display_is_one_but_an_empty_name_is_none(
    command: Command, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DISPLAY", "")
    assert "WAYLAND_DISPLAY" not in os.environ
    command()
    monkeypatch.setenv(name, "x")
    command()
    assert [options.headless for options in command.started] == [True, False]


def test_help_names_every_option(command: Command) -> None:
    text = command("-h").output
    for option in ("--headless", "--screenshot", "--size", "--profile", "--private", "--theme", "--inspect"):
        assert option in text
    assert command.started == []
