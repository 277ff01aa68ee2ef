"""What is opened first, and what is offered."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from main_process.options import Options
from main_process.session_store import SavedTab, SavedWindow, Session
from main_process.startup import RESTORE_KEY, absolute, address_of, open_first
from main_process.storage.storage import Storage
from main_process.window.address import AddressRefused
from main_process.window.infobar import InfobarKind, InfobarMessage
from shared.errors import BadCall
from shared.manifest import InvalidManifest
from tests.main_process.plugin_folder import plugin
from tests.main_process.shell_bench import Bench, running_shell

A = "https://a.example/"
B = "https://b.example/"
C = "https://c.example/"
LONG = "https://a.example/" + "x" * 5000
ONE = SavedWindow(tabs=(SavedTab(url=A), SavedTab(url=B)), active=1)
TWO = SavedWindow(tabs=(SavedTab(url=C),))

Start = Callable[..., contextlib.AbstractContextManager[Bench]]


@pytest.fixture
def start(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Start:
    """Starts a shell on a profile that holds a session and settings already."""

    @contextlib.contextmanager
    def started(
        session: Session | None = None, restore: str = "ask", options: Options | None = None
    ) -> Iterator[Bench]:
        directory = tmp_path / "profile"
        directory.mkdir(mode=0o700)
        storage = Storage(directory / "profile.sqlite3")
        storage.set_setting("startup.restore", restore)
        if session is not None:
            storage.set_document("session", session)
        storage.close()
        with running_shell(qtbot, monkeypatch, options or Options(), directory) as bench:
            yield bench

    return started


def urls(bench: Bench) -> list[list[str]]:
    """What each window shows."""
    return [[tab.url for tab in window.tabs()] for window in bench.shell.windows]


def messages(bench: Bench) -> list[InfobarMessage]:
    """What the first window says."""
    return bench.shell.windows[0].infobars.messages()


class TestWords:
    def test_what_exists_is_told_as_a_whole_path(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "folder").mkdir()
        monkeypatch.chdir(tmp_path)
        assert absolute("folder") == absolute("./folder/") == str(tmp_path / "folder")
        assert [absolute(text) for text in ("nothing", A, LONG)] == ["nothing", A, LONG]

    def test_a_plugin_a_file_a_folder_an_address_and_words(
        self, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plugin(tmp_path / "hello")
        (tmp_path / "a b.html").touch()
        (tmp_path / "plain").mkdir()
        monkeypatch.chdir(tmp_path)
        with start() as bench:
            assert address_of(bench.shell, "hello") == "os://hello"
            assert address_of(bench.shell, "hello/plugin.toml") == "os://hello"
            assert address_of(bench.shell, "a b.html") == f"file://{tmp_path}/a%20b.html"
            assert address_of(bench.shell, "plain") == f"file://{tmp_path}/plain"
            assert address_of(bench.shell, "a.example") == A
            assert address_of(bench.shell, LONG) == LONG
            assert "two%20words" in address_of(bench.shell, "two words")

    def test_a_folder_that_was_meant_as_a_plugin_says_what_it_lacks(
        self, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "plain").mkdir()
        monkeypatch.chdir(tmp_path)
        with start() as bench, pytest.raises(InvalidManifest, match=r"plugin\.toml"):
            address_of(bench.shell, "plain/")

    def test_what_runs_code_is_refused(self, start: Start) -> None:
        with start() as bench, pytest.raises(AddressRefused, match="javascript:"):
            address_of(bench.shell, "javascript:alert(1)")


class TestFirst:
    def test_nothing_asked_is_the_first_page(self, start: Start) -> None:
        with start() as bench:
            open_first(bench.shell, ())
            assert urls(bench) == [["os://newtab"]]
            assert messages(bench) == []

    def test_all_that_was_asked_for_in_one_window_the_last_in_front(self, start: Start) -> None:
        with start() as bench:
            open_first(bench.shell, ("a.example", "b.example"))
            assert urls(bench) == [[A, B]]
            current = bench.shell.windows[0].current_tab
            assert current is not None
            assert current.url == B

    @pytest.mark.parametrize("bad", ["javascript:alert(1)", "os://"])
    def test_one_impossible_address_opens_nothing_at_all(self, start: Start, bad: str) -> None:
        with start() as bench:
            with pytest.raises((AddressRefused, BadCall)):
                open_first(bench.shell, ("a.example", bad))
            assert bench.shell.windows == []

    def test_a_damaged_file_is_told(self, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
        with start() as bench:
            bench.shell.storage.set_aside = Path("/somewhere/profile.damaged")
            open_first(bench.shell, ())
            (message,) = messages(bench)
            assert "profile.damaged" in message.text
            assert message.kind is InfobarKind.WARNING


class TestTheLastTime:
    def test_it_is_offered_and_opened_only_when_chosen(self, start: Start) -> None:
        with start(Session(windows=(ONE, TWO))) as bench:
            open_first(bench.shell, ("os://settings",))
            assert urls(bench) == [["os://settings"]]
            (message,) = messages(bench)
            assert (message.key, message.kind) == (RESTORE_KEY, InfobarKind.INFORMATION)
            assert message.text == "Open the 3 tabs of the last time?"
            ((_, choose),) = message.choices
            choose()
            assert urls(bench) == [["os://settings", A, B], [C]]
            current = bench.shell.windows[0].current_tab
            assert current is not None
            assert current.url == B

    def test_after_a_crash_it_says_so(self, start: Start) -> None:
        with start(Session(windows=(TWO,), ended=False)) as bench:
            open_first(bench.shell, ())
            (message,) = messages(bench)
            assert message.kind is InfobarKind.WARNING
            assert message.text == "Browser OS ended unexpectedly. Open the 1 tab of the last time?"

    def test_always_it_is_there_at_once_beside_what_was_asked_for(self, start: Start) -> None:
        with start(Session(windows=(ONE, TWO)), "always") as bench:
            open_first(bench.shell, ("os://settings",))
            assert urls(bench) == [[A, B, "os://settings"], [C]]
            assert messages(bench) == []

    def test_never_it_is_forgotten(self, start: Start, qtbot: QtBot) -> None:
        with start(Session(windows=(ONE,), ended=False), "never") as bench:
            open_first(bench.shell, ())
            assert urls(bench) == [["os://newtab"]]
            assert messages(bench) == []
            assert self._kept(bench, qtbot).offered == ()

    def test_what_was_offered_is_kept_until_it_is_answered(self, start: Start, qtbot: QtBot) -> None:
        with start(Session(windows=(ONE,))) as bench:
            open_first(bench.shell, ())
            assert self._kept(bench, qtbot).offered == (ONE,)

    def test_a_new_tab_page_alone_is_not_worth_a_question(self, start: Start) -> None:
        only = SavedWindow(tabs=(SavedTab(url="os://newtab"),))
        with start(Session(windows=(only,), ended=False)) as bench:
            open_first(bench.shell, ())
            assert messages(bench) == []

    @pytest.mark.parametrize("restore", ["always", "ask", "never"])
    def test_a_picture_shows_what_was_asked_for_alone(
        self, start: Start, tmp_path: Path, restore: str
    ) -> None:
        with start(Session(windows=(ONE,)), restore, Options(screenshot=tmp_path / "a.png")) as bench:
            open_first(bench.shell, ("os://settings",))
            assert urls(bench) == [["os://settings"]]
            assert messages(bench) == []

    @staticmethod
    def _kept(bench: Bench, qtbot: QtBot) -> Session:
        """What a crash now would leave."""
        kept: list[Session] = []
        stored = bench.shell.storage.set_document

        def note(name: str, value: Session) -> object:
            kept.append(value)
            return stored(name, value)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bench.shell.storage, "set_document", note)
            saved = bench.shell.session.save()
            qtbot.waitUntil(saved.done)
        return kept[-1]
