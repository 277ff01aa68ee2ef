"""Run a page in a test, in this process, against a main that is a plain object. No display is needed.

    from browser_os.testing import open_page

    def test_greets() -> None:
        with open_page("plugins/hello") as page:
            reply = page.run(page.context.invoke("greet", {"name": "Ada"}))
            assert reply.text == "Hello, Ada!"

The messages take the real way: encoded, checked against what ``plugin.toml`` declares, permitted or refused by the
real rules. Only what main does with them is played: what a page sends is kept in ``page.main.sent``, and
``page.main.answer`` says what comes back.
"""

import os
import sys
from collections.abc import Callable, Coroutine, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

from PySide6.QtCore import QElapsedTimer, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from browser_os._page import Page
from renderer.guard import Guard
from renderer.plugin_module import entry_point
from shared.channels import CONTRACTS
from shared.channels.page import PageOpen, PagesListing
from shared.channels.settings import SettingsValues
from shared.contract import Contract, Direction, Empty, Party, Pattern
from shared.errors import BadCall, ErrorCode, Gone
from shared.ipc_channel import IPCChannel
from shared.manifest import Manifest, load
from shared.manifest_types import KNOWN_PERMISSIONS
from shared.permissions import Principal, decide
from shared.plugin_channels import plugin_contracts
from shared.plugin_names import nearest
from shared.session import Observation, Session, Side
from shared.tasks import Future, Task

T = TypeVar("T")

_ASKED: Final = {
    str(contract.channel)
    for contract in CONTRACTS.values()
    if contract.pattern is Pattern.REQUEST
    and contract.direction is not Direction.FROM_MAIN
    and Party.PAGE in contract.parties
}
"""The shell's channels that a page asks on."""


class Sent(NamedTuple):
    """One message that the page sent and main received."""

    channel: str
    payload: Any


class FakeMain:
    """The other end of the page's link. Answers like the shell where that needs no shell, and keeps what came.

    Attributes:
        sent: every request and event that was let through, in order.
        refused: the channel and the error of every one that was not.
    """

    def __init__(self, session: Session, contracts: dict[str, Contract], principal: Principal) -> None:
        self.sent: list[Sent] = []
        self.refused: list[tuple[str, Exception]] = []
        self._session = session
        self._answers: dict[str, Callable[[Any], Any]] = {
            IPCChannel.PAGES_LIST: lambda _: PagesListing(pages=()),
            IPCChannel.SETTINGS_GET: lambda _: SettingsValues(values={}),
            IPCChannel.SETTINGS_UPDATE: lambda _: SettingsValues(values={}),
        }
        session.decide = lambda contract, payload: decide(principal, contract, payload)
        session.tap = self._on_session_message
        for contract in (*CONTRACTS.values(), *contracts.values()):
            if contract.direction is Direction.FROM_MAIN or Party.PAGE not in contract.parties:
                continue
            own = contract.channel in contracts
            if contract.pattern is Pattern.REQUEST and contract.channel != IPCChannel.LINK_ECHO:
                session.handle(
                    contract.channel, self._forwarder(contract) if own else self._answerer(contract)
                )
            elif contract.pattern is Pattern.EVENT and own:
                session.on(contract.channel, self._echoer(contract))

    def answer(self, channel: IPCChannel, result: Any) -> None:
        """From now on answer ``channel`` with ``result``: a value, or a function of the payload that may raise.

        Raises ValueError if no page asks the shell on ``channel``.
        """
        if channel not in _ASKED:
            raise _unknown("channel that a page asks the shell on", channel, _ASKED)
        self._answers[channel] = result if callable(result) else lambda _: result

    def tell(self, channel: IPCChannel, payload: Any) -> None:
        """Send an event or a state to the page, such as another appearance."""
        self._session.send(channel, payload)

    def payloads(self, channel: str) -> list[Any]:
        """What was sent on one channel."""
        return [sent.payload for sent in self.sent if sent.channel == channel]

    def _answerer(self, contract: Contract) -> Callable[[Any], Any]:
        def serve(payload: Any) -> Any:
            answer = self._answers.get(contract.channel)  # at each request: the test may have changed it
            return Empty() if answer is None else answer(payload)

        return serve

    def _forwarder(self, contract: Contract) -> Callable[[Any], Any]:
        return lambda payload: self._session.invoke(contract.channel, payload)

    def _echoer(self, contract: Contract) -> Callable[[Any], None]:
        return lambda payload: self._session.send(contract.channel, payload)

    def _on_session_message(self, message: Observation) -> None:
        if (
            message.direction is not Direction.TO_MAIN
            or message.in_reply_to is not None
            or message.type == "system"
        ):
            return
        if message.error is not None:
            self.refused.append((message.channel, message.error))
        else:
            self.sent.append(Sent(message.channel, message.payload))


class OpenPage:
    """A page that is open, and the means to drive it.

    Attributes:
        context: the ``browser_os.Page`` that the entry was called with.
        widget: what the entry returned.
        main: the other end.
    """

    def __init__(self, context: Page, widget: QWidget, main: FakeMain) -> None:
        self.context = context
        self.widget = widget
        self.main = main

    def run(self, awaitable: Future[T] | Coroutine[Any, Any, T], *, timeout: float = 5.0) -> T:
        """Let the page run until ``awaitable`` is settled; gives its result or raises its exception.

        Raises:
            TimeoutError: it was not settled within ``timeout`` seconds.
        """
        future = awaitable if isinstance(awaitable, Future) else Task(awaitable)
        future.add_done_callback(lambda _: None)
        self.wait_until(future.done, timeout=timeout)
        return future.result()

    def wait_until(self, condition: Callable[[], object], *, timeout: float = 5.0) -> None:
        """Let the page run until ``condition()`` is true. Raises TimeoutError after ``timeout`` seconds."""
        clock = QElapsedTimer()
        clock.start()
        loop = QEventLoop()
        while not condition():
            left = timeout * 1000 - clock.elapsed()
            if left <= 0:
                raise TimeoutError(f"not within {timeout} s: {getattr(condition, '__qualname__', condition)}")
            QTimer.singleShot(min(10, int(left) + 1), loop.quit)
            loop.exec()


class _Wire(QObject):
    """Carries bytes between two sessions on turns of the event loop, as a socket would."""

    def __init__(self, *sessions: Session) -> None:
        super().__init__()
        self._pairs = (sessions, sessions[::-1])
        self._is_carrying = False
        self._ticker = QTimer(self)
        for session in sessions:
            self._ticker.timeout.connect(session.tick)
        self._ticker.start(50)
        for session in sessions:
            session.on_output = lambda: QTimer.singleShot(0, self, self._carry)

    def _carry(self) -> None:
        if self._is_carrying:
            return  # as a link: nothing is received while something is being received
        self._is_carrying = True
        try:
            for source, target in self._pairs:
                buffers, _ = source.outbox.peek()
                for data in [bytes(buffer) for buffer in buffers]:
                    source.outbox.advance(len(data))
                    target.receive(data)
        finally:
            self._is_carrying = False
        if any(source.outbox for source, _ in self._pairs):
            QTimer.singleShot(0, self, self._carry)


@contextmanager
def open_page(
    folder: str | Path, path: str = "", *, granted: Iterable[str] = (), built_in: bool = False
) -> Iterator[OpenPage]:
    """Open the page at ``path`` of the plugin in ``folder``; its modules are forgotten afterwards.

    ``granted`` are the permissions it holds: none by default, as a plugin in the shell until its user grants some.

    Raises:
        InvalidManifest: with every problem in ``plugin.toml``.
        ValueError: ``granted`` names a permission that there is not.
        Exception: whatever the page raises while it is built.
    """
    granted = frozenset(granted)
    for name in granted.difference(KNOWN_PERMISSIONS):
        raise _unknown("permission", name, KNOWN_PERMISSIONS)
    _application()
    folder = Path(folder).resolve()
    manifest = load(folder, built_in=built_in)
    page = manifest.page(path)
    if page is None:
        raise BadCall(ErrorCode.NOT_FOUND, f"plugin.toml declares no page with path '{path}'")
    contracts = plugin_contracts(manifest)
    ours, theirs = Session(side=Side.PEER, party=Party.PAGE), Session(side=Side.MAIN, party=Party.PAGE)
    wire = _Wire(ours, theirs)
    for session in (ours, theirs):
        session.extend(contracts)
    principal = Principal(name=f"page {manifest.id}", party=Party.PAGE, granted=granted)
    main = FakeMain(theirs, contracts, principal)
    _greet(ours, theirs)
    opened = _opening(manifest, folder, path, page.entry)
    guard = Guard(manifest.id, folder)
    context = Page(ours, opened=opened, manifest=manifest, contracts=contracts, guard=guard)
    before = set(sys.modules)
    widget: QWidget | None = None
    try:
        made = entry_point(folder, page.entry)(context)
        if not isinstance(made, QWidget):
            raise TypeError(f"{page.entry} returned {made!r}; it must return a QWidget")
        widget = made
        yield OpenPage(context, widget, main)
    finally:
        for session in (ours, theirs):
            session.close(Gone(ErrorCode.CLOSED, "the test is over"))
        wire.deleteLater()
        if widget is not None:
            widget.close()
            widget.deleteLater()
        _forget_modules(folder, before)


def _unknown(what: str, came: str, known: Iterable[str]) -> ValueError:
    meant = nearest(came, known)
    hint = f"; did you mean '{meant}'?" if meant else ""
    return ValueError(f"expected a {what}, one of {', '.join(sorted(known))}, came '{came}'{hint}")


def _greet(ours: Session, theirs: Session) -> None:
    """The handshake, at once; then both are open."""
    ours.start()
    for source, target in ((ours, theirs), (theirs, ours)):
        buffers, _ = source.outbox.peek()
        for data in [bytes(buffer) for buffer in buffers]:
            source.outbox.advance(len(data))
            target.receive(data)
    ours.open()
    theirs.open()


def _opening(manifest: Manifest, folder: Path, path: str, entry: str) -> PageOpen:
    url = f"os://{manifest.id}/{path}".rstrip("/")
    return PageOpen(url=url, folder=str(folder), entry=entry, manifest="", path=path)


def _forget_modules(folder: Path, before: set[str]) -> None:
    if str(folder) in sys.path:
        sys.path.remove(str(folder))
    for name in set(sys.modules) - before:
        file = getattr(sys.modules[name], "__file__", None)
        if file is not None and Path(file).is_relative_to(folder):
            del sys.modules[name]


def _application() -> QApplication:
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return QApplication(sys.argv[:1])
