"""A listening socket in the profile's runtime directory, for this user alone."""

import logging
import os
import socket
import struct
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QSocketNotifier, QTimer

from main_process.link import Link
from shared.contract import Party
from shared.session import Session, Side

MAX_CLIENTS: Final = 16
"""Connections served at once; more are closed as they come."""
_CREDENTIALS: Final = struct.Struct("3i")
"""struct ucred of unix(7): pid, uid, gid."""
_PAUSE_MS: Final = 1000
"""Out of descriptors, a connection keeps waiting to be accepted, and would be told of without end."""

_log = logging.getLogger(__name__)


class LocalServer(QObject):
    """Accepts peers of one party. ``on_link`` gets each link before its handshake is read.

    The socket is 0600 in a 0700 directory, and each peer's user id is asked of the kernel (SO_PEERCRED, unix(7)).
    """

    def __init__(
        self, path: Path, party: Party, on_link: Callable[[Link], None], parent: QObject | None = None
    ) -> None:
        """Raises OSError if the socket cannot be made."""
        super().__init__(parent)
        self._path = path
        self._party = party
        self._on_link = on_link
        self._links: set[Link] = set()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            self._socket.setblocking(False)
            bind_in_directory(self._socket, path)
            self._socket.listen(MAX_CLIENTS)
        except OSError:
            self._socket.close()
            raise
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_notifier_activated)

    @property
    def clients(self) -> int:
        """Connections that are open now."""
        return len(self._links)

    def close(self) -> None:
        """Stop listening, end every connection, take the socket's file away."""
        self._notifier.setEnabled(False)
        self._socket.close()
        self._path.unlink(missing_ok=True)
        for link in tuple(self._links):
            link.close()

    def _on_notifier_activated(self) -> None:
        try:
            connected, _ = self._socket.accept()
        except (BlockingIOError, ConnectionError):
            return  # it went away before we came
        except OSError as error:
            _log.warning("no connection can be accepted for now: %s", error.strerror)
            self._notifier.setEnabled(False)
            QTimer.singleShot(_PAUSE_MS, self, self._on_pause_over)
            return
        if len(self._links) >= MAX_CLIENTS or peer_uid(connected) != os.getuid():
            connected.close()
            return
        link = Link(Session(side=Side.MAIN, party=self._party), connected, self)
        self._links.add(link)
        # A bound method, which does not keep this server: a closure that held it last would end it, and the link's
        # parent with it, in the middle of the link's own destructor.
        link.closed.connect(self._on_link_closed)
        self._on_link(link)

    def _on_pause_over(self) -> None:
        self._notifier.setEnabled(self._socket.fileno() >= 0)

    def _on_link_closed(self) -> None:
        for link in [link for link in self._links if link.is_closed]:
            self._links.discard(link)
            link.deleteLater()


def peer_uid(connected: socket.socket) -> int:
    """The user id of the process at the other end, as the kernel knows it."""
    data = connected.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    return int(_CREDENTIALS.unpack(data)[1])


def bind_in_directory(listener: socket.socket, path: Path) -> None:
    """Bind ``listener`` to ``path``, mode 0600, in place of what a killed shell left there.

    Goes through the directory's descriptor: a socket's address holds 107 bytes (unix(7)), a path may be longer.
    """
    path.unlink(missing_ok=True)
    anchor = os.open(path.parent, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        listener.bind(f"/proc/self/fd/{anchor}/{path.name}")
    finally:
        os.close(anchor)
    path.chmod(0o600)
