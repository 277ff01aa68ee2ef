"""Refusing a server's question for a name and a password, until there is a prompt for it."""

import ctypes

import shiboken6
from PySide6.QtNetwork import QAuthenticator


def decline(authenticator: QAuthenticator) -> None:
    """Give no answer, so that the page shows what the server says to strangers.

    WORKAROUND(PySide6): Qt takes "no answer" from ``*authenticator = QAuthenticator()``, and Python cannot assign
    through a reference. Left as it is, Chromium asks the server 32 times with an empty name and then gives up with
    ERR_TOO_MANY_RETRIES. So the object's one member, the pointer to its data, is cleared here; the data (some 100
    bytes) are lost.
    """
    (address,) = shiboken6.Shiboken.getCppPointer(authenticator)
    ctypes.c_void_p.from_address(address).value = None
    if not authenticator.isNull():
        raise RuntimeError("QAuthenticator is laid out in a way this code does not know")
