"""Every measurement runs in a real shell, and gives as many numbers as were asked for. Never how large they are."""

import pytest

from main_process.measuring.measurements import MEASUREMENTS
from tools.bench.shell import inside


@pytest.mark.parametrize(
    ("what", "arguments", "lengths"),
    [
        ("births", ("--rounds", "2"), {"warm": 2, "anew": 2}),
        ("births", ("--rounds", "1", "--spawn"), {"warm": 1, "anew": 1}),
        ("messages", ("--kinds", "256", "events", "--each", "5", "50"), {"256": 5, "events": 3}),
        ("messages", ("--kinds", "256", "--each", "5", "--recorded"), {"256": 5}),
        ("broadcast", ("--rounds", "2", "--count", "3"), {"broadcast": 2}),
        ("keys", ("--rounds", "3"), {"keys": 3}),
    ],
)
def test_it_gives_numbers(what: str, arguments: tuple[str, ...], lengths: dict[str, int]) -> None:
    measured = inside(what, *arguments)
    assert {name: len(values) for name, values in measured.items()} == lengths
    assert min(min(values) for values in measured.values()) > 0


def test_none_is_left_out() -> None:
    assert set(MEASUREMENTS) == {"births", "messages", "broadcast", "keys"}
