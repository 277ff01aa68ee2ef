"""Births: main asks the zygote for a process, and a web host for a tab."""

from enum import StrEnum

from shared.contract import Contract, Count, Direction, Empty, Party, Pattern, Struct, Url
from shared.ipc_channel import IPCChannel
from shared.limits import HANDSHAKE_TIMEOUT


class ProcessKind(StrEnum):
    """What to become."""

    PAGE = "page"
    WEB_HOST = "web-host"


class ProcessFork(Struct):
    """Three descriptors travel along: the link, standard error, and the stack dumps' pipe.

    ``storage`` is the web host's directory (None: nothing is kept: a private window).
    """

    kind: ProcessKind
    storage: str | None = None


class ProcessForked(Struct):
    """``pid`` of a process that is by now a child of main."""

    pid: Count


class HostOpenTab(Struct):
    """One descriptor travels along: the new tab's link.

    Either a fresh page on ``url``, or the page that ``popup`` (a ``page:popup`` number) announced.
    """

    url: Url | None = None
    popup: Count | None = None


CONTRACTS = (
    Contract(
        channel=IPCChannel.PROCESS_FORK,
        summary="Fork a renderer; it is main's child when the answer comes.",
        pattern=Pattern.REQUEST,
        direction=Direction.FROM_MAIN,
        parties=frozenset({Party.ZYGOTE}),
        payload=ProcessFork,
        result=ProcessForked,
        deadline=HANDSHAKE_TIMEOUT,
        carries_descriptor=True,
    ),
    Contract(
        channel=IPCChannel.HOST_OPEN_TAB,
        summary="Open a tab in the web host.",
        pattern=Pattern.REQUEST,
        direction=Direction.FROM_MAIN,
        parties=frozenset({Party.WEB_HOST}),
        payload=HostOpenTab,
        result=Empty,
        deadline=HANDSHAKE_TIMEOUT,
        carries_descriptor=True,
    ),
)
