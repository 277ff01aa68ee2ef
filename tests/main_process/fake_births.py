"""Where a tab's servers come from when the test is the shell."""

from typing import NamedTuple

from main_process.plugins import PluginPage, Plugins
from main_process.tab import Server, Tab
from shared.channels.page import PageOpen
from shared.contract import Empty, Party
from shared.ipc_channel import IPCChannel
from shared.tasks import Future
from tests.main_process.fake_process import FakeProcess, pump


class Asked(NamedTuple):
    """One birth that a tab waits for."""

    page: PluginPage | None
    url: str | None
    popup: int | None
    server: Future[Server]


class FakeBirths:
    """Gives no server before the test says so."""

    def __init__(self) -> None:
        self.plugins = Plugins()
        self.asked: list[Asked] = []
        self.processes: list[FakeProcess] = []
        self.openings: list[tuple[PageOpen, Future[Empty]]] = []
        """What pages were told to become, each to be answered."""

    async def serve_page(self, tab: Tab, page: PluginPage) -> Server:
        self.asked.append(Asked(page, None, None, Future()))
        return await self.asked[-1].server

    async def serve_web(self, tab: Tab, url: str | None, popup: int | None) -> Server:
        self.asked.append(Asked(None, url, popup, Future()))
        return await self.asked[-1].server

    def find_page(self, url: str) -> PluginPage:
        return self.plugins.resolve(url)

    def give(self, index: int = -1) -> FakeProcess:
        """The process that the tab asked for, greeted and open; a page has heard what to become."""
        asked = self.asked[index]
        process = FakeProcess(Party.WEB_TAB if asked.page is None else Party.PAGE)
        self.processes.append(process)
        if asked.page is not None:
            process.peer.session.handle(IPCChannel.PAGE_OPEN, self._on_page_open)
        process.greet()
        process.link.session.open()
        process.peer.session.open()
        asked.server.set_result(process)
        pump()
        return process

    def _on_page_open(self, opening: PageOpen) -> Future[Empty]:
        self.openings.append((opening, Future()))
        return self.openings[-1][1]

    def answer_opening(self, error: Exception | None = None) -> None:
        """The page that was told last is there, or is not."""
        _, answer = self.openings[-1]
        if error is None:
            answer.set_result(Empty())
        else:
            answer.set_exception(error)
        pump()

    def clean_up(self) -> None:
        for process in self.processes:
            process.clean_up()
