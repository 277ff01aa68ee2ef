"""The two local sockets of a shell: second starts, and inspectors if it was asked for."""

from pathlib import Path

from main_process.capture import Capture
from main_process.describe import describe
from main_process.inspection import Inspection
from main_process.link import Link
from main_process.local_server import LocalServer
from main_process.shell import NEW_TAB, Shell
from main_process.startup import address_of
from main_process.tab import Tab
from main_process.window.address import AddressRefused
from shared.channels.instance import InstanceOpen
from shared.contract import Empty, Party
from shared.errors import BadCall, ErrorCode
from shared.ipc_channel import IPCChannel
from shared.permissions import Principal
from shared.runtime_paths import INSTANCE_SOCKET
from shared.tasks import Future, settled


class Doors:
    """Open while the shell runs."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._instance: LocalServer | None = None
        self._inspection: Inspection | None = None

    def open(self) -> None:
        """Listen. Raises OSError."""
        shell = self._shell
        if not shell.profile.private:
            path = shell.profile.runtime / INSTANCE_SOCKET
            self._instance = LocalServer(path, Party.INSTANCE, self._on_instance_link, shell)
        if shell.recorder is not None:
            self._inspection = Inspection(
                shell.profile.runtime, shell.recorder, lambda: describe(shell), shell
            )
            self._inspection.clients_changed.connect(shell.show_inspectors)

    def close(self) -> None:
        """Stop listening."""
        for door in (self._instance, self._inspection):
            if door is not None:
                door.close()

    def _on_instance_link(self, link: Link) -> None:
        self._shell.gate.admit(link.session, Principal(name="second start", party=Party.INSTANCE))
        link.closed.connect(lambda: self._shell.gate.dismiss(link.session))
        link.session.handle(IPCChannel.INSTANCE_OPEN, self._open)

    def _open(self, opening: InstanceOpen) -> Future[Empty]:
        shell = self._shell
        try:
            urls = [address_of(shell, url) for url in opening.urls]
        except AddressRefused as error:
            raise BadCall(ErrorCode.INVALID_PAYLOAD, str(error), path="$.urls") from error
        window = shell.windows[-1]
        tab: Tab | None = None
        if opening.screenshot is not None and not urls:
            tab = next((tab for tab in shell.tabs if tab is window.current_tab), None)
        else:
            for url in urls or (NEW_TAB,):
                tab = shell.open_tab(url, window=window)
            window.raise_()
            window.activateWindow()
        if opening.screenshot is None or tab is None:
            return settled(Empty())
        finished: Future[Empty] = Future()
        capture = Capture(tab, window, Path(opening.screenshot))

        def on_capture_finished() -> None:
            if capture.error is None:
                finished.set_result(Empty())
            else:
                finished.set_exception(BadCall(ErrorCode.HANDLER_FAILED, capture.error))
            capture.deleteLater()

        capture.finished.connect(on_capture_finished)
        return finished
