"""Which Pythons are found, and which is picked."""

import json
import sys
from pathlib import Path

import pytest

from tools.setup.errors import SetupError
from tools.setup.interpreters import Interpreter, candidates, choose, find, probe

OLD = Interpreter("/usr/bin/python3.11", (3, 11, 2), makes_environments=True)
NEW = Interpreter("/somewhere/python3.13", (3, 13, 0), makes_environments=True)
BARE = Interpreter("/usr/bin/python3.12", (3, 12, 1), makes_environments=False)


def fake(folder: Path, name: str, **told: object) -> Path:
    """An executable that answers the probe as told; without ``version`` it fails as a shim does."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    answer = {"path": str(path), "suitable": True, "environments": True, **told}
    path.write_text(f"#!/bin/sh\necho '{json.dumps(answer)}'\n" if told else "#!/bin/sh\nexit 127\n")
    path.chmod(0o755)
    return path


def test_the_running_python_is_found_as_what_it_is() -> None:
    known = probe(Path(sys.executable))
    assert known is not None
    assert known.version == sys.version_info[:3]
    assert known.minor == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert "venv" not in known.path


@pytest.mark.parametrize(
    "told",
    [
        {},
        {"version": [3, 10, 4]},
        {"version": [3, 15, 0]},
        {"version": [3, 13, 0], "suitable": False},
    ],
    ids=["a shim of nothing", "too old", "too new", "not CPython's release"],
)
def test_what_does_not_suit_is_passed_over(tmp_path: Path, told: dict[str, object]) -> None:
    assert probe(fake(tmp_path, "python3.13", **told)) is None


def test_a_program_that_says_something_else_is_passed_over(tmp_path: Path) -> None:
    path = fake(tmp_path, "python3.12")
    path.write_text("#!/bin/sh\necho hello\n")
    assert probe(path) is None
    assert probe(tmp_path / "absent") is None


def test_the_path_and_pyenv_are_searched_and_the_newest_comes_first(tmp_path: Path) -> None:
    fake(tmp_path / "bin", "python3.11", version=[3, 11, 9])
    fake(tmp_path / "home/.pyenv/versions/3.14.1/bin", "python3", version=[3, 14, 1])
    fake(tmp_path / "home/.pyenv/versions/3.9.1/bin", "python3", version=[3, 9, 1])
    found = find({"PATH": str(tmp_path / "bin")}, tmp_path / "home")
    assert found[0].version == (3, 14, 1)
    assert (3, 11, 9) in [known.version for known in found]
    assert all((3, 11) <= known.version[:2] <= (3, 14) for known in found)


def test_links_to_one_python_count_once(tmp_path: Path) -> None:
    real = fake(tmp_path / "real", "python3.12", version=[3, 12, 0])
    (tmp_path / "bin").mkdir()
    for name in ("python3", "python3.12"):
        (tmp_path / "bin" / name).symlink_to(real)
    assert candidates({"PATH": str(tmp_path / "bin")}, tmp_path).count(real) == 1


def test_the_newest_is_chosen() -> None:
    assert choose(None, [NEW, OLD], as_root=False) is NEW
    assert choose("newest", [NEW, OLD], as_root=True) is NEW


def test_one_that_lacks_a_package_is_chosen_only_if_it_can_be_had() -> None:
    assert choose(None, [BARE, OLD], as_root=False) is OLD
    assert choose(None, [BARE, OLD], as_root=True) is BARE
    assert choose(None, [BARE], as_root=False) is BARE
    assert BARE.debian_package == "python3.12-venv"
    assert OLD.debian_package is None


def test_a_python_of_nobodys_without_ensurepip_is_never_chosen() -> None:
    stray = Interpreter("/somewhere/python3.14", (3, 14, 0), makes_environments=False)
    assert stray.debian_package is None
    assert choose(None, [stray, OLD], as_root=True) is OLD


@pytest.mark.parametrize("wanted", ["3.11", "3.11.2"])
def test_a_version_can_be_asked_for(wanted: str) -> None:
    assert choose(wanted, [NEW, OLD], as_root=False) is OLD


def test_a_path_can_be_asked_for(tmp_path: Path) -> None:
    path = fake(tmp_path, "my python", version=[3, 12, 5])
    assert choose(str(path), [NEW, OLD], as_root=False).version == (3, 12, 5)


@pytest.mark.parametrize(("wanted", "found"), [("3.12", [NEW, OLD]), ("no-such-python", [NEW]), (None, [])])
def test_what_is_not_there_is_said_with_what_is(wanted: str | None, found: list[Interpreter]) -> None:
    with pytest.raises(SetupError) as stopped:
        choose(wanted, found, as_root=True)
    assert all(known.words in str(stopped.value) for known in found)
