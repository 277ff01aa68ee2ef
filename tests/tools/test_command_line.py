"""What the console script hands on, and to whom."""

import subprocess
import sys
from importlib import import_module

import click
import pytest

from tools import command_line


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The command lines that reached the shell."""
    calls: list[list[str]] = []

    def run_module(name: str, *, run_name: str, alter_sys: bool) -> None:
        assert (name, run_name, alter_sys) == ("main_process", "__main__", True)
        calls.append(list(sys.argv))
        if "--help" in sys.argv:
            click.echo("the shell's own help")
            raise SystemExit(0)

    monkeypatch.setattr("tools.command_line.runpy.run_module", run_module)
    return calls


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int | str | None:
    monkeypatch.setattr(sys, "argv", ["/somewhere/browser-os", *arguments])
    with pytest.raises(SystemExit) as leaving:
        command_line.main()
    return leaving.value.code


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("https://example.org/",),
        ("--headless", "./doctor"),
        ("--theme", "dark", "monitor"),
        ("--no-such-option",),
    ],
)
def test_what_is_no_subcommand_goes_to_the_shell(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], arguments: tuple[str, ...]
) -> None:
    assert run(monkeypatch, *arguments) == 0
    assert started == [["browser-os", *arguments]]


def test_a_subcommand_gets_the_rest_and_the_shell_nothing(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]]
) -> None:
    got: list[str] = []

    @click.command()
    @click.argument("words", nargs=-1)
    def command(words: tuple[str, ...]) -> None:
        got.extend([click.get_current_context().command_path, *words])

    monkeypatch.setattr("tools.doctor.command.main", command)
    assert run(monkeypatch, "doctor", "a", "b") == 0
    assert got == ["browser-os doctor", "a", "b"]
    assert started == []


@pytest.mark.parametrize("name", command_line.SUBCOMMANDS)
def test_every_subcommand_is_there(name: str) -> None:
    module, _, attribute = command_line.SUBCOMMANDS[name][0].partition(":")
    assert isinstance(getattr(import_module(module), attribute), click.Command)


def test_version_starts_nothing(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(monkeypatch, "--version") == 0
    assert capsys.readouterr().out.startswith("browser-os 0.")
    assert started == []


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_the_shells_and_the_subcommands(
    monkeypatch: pytest.MonkeyPatch, started: list[list[str]], capsys: pytest.CaptureFixture[str], option: str
) -> None:
    assert run(monkeypatch, option) == 0
    out = capsys.readouterr().out
    assert out.startswith("the shell's own help")
    assert all(f"  {name} " in out for name in command_line.SUBCOMMANDS)


def test_nothing_heavy_is_loaded_for_it() -> None:
    program = (
        "import sys, tools.command_line; "
        "print(*sorted({name.partition('.')[0] for name in sys.modules} & {'click', 'rich', 'msgspec', 'PySide6'}))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
