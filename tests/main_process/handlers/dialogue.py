"""A page and what main's handlers do for it, with a shell and a tab that only remember."""

from typing import Any, cast

from main_process.handlers import Caller, register
from shared.channels.page import PageInformation, PagesListing
from shared.channels.settings import SettingsValues, SettingValue
from shared.contract import Party
from shared.errors import BadCall, ErrorCode
from shared.tasks import Future
from tests.shared.pair import Pair


class _Remembers:
    """Notes every verb called on it, in the common list."""

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        self._calls = calls

    def _note(self, *call: Any) -> None:
        self._calls.append(call)


class FakeTab(_Remembers):
    """What handlers call on ``main_process.tab.Tab``."""

    def back(self) -> None:
        self._note("back")

    def forward(self) -> None:
        self._note("forward")

    def apply(self, update: object) -> None:
        self._note("apply", update)

    def set_icon(self, icon: object) -> None:
        self._note("set_icon", icon)

    def fail_load(self, failure: object) -> None:
        self._note("fail_load", failure)

    def lose_renderer(self, gone: object) -> None:
        self._note("lose_renderer", gone)


class FakeWindow(_Remembers):
    """What handlers call on ``BrowserWindow``."""

    def close(self) -> None:
        self._note("close window")

    def set_full_screen(self, active: bool) -> None:
        self._note("set_full_screen", active)

    def set_title(self, title: str) -> None:
        self._note("set_title", title)


class FakeSettings(_Remembers):
    """What handlers call on ``SettingsStore``."""

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        super().__init__(calls)
        self.stored: Future[SettingsValues] = Future()

    def snapshot(self, keys: tuple[str, ...]) -> SettingsValues:
        return SettingsValues(values=dict.fromkeys(keys, True))

    def update(self, key: str, value: SettingValue | None) -> Future[SettingsValues]:
        self._note("update", key, value)
        return self.stored


class FakePlugins:
    """What handlers call on ``Plugins``."""

    def listing(self) -> PagesListing:
        return PagesListing(pages=(PageInformation(url="os://a", title="A"),))


class FakeShell(_Remembers):
    """What handlers call on ``Shell``. Addresses of files are refused, others marked as checked."""

    def __init__(self, calls: list[tuple[Any, ...]]) -> None:
        super().__init__(calls)
        self.settings = FakeSettings(calls)
        self.plugins = FakePlugins()
        self.window = FakeWindow(calls)
        self.new_window = FakeWindow(calls)

    def address_for_page(self, text: str, page: FakeTab) -> str:
        if text.startswith("file:"):
            raise BadCall(ErrorCode.INVALID_PAYLOAD, "only the user opens files", path="$.url")
        return f"checked {text}"

    def window_of(self, tab: FakeTab) -> FakeWindow:
        return self.window

    def open_window(self) -> FakeWindow:
        self._note("open_window")
        return self.new_window

    def open_tab(self, url: str | None, *, window: FakeWindow, background: bool = False) -> None:
        self._note("open_tab", url, window, background)

    def close_tab_soon(self, tab: FakeTab) -> None:
        self._note("close_tab_soon", tab)

    def navigate_soon(self, tab: FakeTab, url: str) -> None:
        self._note("navigate_soon", tab, url)

    def adopt_popup(self, opener: FakeTab, popup: object) -> None:
        self._note("adopt_popup", opener, popup)


class Dialogue:
    """``say`` and ``ask`` are the page's; ``calls`` is all that came of it."""

    def __init__(self, party: Party = Party.PAGE) -> None:
        self.pair = Pair(party)
        self.calls: list[tuple[Any, ...]] = []
        self.tab = FakeTab(self.calls)
        self.shell = FakeShell(self.calls)
        register(self.pair.main, Caller(cast(Any, self.tab), cast(Any, self.shell)))

    def say(self, channel: str, payload: object = None) -> None:
        """An event of the page."""
        self.pair.peer.send(channel, payload)
        self.pair.run()

    def ask(self, channel: str, payload: object = None) -> Any:
        """A request of the page: its result, or what it raises."""
        return self.pair.call(self.pair.peer, channel, payload)
