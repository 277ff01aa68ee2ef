"""The author's API as a whole."""

from pathlib import Path

import browser_os


def test_everything_public_is_listed_and_there() -> None:
    public = {name for name in vars(browser_os) if not name.startswith("_")}
    submodules = {"testing"}
    assert public - submodules == set(browser_os.__all__)
    assert list(browser_os.__all__) == sorted(browser_os.__all__, key=lambda name: (name.islower(), name))


def test_everything_public_is_documented() -> None:
    undocumented = [name for name in browser_os.__all__ if not getattr(browser_os, name).__doc__]
    assert undocumented == []


def test_its_types_are_for_others_too() -> None:
    assert (Path(browser_os.__file__).parent / "py.typed").exists()


def test_it_has_one_name() -> None:
    assert browser_os.Page.__module__ == "browser_os._page"
