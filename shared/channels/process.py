"""Births: main asks the zygote for a process, and a web host for a tab."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from shared.contract import Contract, Count, Direction, Empty, Party, Pattern, Struct, Url
from shared.ipc_channel import IPCChannel
from shared.limits import HANDSHAKE_TIMEOUT


class ProcessKind(StrEnum):
    """What to become."""

    PAGE = "page"
    WEB_HOST = "web-host"


class Isolation(StrEnum):
    """How a renderer is kept from the rights of the user who started main."""

    AS_USER = "as the user"
    """Main is no root: there is nothing to give up."""
    UID = "uid 65534"
    """Main is root, the renderer is nobody."""
    USER_NAMESPACE = "user namespace"
    """Main is root, the renderer has an ordinary uid and no capability in a namespace of its own; what belongs to
    root is still its to write."""


Path = Annotated[str, Meta(min_length=1, max_length=4096)]
"""An absolute path of the file system."""


class ProcessFork(Struct):
    """Three descriptors travel along: the link, standard error, and the stack dumps' pipe.

    ``storage`` is the web host's directory, which it must be able to write (None: nothing is kept: a private
    window); ``reach`` are further paths that the process must be able to read.
    """

    kind: ProcessKind
    storage: Path | None = None
    reach: Annotated[tuple[Path, ...], Meta(max_length=64)] = ()


class ProcessForked(Struct):
    """``pid`` of a process that is by now a child of main, and how it is isolated."""

    pid: Count
    isolation: Isolation


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
