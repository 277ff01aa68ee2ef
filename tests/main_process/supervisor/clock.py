"""A clock for tests: it stands still until it is moved."""


class Clock:
    """Call it for the time; move it by adding to ``now``."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now
