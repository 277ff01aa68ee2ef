"""Pytest hooks: every test is checked for what it left behind."""

from collections.abc import Iterator

import pytest

from tests import leaks

_before = pytest.StashKey[leaks.Belongings]()


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
    item.stash[_before] = leaks.belongings()
    return (yield)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Fails the test that left a process, a descriptor or a thread behind."""
    result = yield
    if left := leaks.left_behind(item.stash[_before]):
        pytest.fail("left behind:\n  " + "\n  ".join(left), pytrace=False)
    return result
