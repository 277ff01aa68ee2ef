"""Which addresses a web tab may go to, and who may send it there. Pure functions over one parser's output.

``file://`` opens only where main sent the tab (address bar, command line, dialog) or where the tab's own history
leads back to such a place. A page never gets there: not by a link, a script, a form, a frame or a redirect.
Chromium refuses most of that by itself; this is the second lock.
"""

import posixpath
from enum import Enum, auto
from typing import Final

from PySide6.QtCore import QUrl

from shared.errors import BadCall, ErrorCode, Refused


class Initiator(Enum):
    """Who wants the tab to go somewhere."""

    MAIN = auto()
    """``navigate`` or ``host:open_tab``."""
    HISTORY = auto()
    """Back, forward or reload: the address was allowed once."""
    PAGE = auto()
    """Everything else."""


_FROM_MAIN: Final = frozenset({"http", "https", "file", "about"})
_FROM_HISTORY: Final = _FROM_MAIN | {"blob", "data"}
_FROM_PAGE: Final = frozenset({"http", "https", "about", "blob", "data"})
"""Chromium itself refuses ``data:`` at the top of a tab; frames may have it."""

_ALLOWED: Final = {
    Initiator.MAIN: _FROM_MAIN,
    Initiator.HISTORY: _FROM_HISTORY,
    Initiator.PAGE: _FROM_PAGE,
}


def refusal(scheme: str, initiator: Initiator) -> str | None:
    """Why ``initiator`` may not open an address of ``scheme`` (lower case, no colon); None if it may."""
    if scheme in _ALLOWED[initiator]:
        return None
    if scheme == "file":
        return "A web page may not open files of this computer. Type the address yourself to open it."
    if initiator is Initiator.PAGE:
        return f"A web page may not open an address that begins with “{scheme[:40]}:”."
    return f"Web tabs cannot open an address that begins with “{scheme[:40]}:”."


def parse(address: str) -> QUrl:
    """The address main sends a tab to.

    Raises BadCall(INVALID_PAYLOAD) if it is no absolute URL, Refused(PERMISSION_DENIED) if web tabs do not open it.
    """
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    if not url.isValid() or url.isRelative():
        reason = url.errorString() or "it has no scheme"
        raise BadCall(ErrorCode.INVALID_PAYLOAD, f"expected an absolute address: {reason}", path="$.url")
    scheme = url.scheme()
    refused = refusal(scheme, Initiator.MAIN)
    if refused is not None:
        raise Refused(ErrorCode.PERMISSION_DENIED, refused, path="$.url")
    if scheme == "about" and url.path() != "blank":
        raise Refused(
            ErrorCode.PERMISSION_DENIED, "of about: addresses web tabs open only about:blank", path="$.url"
        )
    if scheme in ("http", "https") and not url.host():
        raise BadCall(ErrorCode.INVALID_PAYLOAD, "expected an address with a host", path="$.url")
    if scheme == "file":
        if url.host() not in ("", "localhost"):
            raise Refused(
                ErrorCode.PERMISSION_DENIED, "files of another computer are not opened", path="$.url"
            )
        return _file(url)
    return url


def _file(url: QUrl) -> QUrl:
    """As Chromium will write it, so that the navigation can be recognised as this one."""
    url.setHost("")
    path = url.toLocalFile() or "/"
    normal = posixpath.normpath(path).replace("//", "/") + (
        "/" if path.endswith("/") and path.strip("/") else ""
    )
    file = QUrl.fromLocalFile(normal)
    if url.hasQuery():
        file.setQuery(url.query(QUrl.ComponentFormattingOption.EncodeUnicode))
    if url.hasFragment():
        file.setFragment(url.fragment(QUrl.ComponentFormattingOption.EncodeUnicode))
    return file


def text_of(url: QUrl) -> str:
    """The address as main shows it: encoded in full (no look-alike letters), without name and password."""
    shown = QUrl(url)
    shown.setUserInfo(None)  # type: ignore[arg-type]  # an empty one would leave its "@"
    return bytes(shown.toEncoded().data()).decode("ascii")
