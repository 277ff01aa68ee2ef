"""``Page``: what a plugin's page is given to speak with the shell."""

import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar, overload

from browser_os._tasks import Reply, next_turn, start
from browser_os._types import argument_type, check_agreement, checked_result, converted
from renderer.clients.navigate import NavigationClient
from renderer.clients.page import PageClient
from renderer.clients.settings import SettingsClient
from renderer.clients.tab import TabClient
from renderer.clients.window import WindowClient
from renderer.guard import Guard
from shared.channels.page import PageOpen
from shared.contract import Contract, Empty
from shared.errors import BadCall, ErrorCode, IPCError
from shared.ipc_channel import IPCChannel
from shared.manifest_types import Manifest
from shared.session import Session
from shared.tasks import Future, Task

T = TypeVar("T")


class Page:
    """One open page of a plugin: the verbs, and what it knows of itself.

    A channel is named by an ``IPCChannel`` member (the shell's), or by the verb that ``plugin.toml`` declares (the
    plugin's own: ``"greet"`` is short for ``"hello:greet"``). All of it belongs to the GUI thread.

    Attributes:
        url: the address it was opened with.
        path: what stands in the address behind the plugin's id.
        folder: the plugin's directory, for the files that came with it.
        manifest: what ``plugin.toml`` says.
        tab, navigation, settings, pages, window: the shell's own channels in typed words.
    """

    def __init__(
        self,
        session: Session,
        *,
        opened: PageOpen,
        manifest: Manifest,
        contracts: dict[str, Contract],
        guard: Guard,
    ) -> None:
        self.url = opened.url
        self.path = opened.path
        self.folder = Path(opened.folder)
        self.manifest = manifest
        self.tab = TabClient(self)
        self.navigation = NavigationClient(self)
        self.settings = SettingsClient(self)
        self.pages = PageClient(self)
        self.window = WindowClient(self)
        self._session = session
        self._contracts = contracts
        self._guard = guard
        self._thread = threading.get_ident()

    # Verbs

    @overload
    def invoke(self, channel: str, payload: Any = None, *, deadline: float | None = None) -> Future[Any]: ...

    @overload
    def invoke(
        self, channel: str, payload: Any, result: type[T], *, deadline: float | None = None
    ) -> Future[T]: ...

    def invoke(
        self, channel: str, payload: Any = None, result: Any = None, *, deadline: float | None = None
    ) -> Future[Any]:
        """Ask on ``channel`` and await the answer: ``reply = await page.invoke("greet", Greet(name="Ada"), Greeting)``.

        ``payload`` is a Struct or a dict; the answer comes as ``result`` (a class of yours), else as a Struct made
        from what is declared. ``deadline`` is in seconds; ``.cancel()`` on what is given back tells the other side.

        Raises (when awaited):
            BadCall: an unknown channel, or a payload that is not as declared (``path`` says where).
            Refused: the page lacks the permission; the message names it.
            Late: no answer in time, or cancelled.
            Gone: the handler's page has closed.
            Full: too large, too many or too often.
        """
        return Reply(self._ask(self._full_name(channel), payload, result, deadline))

    async def _ask(self, channel: str, payload: Any, result: Any, deadline: float | None) -> Any:
        try:
            answer = await self._session.invoke(channel, payload, deadline=deadline)
        except IPCError as error:
            if channel not in error.message:
                error.add_note(f"asked on {channel}")
            raise
        return answer if result is None else converted(answer, result)

    def handle(self, channel: str, function: Callable[..., Any]) -> None:
        """Answer requests on one of the plugin's own channels with ``function(payload)``, plain or ``async``.

        The payload comes as the class that the parameter is annotated with. What the function returns is the answer;
        an exception of yours goes to the caller as ``handler-failed``, one of ``browser_os``'s errors as itself.

        Raises:
            BadCall: the channel is not declared or has a handler, or the annotation does not fit the declaration.
        """
        name = self._full_name(channel)
        contract = self._own(name)
        annotation = argument_type(function)
        check_agreement(contract, annotation, function)

        async def serve(payload: Any) -> Any:
            try:
                answer = await _outcome(function, payload, annotation)
                return checked_result(contract, answer, function)
            except IPCError:
                raise
            except Exception as exception:
                self._guard.report(exception, f"handling {name}")
                raise BadCall(
                    ErrorCode.HANDLER_FAILED, f"{type(exception).__name__}: {exception}"
                ) from exception

        self._session.handle(name, serve)

    def send(self, channel: str, payload: Any = None) -> None:
        """Send an event; nothing answers. A refusal by main is told on standard error.

        Raises BadCall, Full or Gone where this side can tell already.
        """
        self._session.send(self._full_name(channel), payload)

    def on(self, channel: str, listener: Callable[..., Any]) -> Callable[[], None]:
        """Hear events or states: ``listener(payload)``, plain or ``async``. A known state is told at once.

        Gives the function that ends it. Raises BadCall if there is no such event or state.
        """
        name = self._full_name(channel)
        annotation = argument_type(listener)
        contract = self._contracts.get(name)
        if contract is not None:
            check_agreement(contract, annotation, listener)

        def hear(payload: Any) -> None:
            async def listen() -> None:
                try:
                    await _outcome(listener, payload, annotation)
                except Exception as exception:  # noqa: BLE001  a guest may raise anything
                    self._guard.report(exception, f"hearing {name}")

            start(listen())

        return self._session.on(name, hear)

    # In one word

    def set_title(self, title: str) -> None:
        """What stands on the tab. ``QWidget.setWindowTitle`` of the page's widget does the same."""
        self.tab.set_title(title)

    def open_tab(self, url: str, *, background: bool = False) -> Future[Empty]:
        """Open ``url`` in a new tab. Needs the permission ``tabs``."""
        return self.tab.create(url, background=background)

    def navigate(self, text: str) -> Future[Empty]:
        """Go to an address, or search for words, in the page's own tab."""
        return self.navigation.go(text)

    def start(self, coroutine: Coroutine[Any, Any, T]) -> Task[T]:
        """As ``browser_os.start``."""
        return start(coroutine)

    # Names

    def _full_name(self, channel: str) -> str:
        if threading.get_ident() != self._thread:
            raise RuntimeError(
                f"'{channel}' was used in {threading.current_thread().name}: a page speaks on its GUI thread only; "
                "emit a Qt signal there, and use the channel in its slot"
            )
        if isinstance(channel, IPCChannel):
            return channel.value
        return channel if ":" in channel else f"{self.manifest.id}:{channel}"

    def _own(self, name: str) -> Contract:
        contract = self._contracts.get(name)
        if contract is not None:
            return contract
        declared = ", ".join(sorted(self._contracts)) or "none"
        raise BadCall(
            ErrorCode.UNKNOWN_CHANNEL,
            f"there is no channel '{name}' of this plugin; plugin.toml declares {declared}: add a [[channels]] table",
        )


async def _outcome(function: Callable[..., Any], payload: Any, annotation: Any) -> Any:
    """Call a function of the author's on the next turn, and await what it gives if that is to be awaited."""
    await next_turn()
    outcome = function() if annotation is None else function(converted(payload, annotation))
    if isinstance(outcome, Coroutine):
        return await Task(outcome)
    return await outcome if isinstance(outcome, Future) else outcome
