"""The bench's plugin, against a main that is a plain object."""

from pathlib import Path
from typing import Any

import pytest

import browser_os
from browser_os.testing import OpenPage, open_page
from shared.channels.system import PowerSource, PowerState
from tools.bench.pages import bench_pages
from tools.bench.shell import PAGES
from tools.bench.widgets import Animation, Typing


def _measured(page: OpenPage) -> list[Any]:
    page.wait_until(lambda: page.main.payloads("bench:measured"))
    values = page.main.payloads("bench:measured")[-1].values
    return list(values)


@pytest.mark.parametrize(("kind", "count"), [("256", 4), ("64K", 2), ("events", 3)])
def test_messages_are_measured_when_asked_for(kind: str, count: int) -> None:
    with open_page(PAGES, path="messages") as page:
        page.context.send("begin", {"kind": kind, "rounds": count})
        values = _measured(page)
    assert len(values) == count
    assert min(values) > 0


def test_a_listener_tells_once_when_it_heard() -> None:
    with open_page(PAGES, path="listener") as page:
        page.main.tell(browser_os.IPCChannel.POWER_STATE, PowerState(source=PowerSource.MAINS))
        assert _measured(page)[0] > 0


def test_the_others_only_show_something() -> None:
    assert Path(bench_pages.__file__).parent == PAGES
    with open_page(PAGES, path="animation") as page:
        assert isinstance(page.widget, Animation)
    with open_page(PAGES, path="typing") as page:
        assert isinstance(page.widget, Typing)
    with open_page(PAGES) as page:
        assert page.widget.windowTitle() == ""
