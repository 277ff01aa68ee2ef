"""Pytest hooks: every test is checked for what it left behind, and what all share is as it was."""

import os
from collections.abc import Iterator

import pytest

from tests import application_state, leaks

_before = pytest.StashKey[leaks.Belongings]()
_environ = pytest.StashKey[dict[str, str]]()

PYTESTS_OWN = "PYTEST_CURRENT_TEST"
"""The one variable that changes from phase to phase by itself."""


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[object]) -> Iterator[None]:
    """What a fixture shared by several tests holds is not the leak of the test that came first."""
    if fixturedef.scope == "function":
        return (yield)
    before = leaks.belongings()
    result = yield
    leaks.expect_new_since(before)
    return result


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> Iterator[None]:
    """Notes what the process holds before any of the test's fixtures."""
    item.stash[_environ] = dict(os.environ)
    item.stash[_before] = leaks.belongings()
    return (yield)


@pytest.hookimpl(wrapper=True, trylast=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fails the test that left a process, a descriptor or a thread behind.

    Innermost, so that what garbage collection finds here is told of this test, not of the next.
    """
    result = yield
    _restore(item.stash[_environ])
    application_state.restore()
    if left := leaks.left_behind(item.stash[_before]):
        pytest.fail("left behind:\n  " + "\n  ".join(left), pytrace=False)
    return result


def _restore(environ: dict[str, str]) -> None:
    """Undoes what libraries do to the environment; IPython's kernel asks every program for colours."""
    for name in os.environ.keys() - environ.keys() - {PYTESTS_OWN}:
        del os.environ[name]
    os.environ.update({name: value for name, value in environ.items() if name != PYTESTS_OWN})
