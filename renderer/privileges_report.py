"""``python -m renderer.privileges_report [PROFILE]``: how renderers of this installation give up root's rights.

Prints one JSON object, for `browser-os doctor`; it decides by trying, exactly as the zygote does.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import PySide6.QtCore  # noqa: F401  a part of the installation that renderers must be able to read

import shared  # noqa: F401  likewise
from renderer import privileges
from shared.errors import Refused


def report(storage: Path | None) -> dict[str, str]:
    """How pages and web hosts are isolated.

    Args:
        storage: the folder of web data, which web hosts must be able to write; None for what a private window has.

    Returns:
        ``pages`` and ``web``: the isolation's name; ``why`` it is no better, ``refused`` why there is none, both
        only where there is something to say.
    """
    told: dict[str, str] = {}
    for name, write in (("pages", ()), ("web", () if storage is None else (storage,))):
        facts = privileges.gather(privileges.installation(), _existing(write))
        try:
            told[name] = privileges.decide(facts)
        except Refused as refusal:
            told["refused"] = str(refusal)
            continue
        if facts.unreachable is not None:
            told.setdefault("why", facts.unreachable)
    return told


def _existing(folders: Iterable[Path]) -> list[Path]:
    """Each folder, or what it would be made in."""
    return [next(place for place in (folder, *folder.parents) if place.exists()) for folder in folders]


if __name__ == "__main__":
    print(json.dumps(report(Path(sys.argv[1]).resolve() if len(sys.argv) > 1 else None)))  # noqa: T201
