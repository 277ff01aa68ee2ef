"""One shell for one profile: a second start hands its addresses to the first and ends. No Qt runs here yet."""

import os
import select
import socket
import time
from typing import Final

from main_process.local_server import peer_uid
from main_process.profile import Profile
from main_process.runtime_directory import RuntimeUnusable, check_private
from shared.channels.instance import InstanceOpen
from shared.contract import Party, Phase
from shared.errors import ErrorCode, Gone, Late, Refused
from shared.ipc_channel import IPCChannel
from shared.runtime_paths import INSTANCE_SOCKET
from shared.session import Session, Side
from shared.tasks import Future

TIMEOUT: Final = 60.0
"""Seconds for all of it; the picture of a page may be asked for."""
ENDING_SECONDS: Final = 10.0
"""A shell that hangs up on us is ending, and may need so long until it lets go of the profile."""
_LOOK_SECONDS: Final = 0.05


class _HungUp(Exception):
    """The running shell closed the connection before it answered."""


def hand_over(profile: Profile, opening: InstanceOpen, timeout: float = TIMEOUT) -> bool:
    """Ask the shell that holds ``profile`` to open what this start was asked to. Blocks.

    False if that shell has ended meanwhile: the profile is free. Raises IPCError: what the shell refused, Gone or
    Late if it does not listen or answer, Refused if somebody else listens in its place.
    """
    deadline = time.monotonic() + timeout
    connected = _connect(profile, deadline)
    if connected is None:
        return False
    with connected:
        try:
            _converse(connected, opening, deadline)
        except _HungUp as error:
            if _is_released(profile, min(deadline, time.monotonic() + ENDING_SECONDS)):
                return False
            raise Gone(
                ErrorCode.PEER_GONE,
                "the running shell closed the connection: if it is of another version, close it first",
            ) from error
    return True


def _converse(connected: socket.socket, opening: InstanceOpen, deadline: float) -> None:
    session = Session(side=Side.PEER, party=Party.INSTANCE)
    session.start()
    answer: Future[object] | None = None
    while answer is None or not answer.done():
        left = deadline - time.monotonic()
        if left <= 0:
            raise Late(ErrorCode.DEADLINE, "the running shell did not answer in time")
        if answer is None and session.phase is Phase.OPEN:
            answer = session.invoke(IPCChannel.INSTANCE_OPEN, opening, deadline=left)
        _pump(connected, session)
    answer.result()


def _connect(profile: Profile, deadline: float) -> socket.socket | None:
    """A connection to who listens in the profile's runtime directory; None once nobody holds the profile.

    The first shell may still be starting, or already ending: it holds the profile while it does not listen.
    """
    while True:
        try:
            return _try_to_connect(profile)
        except (FileNotFoundError, ConnectionRefusedError) as error:
            if not profile.is_held():
                return None
            if time.monotonic() > deadline:
                raise Gone(
                    ErrorCode.PEER_GONE,
                    f"another shell holds {profile.directory} but does not listen ({error.strerror})",
                ) from error
        select.select([], [], [], _LOOK_SECONDS)  # a lock tells nobody when it is free


def _try_to_connect(profile: Profile) -> socket.socket:
    connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
    try:
        check_private(profile.runtime.parent)
        check_private(profile.runtime)
        # Through the directory's descriptor: a path may be longer than the 107 bytes of a socket's address.
        anchor = os.open(profile.runtime, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
        try:
            connected.connect(f"/proc/self/fd/{anchor}/{INSTANCE_SOCKET}")
        finally:
            os.close(anchor)
        uid = peer_uid(connected)
        if uid != os.getuid():
            raise Refused(
                ErrorCode.PERMISSION_DENIED, f"user {uid} listens in {profile.runtime}, not the shell"
            )
        connected.setblocking(False)
    except RuntimeUnusable as error:
        connected.close()
        raise Refused(ErrorCode.PERMISSION_DENIED, str(error)) from error
    except BaseException:
        connected.close()
        raise
    return connected


def _pump(connected: socket.socket, session: Session) -> None:
    """Carry what waits both ways, or wait a little for something to."""
    outbox = session.outbox
    readable, writable, _ = select.select([connected], [connected] if outbox else [], [], _LOOK_SECONDS)
    try:
        if writable:
            buffers, _ = outbox.peek()
            outbox.advance(connected.sendmsg(buffers))
        data = connected.recv(65536) if readable else None
    except BlockingIOError:
        return  # there was room for less than one frame's beginning
    except ConnectionError as error:
        raise _HungUp from error
    if data:
        session.receive(data)
    elif data is not None:
        raise _HungUp
    session.tick()
    if session.error is not None:
        raise session.error


def _is_released(profile: Profile, deadline: float) -> bool:
    while profile.is_held():
        if time.monotonic() > deadline:
            return False
        select.select([], [], [], _LOOK_SECONDS)  # a lock tells nobody when it is free
    return True
