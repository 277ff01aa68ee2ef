"""Chromium's network errors: the numbers QtWebEngine gives, and their names in ``net_error_list.h``."""

from typing import Final

ABORTED: Final = -3
"""Stopped, replaced by another load, or turned into a download: no failure that a person should read of."""
HTTP_RESPONSE_CODE_FAILURE: Final = -379
"""The server answered with an error status and nothing to show."""

_NAMES: Final = {
    -2: "ERR_FAILED",
    ABORTED: "ERR_ABORTED",
    -6: "ERR_FILE_NOT_FOUND",
    -7: "ERR_TIMED_OUT",
    -10: "ERR_ACCESS_DENIED",
    -20: "ERR_BLOCKED_BY_CLIENT",
    -21: "ERR_NETWORK_CHANGED",
    -27: "ERR_BLOCKED_BY_RESPONSE",
    -30: "ERR_BLOCKED_BY_CSP",
    -100: "ERR_CONNECTION_CLOSED",
    -101: "ERR_CONNECTION_RESET",
    -102: "ERR_CONNECTION_REFUSED",
    -103: "ERR_CONNECTION_ABORTED",
    -104: "ERR_CONNECTION_FAILED",
    -105: "ERR_NAME_NOT_RESOLVED",
    -106: "ERR_INTERNET_DISCONNECTED",
    -107: "ERR_SSL_PROTOCOL_ERROR",
    -108: "ERR_ADDRESS_INVALID",
    -109: "ERR_ADDRESS_UNREACHABLE",
    -110: "ERR_SSL_CLIENT_AUTH_CERT_NEEDED",
    -111: "ERR_TUNNEL_CONNECTION_FAILED",
    -113: "ERR_SSL_VERSION_OR_CIPHER_MISMATCH",
    -118: "ERR_CONNECTION_TIMED_OUT",
    -130: "ERR_PROXY_CONNECTION_FAILED",
    -137: "ERR_NAME_RESOLUTION_FAILED",
    -200: "ERR_CERT_COMMON_NAME_INVALID",
    -201: "ERR_CERT_DATE_INVALID",
    -202: "ERR_CERT_AUTHORITY_INVALID",
    -204: "ERR_CERT_UNABLE_TO_CHECK_REVOCATION",
    -206: "ERR_CERT_REVOKED",
    -207: "ERR_CERT_INVALID",
    -208: "ERR_CERT_WEAK_SIGNATURE_ALGORITHM",
    -211: "ERR_CERT_WEAK_KEY",
    -300: "ERR_INVALID_URL",
    -301: "ERR_DISALLOWED_URL_SCHEME",
    -302: "ERR_UNKNOWN_URL_SCHEME",
    -310: "ERR_TOO_MANY_REDIRECTS",
    -311: "ERR_UNSAFE_REDIRECT",
    -312: "ERR_UNSAFE_PORT",
    -320: "ERR_INVALID_RESPONSE",
    -324: "ERR_EMPTY_RESPONSE",
    -337: "ERR_HTTP2_PROTOCOL_ERROR",
    -338: "ERR_INVALID_AUTH_CREDENTIALS",
    -356: "ERR_QUIC_PROTOCOL_ERROR",
    -375: "ERR_TOO_MANY_RETRIES",
    HTTP_RESPONSE_CODE_FAILURE: "ERR_HTTP_RESPONSE_CODE_FAILURE",
}


def name_of(code: int, told: str) -> str:
    """The error's name. ``told`` is QtWebEngine's own text, ``net::ERR_…`` where it knows the name."""
    if told.startswith("net::ERR_") and told[5:].replace("_", "").isalnum():
        return told[5:]
    return _NAMES.get(code, f"ERR_{abs(code)}")


def is_failure(code: int) -> bool:
    """Whether a load that ended with ``code`` is one that a person should read of."""
    return code not in (0, ABORTED)
