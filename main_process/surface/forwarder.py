"""Sends input down, in order, without letting movement pile up.

When the link is backed up, movement is latest-wins: one movement waits here instead of in the outbox, replaced by
newer ones with the same buttons and modifiers, and sent before anything else or once the outbox has drained.
"""

from collections import Counter
from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer

from main_process.surface.activation import UserActivation
from shared.channels.input import InputFocus, InputKey, InputLeave, InputPointer, InputWheel, PointerAction
from shared.contract import Struct
from shared.errors import Full
from shared.ipc_channel import IPCChannel
from shared.session import Session

_RETRY_MS: Final = 4

CHANNELS: Final[dict[type[Struct], IPCChannel]] = {
    InputPointer: IPCChannel.INPUT_POINTER,
    InputWheel: IPCChannel.INPUT_WHEEL,
    InputKey: IPCChannel.INPUT_KEY,
    InputFocus: IPCChannel.INPUT_FOCUS,
    InputLeave: IPCChannel.INPUT_LEAVE,
}


class InputForwarder(QObject):
    """Input on its way to one session at a time. ``session`` gives None while there is nobody to send to.

    Counters: ``moves_coalesced``, ``input_refused`` (the outbox is at its bound: the peer reads nothing, and the
    link ends it soon).
    """

    def __init__(
        self, session: Callable[[], Session | None], counters: Counter[str], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._counters = counters
        self.activation = UserActivation()
        """What of it the user meant: presses of buttons and keys that were sent."""
        self._waiting: InputPointer | None = None
        self._pressed: set[int] = set()
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.setTimerType(Qt.TimerType.PreciseTimer)
        self._retry.setInterval(_RETRY_MS)
        self._retry.timeout.connect(self._on_retry_timeout)

    def forget(self) -> None:
        """Another session begins, or none: what waits is of no use any more."""
        self._waiting = None
        self._pressed.clear()
        self.activation.forget()
        self._retry.stop()

    def pointer(self, message: InputPointer) -> None:
        """Send a pointer event; movement may wait while the link is backed up."""
        session = self._session()
        if session is None:
            return
        if message.action is not PointerAction.MOVE:
            self._note(is_press=message.action is not PointerAction.RELEASE)
            self.send(message)
            return
        if self._waiting is not None:
            if message.replaces(self._waiting):
                self._counters["moves_coalesced"] += 1
            else:
                self._flush()
            self._waiting = message
        elif session.outbox:
            self._waiting = message
            self._retry.start()
        else:
            self._send(message)

    def key(self, message: InputKey) -> None:
        """Send a key. The release of a key that main's own shortcuts took the press of is main's too."""
        code = message.native_scan_code or message.key
        if message.pressed:
            self._pressed.add(code)
        elif code in self._pressed:
            self._pressed.discard(code)
        else:
            return
        self._note(is_press=message.pressed and not message.auto_repeat)
        self.send(message)

    def _note(self, *, is_press: bool) -> None:
        if is_press:
            self.activation.note_press()
        else:
            self.activation.note_release()

    def send(self, message: InputPointer | InputWheel | InputKey | InputFocus | InputLeave) -> None:
        """Send anything that must not be lost, after the movement that came before it."""
        self._flush()
        self._send(message)

    def _flush(self) -> None:
        if self._waiting is not None:
            waiting, self._waiting = self._waiting, None
            self._retry.stop()
            self._send(waiting)

    def _send(self, message: Struct) -> None:
        session = self._session()
        if session is None:
            return
        try:
            session.send(CHANNELS[type(message)], message)
        except Full:
            self._counters["input_refused"] += 1

    def _on_retry_timeout(self) -> None:
        session = self._session()
        if session is not None and session.outbox:
            self._retry.start()
        else:
            self._flush()
