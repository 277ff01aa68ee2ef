"""A plugin's own channels: what its page sends on them, main hands to the page that serves them.

Typed and permitted on the way up like everything, so both ends of a plugin's message are messages of the gate.
Today the page that serves is the page that sent.
"""

from collections.abc import Callable, Mapping
from typing import Any

from shared.contract import Contract, Pattern
from shared.session import Session


def relay(session: Session, contracts: Mapping[str, Contract]) -> None:
    """Serve ``contracts`` on ``session``, which has been extended with them."""
    for name, contract in contracts.items():
        if contract.pattern is Pattern.REQUEST:
            session.handle(name, _forward(session.invoke, name))
        else:
            session.on(name, _forward(session.send, name))


def _forward(verb: Callable[[str, Any], Any], name: str) -> Callable[[Any], Any]:
    return lambda payload: verb(name, payload)
