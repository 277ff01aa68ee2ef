"""What the address bar says about an address: how safe the way to it is, and which part of it is the host."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QUrl

from main_process.plugins import BUILT_IN_FOLDER
from main_process.window.icons import Icon
from main_process.window.plain_text import one_line

BUILT_IN = frozenset(file.parent.name for file in BUILT_IN_FOLDER.glob("*/plugin.toml"))
"""Hosts of ``os://`` that are part of the shell: their folders are called after their ids."""


class Security(StrEnum):
    """How the page came here."""

    SECURE = "secure"
    NOT_SECURE = "not-secure"
    FILE = "file"
    BUILT_IN = "built-in"
    PLUGIN = "plugin"
    NONE = "none"


@dataclass(frozen=True)
class PageInformation:
    """``label`` stands beside the icon (empty: the icon alone); ``title`` and ``text`` fill the popover."""

    security: Security
    icon: Icon
    label: str
    title: str
    text: str


@dataclass(frozen=True)
class AddressParts:
    """The address as shown while nobody edits it: ``host`` stands out, the rest is dimmed."""

    before: str
    host: str
    after: str

    @property
    def text(self) -> str:
        """All of it."""
        return self.before + self.host + self.after


_LOOPBACK = ("localhost", "127.0.0.1", "::1")


def describe(url: str) -> PageInformation:
    """What there is to say about ``url``."""
    parsed = QUrl(url, QUrl.ParsingMode.StrictMode)
    scheme, host = parsed.scheme() if parsed.isValid() else "", host_of(url)
    if scheme == "https":
        return PageInformation(
            Security.SECURE,
            Icon.SECURE,
            "",
            "The connection is encrypted",
            f"What you send to {host} and receive from it cannot be read on the way. "
            "Its owner still sees what you enter here.",
        )
    if scheme == "http" and host in _LOOPBACK:
        return PageInformation(
            Security.NOT_SECURE,
            Icon.INFORMATION,
            "",
            "This page comes from your own computer",
            "The connection is not encrypted, but it does not leave this computer.",
        )
    if scheme == "http":
        return PageInformation(
            Security.NOT_SECURE,
            Icon.NOT_SECURE,
            "Not secure",
            "The connection is not encrypted",
            f"Anyone on the way can read and change what you exchange with {host}. "
            "Do not enter passwords or card numbers here.",
        )
    if scheme == "file":
        return PageInformation(
            Security.FILE,
            Icon.FILE,
            "File",
            "A file on this computer",
            "It was opened from its folder. Web pages cannot open files by themselves.",
        )
    if scheme == "os" and host in BUILT_IN:
        return PageInformation(
            Security.BUILT_IN,
            Icon.BUILT_IN,
            "Browser OS",
            "A page of Browser OS itself",
            "It runs in a process of its own and may do only what its manifest lists.",
        )
    if scheme == "os":
        return PageInformation(
            Security.PLUGIN,
            Icon.APPLICATION,
            "Plugin",
            f"A page of the plugin “{host}”",
            "It runs in a process of its own and may do only what it was allowed.",
        )
    return PageInformation(Security.NONE, Icon.SEARCH, "", "No page", "Type an address to open one.")


def host_of(url: str) -> str:
    """The host in its ASCII form: what look-alike letters cannot imitate."""
    return QUrl(url, QUrl.ParsingMode.StrictMode).host(QUrl.ComponentFormattingOption.FullyEncoded)


def parts_of(url: str) -> AddressParts:
    """``url`` cut for display. User name and password are left out: they are where a false host would stand."""
    parsed = QUrl(url, QUrl.ParsingMode.StrictMode)
    host = host_of(url)
    if not parsed.isValid() or not host:
        if parsed.isValid() and parsed.scheme() == "file":
            return AddressParts("", "", readable_path(parsed))
        return AddressParts("", "", url)
    shown_host = f"[{host}]" if ":" in host else host
    port = f":{parsed.port()}" if parsed.port() != -1 else ""
    encoded = QUrl.ComponentFormattingOption.FullyEncoded
    after = parsed.path(encoded)
    if parsed.hasQuery():
        after += "?" + parsed.query(encoded)
    if parsed.hasFragment():
        after += "#" + parsed.fragment(encoded)
    if parsed.scheme() in ("http", "https"):
        return AddressParts("", shown_host, port + ("" if after == "/" else after))
    return AddressParts(f"{parsed.scheme()}://", shown_host, port + after)


def readable_path(parsed: QUrl) -> str:
    """The path of a file address with its percent signs undone where that is unambiguous."""
    return parsed.path(QUrl.ComponentFormattingOption.PrettyDecoded)


def shown_link(text: str) -> str:
    """The address of a link under the pointer, as the status bubble shows it: ASCII host, no user name."""
    parsed = QUrl(text, QUrl.ParsingMode.StrictMode)
    if not parsed.isValid() or not parsed.host():
        return one_line(text)
    return parsed.toString(
        QUrl.ComponentFormattingOption.FullyEncoded | QUrl.UrlFormattingOption.RemoveUserInfo
    )
