"""What is open outlives every end; what was offered outlives a second one."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from main_process import session_store
from main_process.session_store import MAX_CLOSED, MAX_OFFERED, SavedTab, SavedWindow, SessionStore
from main_process.storage.storage import Storage
from shared.errors import Full
from shared.tasks import Future


def window(*urls: str, active: int = 0) -> SavedWindow:
    return SavedWindow(tabs=tuple(SavedTab(url=url, title=url.upper()) for url in urls), active=active)


ONE = window("https://a.example/", "https://b.example/", active=1)
TWO = window("https://c.example/")
THREE = window("https://d.example/")


class Bench:
    """Starts of a shell, one after another, on one file."""

    def __init__(self, path: Path | None, qtbot: QtBot) -> None:
        self.path = path
        self.open: tuple[SavedWindow, ...] = ()
        self.described = 0
        self._qtbot = qtbot
        self._start()

    def _describe(self) -> tuple[SavedWindow, ...]:
        self.described += 1
        return self.open

    def _start(self) -> None:
        self.storage = Storage(self.path)
        self.store = SessionStore(self.storage, self._describe)

    def show(self, *windows: SavedWindow) -> None:
        self.open = windows
        self.settle(self.store.save())

    def settle(self, future: Future[None]) -> None:
        self._qtbot.waitUntil(future.done)
        future.result()

    def crash(self) -> None:
        """The next start after no end at all."""
        self.storage.close()
        self.open = ()
        self._start()

    def end(self) -> None:
        """The next start after an end as it should be."""
        self.settle(self.store.save(ended=True))
        self.crash()


@pytest.fixture
def bench(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    monkeypatch.setattr(session_store, "SAVE_SECONDS", 0.02)
    bench = Bench(tmp_path / "profile.sqlite3", qtbot)
    yield bench
    bench.storage.close()


def test_the_first_start_has_nothing_to_offer(bench: Bench) -> None:
    assert bench.store.previous == session_store.Session()
    assert bench.store.previous.ended


def test_after_a_clean_end_the_windows_are_there(bench: Bench) -> None:
    bench.show(ONE, TWO)
    bench.end()
    assert bench.store.previous.windows == (ONE, TWO)
    assert bench.store.previous.ended


def test_after_a_crash_too_and_it_is_known_as_one(bench: Bench) -> None:
    bench.show(ONE, TWO)
    bench.crash()
    assert bench.store.previous.windows == (ONE, TWO)
    assert not bench.store.previous.ended


def test_a_second_crash_does_not_lose_what_was_offered(bench: Bench) -> None:
    bench.show(ONE, TWO)
    bench.crash()
    bench.show(THREE)
    bench.crash()
    assert bench.store.previous.windows == (ONE, TWO, THREE)
    bench.show(THREE)
    bench.crash()
    assert bench.store.previous.windows == (ONE, TWO, THREE)


def test_what_was_opened_again_is_offered_once(bench: Bench) -> None:
    bench.show(ONE)
    bench.crash()
    bench.store.forget_offer()
    bench.show(ONE, TWO)
    bench.crash()
    assert bench.store.previous.windows == (ONE, TWO)


def test_an_offer_that_was_left_alone_ends_with_the_run(bench: Bench) -> None:
    bench.show(ONE)
    bench.end()
    bench.show(TWO)
    bench.end()
    assert bench.store.previous.windows == (TWO,)


def test_crash_after_crash_offers_a_bounded_number_of_windows(bench: Bench) -> None:
    for number in range(MAX_OFFERED + 5):
        bench.show(window(f"https://{number}.example/"))
        bench.crash()
    assert len(bench.store.previous.windows) == MAX_OFFERED
    assert bench.store.previous.windows[-1].tabs[0].url == f"https://{MAX_OFFERED + 4}.example/"


def test_changes_are_stored_a_little_later_and_together(bench: Bench, qtbot: QtBot) -> None:
    bench.open = (ONE,)
    for _ in range(100):
        bench.store.touch()
    qtbot.waitUntil(lambda: bench.described == 1)
    bench.crash()
    assert bench.store.previous.windows == (ONE,)
    assert bench.described == 1


def test_what_is_stored_so_already_is_not_stored_again(bench: Bench, qtbot: QtBot) -> None:
    bench.show(ONE)
    bench.storage._connection.execute("DELETE FROM documents")
    bench.show(ONE)
    bench.crash()
    assert bench.store.previous.windows == ()


def test_a_write_that_failed_is_tried_again(
    bench: Bench, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    bench.storage._connection.execute("PRAGMA query_only = ON").fetchall()
    with pytest.raises(Full):
        bench.show(ONE)
    assert "the open tabs could not be stored" in caplog.text
    bench.storage._connection.execute("PRAGMA query_only = OFF").fetchall()
    bench.show(ONE)
    bench.crash()
    assert bench.store.previous.windows == (ONE,)


def test_closed_tabs_come_back_the_last_first_even_after_a_crash(bench: Bench) -> None:
    for number in range(MAX_CLOSED + 3):
        bench.store.remember_closed(SavedTab(url=f"https://{number}.example/"))
    bench.show(ONE)
    bench.crash()
    urls = []
    while (tab := bench.store.take_closed()) is not None:
        urls.append(tab.url)
    assert urls == [f"https://{number}.example/" for number in range(MAX_CLOSED + 2, 2, -1)]


def test_a_tab_taken_back_is_not_offered_again(bench: Bench) -> None:
    bench.store.remember_closed(SavedTab(url="https://a.example/"))
    bench.show()
    bench.store.take_closed()
    bench.show()
    bench.crash()
    assert bench.store.take_closed() is None


def test_windows_without_tabs_are_not_offered(bench: Bench) -> None:
    bench.show(SavedWindow(tabs=()), ONE)
    bench.crash()
    assert bench.store.previous.windows == (ONE,)


@pytest.mark.parametrize("data", [b"not json", b"[]", b'{"windows": 1}', b"\xff"])
def test_a_session_that_cannot_be_read_is_left_aside(
    bench: Bench, caplog: pytest.LogCaptureFixture, data: bytes
) -> None:
    bench.storage._connection.execute("INSERT INTO documents VALUES ('session', ?)", (data,))
    bench.crash()
    assert bench.store.previous == session_store.Session()
    assert "left aside" in caplog.text


def test_a_session_of_an_earlier_browser_os_can_be_read(bench: Bench) -> None:
    old = msgspec.json.encode({"windows": [{"tabs": [{"url": "https://a.example/"}]}], "ended": False})
    bench.storage._connection.execute("INSERT INTO documents VALUES ('session', ?)", (old,))
    bench.crash()
    assert bench.store.previous.windows == (SavedWindow(tabs=(SavedTab(url="https://a.example/"),)),)


def test_a_private_session_is_nowhere(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    bench = Bench(None, qtbot)
    bench.show(ONE)
    bench.crash()
    assert bench.store.previous.windows == ()
    assert list(tmp_path.iterdir()) == []
    bench.storage.close()
