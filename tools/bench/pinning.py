"""One core for everything that is measured against each other: unpinned, small messages take either of two times."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def pinned() -> Iterator[None]:
    """Processes started inside, and those they start, stay on one core; so does this one until it leaves."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)
