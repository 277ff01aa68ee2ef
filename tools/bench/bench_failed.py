"""The one error of a measurement."""


class BenchFailed(Exception):
    """A figure could not be taken; the message says why."""
