"""Pages: what a renderer is told to run, and what it tells of it."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta

from shared.contract import (
    BOTH_PHASES,
    PAGE,
    RARE,
    RENDERERS,
    WEB,
    Contract,
    Count,
    Direction,
    Empty,
    Pattern,
    Struct,
    Text,
    Url,
)
from shared.ipc_channel import IPCChannel
from shared.limits import MAX_ICON_SIDE


class PageOpen(Struct):
    """The plugin page a spare renderer becomes.

    ``manifest`` is the plugin's manifest as JSON text, already validated by main; ``folder`` its directory
    (the renderer puts it last on its module path); ``entry`` is ``module:callable``; ``path`` is what stands
    behind the plugin's name in the address.
    """

    url: Url
    folder: str
    entry: Text
    manifest: str
    path: Text = ""


class PageIcon(Struct):
    """``side`` x ``side`` pixels, 4 bytes each, premultiplied ARGB32 in native byte order; main decodes no image.

    Side 0 takes the icon away.
    """

    side: Annotated[int, Meta(ge=0, le=MAX_ICON_SIDE)]
    pixels: Annotated[bytes, Meta(max_length=MAX_ICON_SIDE * MAX_ICON_SIDE * 4)]


class PageLoadFailed(Struct):
    """``code`` is Chromium's network error number (negative), ``description`` its name."""

    url: Url
    code: int
    description: Text


class PagePopup(Struct):
    """The web page asked for a new tab; the host keeps it under number ``popup`` until main adopts it."""

    popup: Count
    url: Url | None = None
    background: bool = False


class RendererGoneStatus(StrEnum):
    """How Chromium's own renderer process of a web tab ended, as QtWebEngine tells it."""

    NORMAL = "normal"
    ABNORMAL = "abnormal"
    CRASHED = "crashed"
    KILLED = "killed"


class PageRendererGone(Struct):
    """The web tab itself lives on in its host; ``navigate:reload`` brings the page back in a new process.

    ``exit_code`` is the exit status, or the number of the signal that ended it.
    """

    status: RendererGoneStatus
    exit_code: int


class PageInformation(Struct):
    """One entry of the launcher. ``icon`` is a name of the shell's own icon set."""

    url: Url
    title: Text
    summary: Text = ""
    icon: Text = ""


class PagesListing(Struct):
    """What can be opened by name."""

    pages: tuple[PageInformation, ...]


CONTRACTS = (
    Contract(
        channel=IPCChannel.PAGE_OPEN,
        summary="Become this plugin page.",
        pattern=Pattern.REQUEST,
        direction=Direction.FROM_MAIN,
        parties=PAGE,
        payload=PageOpen,
        result=Empty,
        phases=BOTH_PHASES,
        deadline=30.0,
    ),
    Contract(
        channel=IPCChannel.PAGE_ICON,
        summary="The tab's icon as raw pixels.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=RENDERERS,
        payload=PageIcon,
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.PAGE_LOAD_FAILED,
        summary="The web page could not be loaded; main draws the error page.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=WEB,
        payload=PageLoadFailed,
    ),
    Contract(
        channel=IPCChannel.PAGE_POPUP,
        summary="The web page asks for a new tab.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=WEB,
        payload=PagePopup,
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.PAGE_RENDERER_GONE,
        summary="Chromium's renderer process of the web page ended; main draws the crash page.",
        pattern=Pattern.EVENT,
        direction=Direction.TO_MAIN,
        parties=WEB,
        payload=PageRendererGone,
        rate=RARE,
    ),
    Contract(
        channel=IPCChannel.PAGES_LIST,
        summary="The installed pages.",
        pattern=Pattern.REQUEST,
        direction=Direction.TO_MAIN,
        parties=PAGE,
        result=PagesListing,
        permission="pages.read",
        idempotent=True,
    ),
)
