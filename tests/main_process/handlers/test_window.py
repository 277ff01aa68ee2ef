"""Pages that may, open, close and change windows."""

from typing import Any

import pytest

from shared.channels.window import WindowCreate, WindowUpdate
from shared.contract import Empty
from shared.errors import BadCall
from shared.ipc_channel import IPCChannel
from tests.main_process.handlers.dialogue import Dialogue


@pytest.mark.parametrize(("asked", "opened"), [(None, None), ("a.example", "checked a.example")])
def test_a_new_window_has_one_tab(asked: str | None, opened: str | None) -> None:
    dialogue = Dialogue()
    assert dialogue.ask(IPCChannel.WINDOW_CREATE, WindowCreate(url=asked)) == Empty()
    assert dialogue.calls == [("open_window",), ("open_tab", opened, dialogue.shell.new_window, False)]


def test_no_window_opens_on_a_file_and_none_stays_empty() -> None:
    dialogue = Dialogue()
    with pytest.raises(BadCall, match="only the user opens files"):
        dialogue.ask(IPCChannel.WINDOW_CREATE, WindowCreate(url="file:///etc/passwd"))
    assert dialogue.calls == []


def test_a_page_closes_its_own_window() -> None:
    dialogue = Dialogue()
    assert dialogue.ask(IPCChannel.WINDOW_CLOSE) == Empty()
    assert dialogue.calls == [("close window",)]


@pytest.mark.parametrize(
    ("change", "calls"),
    [
        ({}, []),
        ({"full_screen": False}, [("set_full_screen", False)]),
        ({"title": ""}, [("set_title", "")]),
        ({"full_screen": True, "title": "a"}, [("set_full_screen", True), ("set_title", "a")]),
    ],
    ids=str,
)
def test_only_what_is_named_changes(change: dict[str, Any], calls: list[tuple[object, ...]]) -> None:
    dialogue = Dialogue()
    assert dialogue.ask(IPCChannel.WINDOW_UPDATE, WindowUpdate(**change)) == Empty()
    assert dialogue.calls == calls
