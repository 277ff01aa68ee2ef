"""A stand-in for a running shell: the real inspection server in a profile's real runtime directory.

Run as a program it serves until its standard input ends, for tests of what blocks.
"""

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QSocketNotifier

from main_process.inspection import Inspection
from main_process.recorder import Recorder
from shared.channels.inspector import ShellDescription
from shared.channels.link import Echo
from shared.channels.tab import TabUpdate
from shared.contract import Party
from shared.ipc_channel import IPCChannel
from shared.runtime_paths import runtime_directory
from shared.session import Session, Side


class StandIn:
    """An inspection server, and a page's session whose traffic it shows."""

    def __init__(self, profile: Path) -> None:
        runtime = runtime_directory(profile.resolve(), os.environ, os.getuid())
        for place in (runtime.parent, runtime):
            place.mkdir(mode=0o700, exist_ok=True)
        self.recorder = Recorder()
        self.inspection = Inspection(runtime, self.recorder, self._describe)
        self._main = Session(side=Side.MAIN, party=Party.PAGE)
        self._page = Session(side=Side.PEER, party=Party.PAGE)
        self.recorder.watch(self._main, link=2, peer="page 2")
        self._page.start()
        self._exchange()
        self._main.open()
        self._page.open()

    def _describe(self) -> ShellDescription:
        return ShellDescription(
            pid=os.getpid(),
            zygote=None,
            spare=None,
            web_hosts=(),
            windows=(),
            isolation="as the user",
            links=1,
        )

    def title(self, title: str) -> None:
        """The page says its title."""
        self._page.send(IPCChannel.TAB_UPDATE, TabUpdate(title=title))
        self._exchange()

    def echo(self) -> None:
        """The page asks, main answers."""
        self._page.invoke(IPCChannel.LINK_ECHO, Echo(value="hello"))
        self._exchange()

    def wrong(self) -> None:
        """The page sends a field that the contract does not have."""

        class Wrong(TabUpdate):
            colour: int = 0

        self._page.refusal = lambda channel, error: None
        self._page.send(IPCChannel.TAB_UPDATE, Wrong(colour=3))
        self._exchange()

    def _exchange(self) -> None:
        while self._main.outbox or self._page.outbox:
            for source, target in ((self._page, self._main), (self._main, self._page)):
                while source.outbox:
                    buffers, _ = source.outbox.peek()
                    data = b"".join(buffers)
                    source.outbox.advance(len(data))
                    target.receive(data)


def main() -> None:
    """``python -m tests.tools.inspector.shell PROFILE``: talks once, says so, serves until its input ends."""
    application = QCoreApplication(sys.argv)
    shell = StandIn(Path(sys.argv[1]))
    shell.title("Hello")
    shell.echo()
    shell.wrong()
    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
    notifier.activated.connect(application.quit)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    application.exec()
    shell.inspection.close()


if __name__ == "__main__":
    main()
