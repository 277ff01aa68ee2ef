"""What pages tell of themselves, and the list of pages."""

import pytest

from shared.channels.page import (
    PageIcon,
    PageLoadFailed,
    PagePopup,
    PageRendererGone,
    PagesListing,
    RendererGoneStatus,
)
from shared.contract import Party, Struct
from shared.errors import BadMessage, ErrorCode
from shared.ipc_channel import IPCChannel
from tests.main_process.handlers.dialogue import Dialogue


@pytest.mark.parametrize(
    ("channel", "payload", "verb"),
    [
        (IPCChannel.PAGE_ICON, PageIcon(side=1, pixels=b"\0\0\0\xff"), "set_icon"),
        (IPCChannel.PAGE_LOAD_FAILED, PageLoadFailed(url="x", code=-2, description="y"), "fail_load"),
        (
            IPCChannel.PAGE_RENDERER_GONE,
            PageRendererGone(status=RendererGoneStatus.KILLED, exit_code=9),
            "lose_renderer",
        ),
    ],
)
def test_the_tab_is_told(channel: IPCChannel, payload: Struct, verb: str) -> None:
    dialogue = Dialogue(Party.WEB_TAB)
    dialogue.say(channel, payload)
    assert dialogue.calls == [(verb, payload)]


def test_a_popup_is_the_shells_to_adopt_for_the_tab_that_opened_it() -> None:
    dialogue = Dialogue(Party.WEB_TAB)
    popup = PagePopup(popup=3, url="https://a.example/", background=True)
    dialogue.say(IPCChannel.PAGE_POPUP, popup)
    assert dialogue.calls == [("adopt_popup", dialogue.tab, popup)]


def test_an_icon_that_lies_about_its_size_ends_the_link(monkeypatch: pytest.MonkeyPatch) -> None:
    dialogue = Dialogue()

    def refuse(icon: PageIcon) -> None:
        raise BadMessage(ErrorCode.INVALID_PAYLOAD, "too few pixels", path="$.pixels")

    monkeypatch.setattr(dialogue.tab, "set_icon", refuse)
    dialogue.say(IPCChannel.PAGE_ICON, PageIcon(side=2, pixels=b""))
    assert [error.message for error in dialogue.pair.failures] == ["too few pixels"]


def test_pages_are_listed() -> None:
    dialogue = Dialogue()
    listing: PagesListing = dialogue.ask(IPCChannel.PAGES_LIST)
    assert [page.url for page in listing.pages] == ["os://a"]
