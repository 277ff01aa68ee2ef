"""Records as a shell would send them, for the tests of the inspector's faces."""

import itertools
from typing import Any

from shared.channels.inspector import Record, Verdict
from shared.contract import Direction

_numbers = itertools.count(1)


def record(**fields: Any) -> Record:
    """An event from page 3, but for ``fields``; numbered as records come."""
    given: dict[str, Any] = {
        "sequence": next(_numbers),
        "time": 1_700_000_000.25,
        "link": 3,
        "peer": "page 3",
        "direction": Direction.TO_MAIN,
        "channel": "tab:title",
        "type": "event",
        "size": 120,
        "verdict": Verdict.ALLOWED,
        "payload": {"title": "Hello"},
    }
    return Record(**{**given, **fields})


def request(id_: str = "1", **fields: Any) -> Record:
    """A request of page 3."""
    return record(**{"channel": "settings:get", "type": "command", "id": id_, "payload": {}, **fields})


def reply(id_: str = "1", **fields: Any) -> Record:
    """Main's reply to it."""
    given = {
        "channel": "settings:get",
        "type": "command",
        "direction": Direction.FROM_MAIN,
        "in_reply_to": id_,
        "latency": 0.0123,
        "payload": {"value": 7},
    }
    return record(**{**given, **fields})


def refused(**fields: Any) -> Record:
    """An event that did not pass the gate."""
    given = {
        "verdict": Verdict.REFUSED,
        "code": "invalid-payload",
        "reason": "Expected `str`, got `int`",
        "path": "$.title",
        "payload": None,
    }
    return record(**{**given, **fields})
