"""Chromium's network errors in plain language, by number (``net/base/net_error_list.h``)."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class NetError:
    """``{host}`` in the texts is the site's name; ``steps`` are what to try, the likeliest first."""

    name: str
    title: str
    text: str
    steps: tuple[str, ...] = field(default=())


_CHECK_NETWORK = "Check that this computer is connected: cable, Wi-Fi, or flight mode."
_CHECK_PROXY = "If you use a proxy, a VPN or a firewall, check its settings."
_LATER = "Try again in a moment: the site may be busy or being repaired."
_CHECK_ADDRESS = "Check the address for typing errors."
_CERTIFICATE = "This can be a mistake of the site, or someone between you and it. Your data was not sent."
_CERTIFICATE_STEPS = (
    "Do not enter anything on this site until it is mended.",
    "If this happens on many sites, check the clock of this computer and whether the network asks you to log in.",
)

NET_ERRORS: dict[int, NetError] = {
    -2: NetError(
        "ERR_FAILED", "The page could not be loaded", "Loading {host} failed for no stated reason.", (_LATER,)
    ),
    -6: NetError(
        "ERR_FILE_NOT_FOUND",
        "File not found",
        "There is no file at this address. It may have been moved, renamed or deleted.",
        (_CHECK_ADDRESS + " Capital and small letters matter.",),
    ),
    -7: NetError(
        "ERR_TIMED_OUT",
        "This is taking too long",
        "{host} did not answer in time.",
        (_LATER, _CHECK_NETWORK, _CHECK_PROXY),
    ),
    -10: NetError(
        "ERR_ACCESS_DENIED",
        "Access denied",
        "This file or page may not be read from here.",
        ("For a file: check that you have the right to read it.",),
    ),
    -20: NetError("ERR_BLOCKED_BY_CLIENT", "Blocked", "Browser OS did not allow this request."),
    -21: NetError(
        "ERR_NETWORK_CHANGED",
        "The network changed",
        "The connection was interrupted because this computer moved to another network.",
        ("Try again: it usually works at once.",),
    ),
    -27: NetError(
        "ERR_BLOCKED_BY_RESPONSE",
        "Blocked by the site",
        "{host} does not allow its page to be shown this way.",
    ),
    -100: NetError(
        "ERR_CONNECTION_CLOSED",
        "The connection was closed",
        "{host} hung up before it answered.",
        (_LATER, _CHECK_PROXY),
    ),
    -101: NetError(
        "ERR_CONNECTION_RESET",
        "The connection was reset",
        "The connection to {host} was cut.",
        (_LATER, _CHECK_PROXY),
    ),
    -102: NetError(
        "ERR_CONNECTION_REFUSED",
        "{host} refused to connect",
        "The computer is there, but nothing answers at this address.",
        (
            _CHECK_ADDRESS + " The number after the colon matters too.",
            "If it is your own server, check that it is running.",
            _CHECK_PROXY,
        ),
    ),
    -105: NetError(
        "ERR_NAME_NOT_RESOLVED",
        "{host} could not be found",
        "No computer on the internet has this name, or the directory that knows it did not answer.",
        (_CHECK_ADDRESS, _CHECK_NETWORK, _CHECK_PROXY),
    ),
    -106: NetError(
        "ERR_INTERNET_DISCONNECTED",
        "You are offline",
        "This computer has no connection to the internet.",
        (_CHECK_NETWORK,),
    ),
    -107: NetError(
        "ERR_SSL_PROTOCOL_ERROR",
        "No secure connection",
        "{host} sent an answer that makes a secure connection impossible.",
        ("If the site is your own and has no encryption, begin the address with http://.", _LATER),
    ),
    -109: NetError(
        "ERR_ADDRESS_UNREACHABLE",
        "{host} cannot be reached",
        "There is no way from this network to the site's computer.",
        (_CHECK_NETWORK, _CHECK_PROXY),
    ),
    -113: NetError(
        "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
        "No secure connection",
        "{host} only speaks kinds of encryption that are no longer safe.",
        ("Only the site's owner can mend this.",),
    ),
    -118: NetError(
        "ERR_CONNECTION_TIMED_OUT",
        "This is taking too long",
        "{host} did not answer in time.",
        (_LATER, _CHECK_NETWORK, _CHECK_PROXY),
    ),
    -130: NetError(
        "ERR_PROXY_CONNECTION_FAILED",
        "The proxy does not answer",
        "This computer is set up to reach the internet through a proxy, which cannot be reached.",
        ("Check the proxy's address in the system's settings.",),
    ),
    -137: NetError(
        "ERR_NAME_RESOLUTION_FAILED",
        "{host} could not be found",
        "The directory of names did not answer.",
        (_CHECK_NETWORK, _CHECK_PROXY),
    ),
    -138: NetError(
        "ERR_NETWORK_ACCESS_DENIED",
        "The network is blocked",
        "A firewall or security program on this computer did not allow the connection.",
        ("Allow Browser OS in its settings.",),
    ),
    -200: NetError(
        "ERR_CERT_COMMON_NAME_INVALID",
        "This may not be {host}",
        "The certificate that was shown belongs to another site. " + _CERTIFICATE,
        (_CHECK_ADDRESS, *_CERTIFICATE_STEPS),
    ),
    -201: NetError(
        "ERR_CERT_DATE_INVALID",
        "The site's certificate is not valid today",
        "It has expired or begins later. " + _CERTIFICATE,
        ("Check that the clock of this computer is right.", _CERTIFICATE_STEPS[0]),
    ),
    -202: NetError(
        "ERR_CERT_AUTHORITY_INVALID",
        "Nobody vouches for {host}",
        "Its certificate was not issued by anyone this computer trusts. " + _CERTIFICATE,
        _CERTIFICATE_STEPS,
    ),
    -206: NetError(
        "ERR_CERT_REVOKED",
        "The site's certificate was withdrawn",
        "Whoever issued it no longer vouches for it. " + _CERTIFICATE,
        _CERTIFICATE_STEPS,
    ),
    -300: NetError(
        "ERR_INVALID_URL", "This is not an address", "The address is not well formed.", (_CHECK_ADDRESS,)
    ),
    -301: NetError(
        "ERR_DISALLOWED_URL_SCHEME",
        "This kind of address is not opened",
        "Its beginning is not on the list of allowed ones.",
    ),
    -302: NetError(
        "ERR_UNKNOWN_URL_SCHEME",
        "Unknown kind of address",
        "No program here opens addresses that begin like this.",
    ),
    -310: NetError(
        "ERR_TOO_MANY_REDIRECTS",
        "The site sends you in circles",
        "{host} redirected too many times.",
        ("Clearing the site's cookies often helps.", _LATER),
    ),
    -312: NetError(
        "ERR_UNSAFE_PORT",
        "This port is not opened",
        "The number after the colon belongs to another service than the web, so it is blocked for safety.",
        (_CHECK_ADDRESS,),
    ),
    -320: NetError(
        "ERR_INVALID_RESPONSE",
        "The answer makes no sense",
        "{host} sent something that is not a web page.",
        (_LATER,),
    ),
    -324: NetError("ERR_EMPTY_RESPONSE", "The answer was empty", "{host} sent nothing.", (_LATER,)),
}

GENERIC = NetError(
    "ERR_UNKNOWN",
    "The page could not be loaded",
    "Something went wrong on the way to {host}.",
    (_LATER, _CHECK_NETWORK),
)

PAGE_NOT_FOUND = NetError(
    "ERR_FILE_NOT_FOUND",
    "There is no such page",
    "No page of Browser OS and no plugin has this address.",
    (_CHECK_ADDRESS, "If it is a plugin's, check that the plugin is installed."),
)
"""For ``os://`` addresses."""

PLUGIN_BROKEN = NetError(
    "ERR_INVALID_RESPONSE",
    "This plugin cannot be opened",
    "Its plugin.toml is not what it must be. Mend it, then try again.",
)
"""For ``os://`` addresses."""


def net_error(code: int) -> NetError:
    """What there is to say of Chromium's error ``code``; something general where it is not in the table."""
    return NET_ERRORS.get(code, GENERIC)
