from pathlib import Path

import pytest

from shared.runtime_paths import runtime_directory, runtime_root


def test_the_standard_directory_is_used_where_there_is_one() -> None:
    assert runtime_root({"XDG_RUNTIME_DIR": "/run/user/1000"}, 1000) == Path("/run/user/1000/browser-os")


@pytest.mark.parametrize("environment", [{}, {"XDG_RUNTIME_DIR": ""}, {"XDG_RUNTIME_DIR": "run/user"}])
def test_without_a_usable_one_the_user_has_an_own_directory_in_tmp(environment: dict[str, str]) -> None:
    assert runtime_root(environment, 1000) == Path("/tmp/browser-os-1000")


def test_profiles_have_directories_of_their_own_and_keep_them() -> None:
    first = runtime_directory(Path("/home/a/one"), {}, 7)
    assert first == runtime_directory(Path("/home/a/one"), {}, 7)
    assert first != runtime_directory(Path("/home/a/two"), {}, 7)
    assert first.parent == Path("/tmp/browser-os-7")
    # A socket's whole path must stay under 108 bytes.
    assert len(first.name) == 16


@pytest.mark.parametrize("profile", ["one", "/home/a/../b"])
def test_a_path_that_is_not_resolved_is_refused(profile: str) -> None:
    with pytest.raises(ValueError, match="resolved profile path"):
        runtime_directory(Path(profile), {}, 7)
