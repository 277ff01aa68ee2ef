from pathlib import Path

import click
from click.testing import CliRunner

from tools.inspector.profile_option import profile_option


@click.command()
@profile_option
def command(profile: Path | None) -> None:
    click.echo(repr(profile))


def test_it_gives_a_path_or_none() -> None:
    assert CliRunner().invoke(command, []).output == "None\n"
    assert CliRunner().invoke(command, ["--profile", "/a/b"]).output == f"{Path('/a/b')!r}\n"


def test_a_file_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = CliRunner().invoke(command, ["--profile", str(tmp_path / "file")])
    assert result.exit_code == 2
    assert "is a file" in result.stderr
