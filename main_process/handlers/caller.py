"""On what a handler acts: the tab that the link belongs to, and the shell around it."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from main_process.shell import Shell
    from main_process.tab import Tab


class Caller(NamedTuple):
    """Known from the link; no message can name another."""

    tab: "Tab"
    shell: "Shell"
