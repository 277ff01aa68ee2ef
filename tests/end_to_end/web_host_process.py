"""A web host without a main process around it: what the zygote does, in a program of its own."""

import os
import sys
from pathlib import Path

import PySide6.QtCore  # noqa: F401  as in the zygote: what is imported must be reachable after the rights are gone

from renderer import privileges
from renderer.birth import Birth, become
from shared.channels.process import ProcessKind


def main(link: int, stacks: int, storage: str) -> None:
    """Become a web host on the inherited descriptors; ``storage`` empty: nothing is kept."""
    folders = (Path(storage),) if storage else ()
    become(
        Birth(
            kind=ProcessKind.WEB_HOST,
            entry="renderer.web.host:main",
            storage=storage or None,
            isolation=privileges.decide(privileges.gather(privileges.installation(), folders)),
            main_pid=os.getppid(),
            link=link,
            stderr=os.dup(2),
            stacks=stacks,
        )
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
