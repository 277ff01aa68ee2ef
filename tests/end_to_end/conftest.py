"""The display that the end-to-end tests share."""

from collections.abc import Iterator

import pytest

from tests.end_to_end.display import Display, started


@pytest.fixture(scope="session")
def display(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Display]:
    """One X server with a window manager for the whole run; start shells with ``display.environ``."""
    with started(log=tmp_path_factory.mktemp("display") / "log.txt") as running:
        yield running
