"""One shell for one profile: a second start hands its addresses to the first and ends."""

import os
import select
import socket
import time
from typing import Final

from main_process.profile import Profile
from shared.channels.instance import InstanceOpen
from shared.contract import Party, Phase
from shared.errors import ErrorCode, Gone, Late
from shared.ipc_channel import IPCChannel
from shared.runtime_paths import INSTANCE_SOCKET
from shared.session import Session, Side
from shared.tasks import Future

TIMEOUT: Final = 60.0
_TICK: Final = 0.05


def hand_over(profile: Profile, opening: InstanceOpen, timeout: float = TIMEOUT) -> None:
    """Ask the shell that holds ``profile`` to open what this start was asked to. Blocks: no Qt runs yet.

    Raises IPCError: what the shell refused, or Gone or Late if it does not listen or answer.
    """
    deadline = time.monotonic() + timeout
    with _connect(profile, deadline) as connected:
        session = Session(side=Side.PEER, party=Party.INSTANCE)
        session.start()
        answer: Future[object] | None = None
        while answer is None or not answer.done():
            if answer is None and session.phase is Phase.OPEN:
                answer = session.invoke(IPCChannel.INSTANCE_OPEN, opening, deadline=timeout)
            if time.monotonic() > deadline:
                raise Late(ErrorCode.DEADLINE, f"the running shell did not answer within {timeout:g} s")
            _pump(connected, session)
        answer.result()


def _connect(profile: Profile, deadline: float) -> socket.socket:
    """The first shell may still be starting: it holds the lock before it listens."""
    while True:
        connected = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC)
        try:
            anchor = os.open(profile.runtime, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
            try:
                connected.connect(f"/proc/self/fd/{anchor}/{INSTANCE_SOCKET}")
            finally:
                os.close(anchor)
            return connected
        except (FileNotFoundError, ConnectionRefusedError) as error:
            connected.close()
            if time.monotonic() > deadline:
                raise Gone(
                    ErrorCode.PEER_GONE,
                    f"another shell holds {profile.directory} but does not listen ({error.strerror})",
                ) from error
            select.select([], [], [], _TICK)  # nothing to watch: the directory itself may not exist yet


def _pump(connected: socket.socket, session: Session) -> None:
    outbox = session.outbox
    readable, writable, _ = select.select([connected], [connected] if outbox else [], [], _TICK)
    if writable:
        buffers, _ = outbox.peek()
        outbox.advance(connected.sendmsg(buffers))
    if readable:
        data = connected.recv(65536)
        if not data:
            raise Gone(ErrorCode.PEER_GONE, "the running shell closed the connection")
        session.receive(data)
    session.tick()
    if session.error is not None:
        raise session.error
