"""From what a person typed to one address: text in, text out, one parser (Qt's strict one) in between.

What is refused here never reaches another parser that might read it differently. In particular: control
characters (some parsers drop them, and a harmless word becomes ``javascript:``), backslashes (some take them
for slashes, and the host becomes another), and dots hidden behind percent signs.
"""

import posixpath
import re
from pathlib import Path
from urllib.parse import quote, unquote

from PySide6.QtCore import QUrl

from shared.limits import MAX_URL

NEW_TAB_URL = "os://newtab"
SETTINGS_URL = "os://settings"
SEARCH_PLACEHOLDER = "{query}"
SCHEMES = ("https", "http", "file", "os")
"""What the address bar opens."""

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_PORT_FOLLOWS = re.compile(r":\d{1,5}(?:[/?#]|$)")
_HOST_END = re.compile(r"[/?#]")
_LABEL = re.compile(r"(?!-)[^\W_](?:[^\W_]|-)*(?<!-)")
_CREDENTIALS = re.compile(r"[^\s/:@]+:[^\s/@]+@[^\s/@]+")
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_IPV6 = re.compile(r"\[[0-9A-Fa-f:.]+\]")
_REFUSED_SCHEMES = {
    "javascript": "Addresses that begin with javascript: run code in the page you are on, so they are not opened "
    "from the address bar.",
    "vbscript": "Addresses that begin with vbscript: would run code, so they are not opened.",
    "data": "Addresses that begin with data: can pose as any site, so they are not opened from the address bar.",
    "blob": "Addresses that begin with blob: belong to the page that made them and cannot be opened here.",
    "filesystem": "Addresses that begin with filesystem: belong to the page that made them.",
    "view-source": "Viewing a page's source is not available.",
}
_KNOWN_SCHEMES = frozenset(
    {"about", "chrome", "devtools", "ftp", "mailto", "qrc", "qthelp", "resource", "tel", "ws", "wss"}
)


class AddressRefused(ValueError):
    """The text is no address that may be opened. Its text says why, for the person who typed it."""


def resolve(text: str, search_template: str, *, home: Path | None = None) -> str:
    """The address that ``text`` means, percent-encoded and with an ASCII host.

    ``search_template`` is the setting's address with ``{query}`` in it; an empty one means searching is off.
    ``home`` is what ``~`` stands for.

    Raises:
        AddressRefused: it is an address of a kind that is not opened from here, or is malformed.
    """
    text = text.strip()
    if len(text) > MAX_URL:
        raise AddressRefused(f"This address is longer than {MAX_URL:,} characters.")
    if not text:
        raise AddressRefused("Type an address or what you are looking for.")
    match = _SCHEME.match(text)
    scheme = match.group(1).lower() if match else ""
    if scheme in _REFUSED_SCHEMES:
        raise AddressRefused(_REFUSED_SCHEMES[scheme])
    if _has_controls(text):
        if scheme in SCHEMES:
            raise AddressRefused(
                "The address contains invisible control characters. Type it again without them."
            )
        return _search(text, search_template)
    if match and scheme in SCHEMES and not _PORT_FOLLOWS.match(text, match.end() - 1):
        return _absolute(scheme, text)
    if text == "~" or text.startswith(("/", "~/")):
        return _local_path(text, home)
    if _names_a_host(text):
        bare_scheme = "http" if _is_local_or_ported(text) else "https"
        return _absolute(bare_scheme, f"{bare_scheme}://{text}")
    if match and (text.startswith("//", match.end()) or scheme in _KNOWN_SCHEMES):
        raise AddressRefused(f"Addresses that begin with {scheme}: cannot be opened here; {_openable()} can.")
    if _CREDENTIALS.match(text):
        # Looking it up would tell a search engine the password.
        raise AddressRefused("To open an address with a user name and password, begin it with https://.")
    return _search(text, search_template)


def check(url: str) -> str:
    """A whole address, from wherever, in its one encoded form.

    Raises:
        AddressRefused: its scheme is not opened, or it is malformed.
    """
    match = _SCHEME.match(url)
    if match is None or match.group(1).lower() not in SCHEMES:
        raise AddressRefused(f"Only addresses that begin with {_openable()} can be opened.")
    if len(url) > MAX_URL or _has_controls(url):
        raise AddressRefused("The address is too long or contains control characters.")
    return _absolute(match.group(1).lower(), url)


def _absolute(scheme: str, text: str) -> str:
    rest = text[len(scheme) + 1 :]
    if "\\" in re.split(r"[?#]", rest, maxsplit=1)[0]:
        raise AddressRefused("The address contains a backslash. Use / instead.")
    if scheme == "file":
        return _file(rest)
    if not rest.startswith("//") or rest.startswith("///"):
        raise AddressRefused(
            f"After {scheme}: come two slashes and a name, as in {scheme}://{_EXAMPLES[scheme]}."
        )
    authority = _HOST_END.split(rest[2:], maxsplit=1)[0]
    url = QUrl(f"{scheme}://{authority}{_encoded(rest[2 + len(authority) :])}", QUrl.ParsingMode.StrictMode)
    if not url.isValid() or not url.host():
        raise AddressRefused(f"“{_shortened(text)}” is not a well-formed address.")
    if scheme == "os":
        _refuse_steps(rest[2 + len(authority) :], plain_too=True)
        if url.userInfo() or url.port() != -1:
            raise AddressRefused("An os:// address has no user name and no port.")
    elif not url.path():
        url.setPath("/")
    return url.toString(QUrl.ComponentFormattingOption.FullyEncoded)


_EXAMPLES = {"https": "example.com", "http": "example.com", "os": "settings"}
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_LEGAL = "!$%&'()*+,-./:;=?@_~"
"""Stays as it is behind the host; everything else is percent-encoded."""


def _encoded(rest: str) -> str:
    """Path, query and fragment as every parser reads them alike; what people may type raw is encoded."""
    head, hash_mark, fragment = _LONE_PERCENT.sub("%25", rest).partition("#")
    return quote(head, safe=_LEGAL) + hash_mark + quote(fragment, safe=_LEGAL)


def _file(rest: str) -> str:
    path = rest
    if rest.startswith("//"):
        host, slash, tail = rest[2:].partition("/")
        if host.lower() not in ("", "localhost") or not slash:
            raise AddressRefused("A file address names a file on this computer: file:///folder/file.")
        path = "/" + tail
    if not path.startswith("/"):
        raise AddressRefused("A file address names a whole path: file:///folder/file.")
    _refuse_steps(path)
    url = QUrl("file:///" + _encoded(path).lstrip("/"), QUrl.ParsingMode.StrictMode)
    if not url.isValid():
        raise AddressRefused(f"“{_shortened('file:' + rest)}” is not a well-formed address.")
    return url.toString(
        QUrl.ComponentFormattingOption.FullyEncoded | QUrl.UrlFormattingOption.NormalizePathSegments
    )


def _local_path(text: str, home: Path | None) -> str:
    if text.startswith("~"):
        if home is None:
            raise AddressRefused("There is no home folder for ~ to stand for. Type the whole path.")
        text = str(home) + text[1:]
    return "file://" + quote("/" + posixpath.normpath(text).lstrip("/"), safe="/")


def _search(text: str, template: str) -> str:
    if SEARCH_PLACEHOLDER not in template:
        raise AddressRefused("This is not an address, and searching from the address bar is switched off.")
    words = " ".join("".join(" " if _has_controls(character) else character for character in text).split())
    return check(template.replace(SEARCH_PLACEHOLDER, quote(words, safe="")))


def _names_a_host(text: str) -> bool:
    """Whether the text up to the first slash can only be a host: a dotted name, an IP address, localhost, host:port."""
    if any(character.isspace() for character in text):
        return False
    authority = _HOST_END.split(text, maxsplit=1)[0]
    if "@" in authority:
        return False
    if match := _IPV6.match(authority):
        return bool(re.fullmatch(r"(:\d{1,5})?", authority[match.end() :]))
    host, colon, port = authority.partition(":")
    if colon and not re.fullmatch(r"\d{1,5}", port):
        return False
    if host.lower() == "localhost" or _IPV4.fullmatch(host):
        return True
    labels = host.removesuffix(".").split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        return False
    if len(labels) == 1:
        # "intranet:8080" and "intranet/" are hosts, "intranet" is a word to look for.
        return bool(colon) or text[len(authority) :].startswith("/")
    return len(labels[-1]) >= 2 and not labels[-1].isdigit()


def _is_local_or_ported(text: str) -> bool:
    """Whether a bare host is one that rarely speaks https: this machine, an IP address, or a port of its own."""
    authority = _HOST_END.split(text, maxsplit=1)[0]
    host = authority.partition(":")[0].lower()
    if not authority.startswith("[") and authority.endswith(":443"):
        return False
    return authority.startswith("[") or ":" in authority or host == "localhost" or bool(_IPV4.fullmatch(host))


def _refuse_steps(rest: str, *, plain_too: bool = False) -> None:
    for raw in re.split(r"[?#]", rest, maxsplit=1)[0].split("/"):
        step = unquote(raw)
        hidden = "%" in raw and (step in (".", "..") or any(character in step for character in "/\\\0"))
        if hidden:
            raise AddressRefused(
                "The address hides a slash or a step to another folder behind percent signs."
            )
        if plain_too and step == "..":
            raise AddressRefused("An os:// address has no steps upwards (..).")


def _has_controls(text: str) -> bool:
    return any(ord(character) < 0x20 or 0x7F <= ord(character) < 0xA0 for character in text)


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:59] + "…"


def _openable() -> str:
    return ", ".join(f"{scheme}:" for scheme in SCHEMES[:-1]) + f" and {SCHEMES[-1]}:"
