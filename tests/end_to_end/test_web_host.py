"""Web tabs in a real web host: what a page can tell and do, and what it cannot."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from main_process.sandbox_check import SandboxLevel, check_sandbox
from shared.channels.navigate import Navigate
from shared.channels.page import RendererGoneStatus
from shared.contract import Empty
from shared.errors import BadCall, Refused
from shared.ipc_channel import IPCChannel
from shared.tasks import Future
from tests.end_to_end.web_host import RunningHost, RunningTab
from tests.end_to_end.web_site import RED_DOT, Answer, Site, document, refused_port, serving


def link(name: str, top: int, target: str, attributes: str = "") -> str:
    """A link in a known place: 200 × 40 pixels at the left, ``top`` from above."""
    style = f"position:absolute;left:0;top:{top}px;width:200px;height:40px;display:block;background:#cde"
    return f"<a id={name} style='{style}' href='{target}' {attributes}>{name}</a>"


ANSWERS = {
    "/one": Answer(document("one", head="<link rel=icon href=/icon.svg>")),
    "/two": Answer(document("two")),
    "/icon.svg": Answer(RED_DOT, content_type="image/svg+xml"),
    "/slow": Answer(document("slow", "x" * 4000), held=True),
    "/missing": Answer(document("a page of its own"), status=404),
    "/empty": Answer(b"", status=404),
    "/auth": Answer(document("who are you"), status=401, headers={"WWW-Authenticate": 'Basic realm="r"'}),
    "/file": Answer(b"data", headers={"Content-Disposition": 'attachment; filename="../../evil.bin"'}),
    "/links": Answer(
        document(
            "links",
            link("blank", 0, "/two", "target=_blank")
            + link("same", 50, "/two")
            + link("file", 100, "file:///etc/hostname")
            + link("own", 150, "os://settings"),
        )
    ),
    "/redirect": Answer(b"", status=302, headers={"Location": "file:///etc/hostname"}),
    "/opener": Answer(
        document(
            "opener",
            link("open", 0, "#", "onclick='child=window.open(\"/child\")'"),
            script="if (window.open('/two')) document.title = 'opened by itself';",
        )
    ),
    "/child": Answer(document("child", link("close", 0, "#", "onclick='window.close()'"))),
    "/held": Answer(
        document(
            "held",
            "<input style='width:300px;height:40px;background:#cde'>",
            "onbeforeunload=e=>{e.preventDefault();return ''}",
        )
    ),
    "/login": Answer(document("in"), headers={"Set-Cookie": "who=ada; Max-Age=86400; Path=/"}),
    "/home": Answer(document("home")),
    "/forever": Answer(document("for ever", link("spin", 0, "#", "onclick='for(;;);'"))),
    "/dialogs": Answer(
        document(
            "asking", script="alert('hello');document.title='said '+confirm('sure?')+' '+prompt('name?');"
        )
    ),
    "/busy": Answer(document("busy", script="let n=0;setInterval(()=>{document.title='t'+n++},0);")),
    "/wishes": Answer(
        document(
            "wishes",
            script="""
            const wish = (name, promise) => promise.then(() => name + ' granted', () => name + ' refused');
            Promise.all([
                wish('place', new Promise((y, n) => navigator.geolocation.getCurrentPosition(y, n))),
                wish('camera', navigator.mediaDevices ? navigator.mediaDevices.getUserMedia({video: true}) : Promise.reject()),
                wish('notes', Notification.requestPermission().then(p => p === 'granted' ? 0 : Promise.reject())),
                wish('paste', navigator.clipboard ? navigator.clipboard.readText() : Promise.reject()),
                wish('whole', document.documentElement.requestFullscreen()),
                wish('frame', new Promise((y, n) => {
                    const f = document.createElement('iframe');
                    f.src = 'file:///etc/hostname';
                    f.onload = () => { try { f.contentDocument.title; n(); } catch (e) { y(); } };
                    f.onerror = n;
                    document.body.append(f);
                    setTimeout(n, 1500);
                })),
                wish('image', new Promise((y, n) => {
                    const i = new Image();
                    i.onload = y;
                    i.onerror = n;
                    i.src = 'file:///usr/share/pixmaps/debian-logo.png';
                })),
                wish('script', fetch('file:///etc/hostname')),
            ]).then(all => { document.title = all.join(', '); });
            """,
        )
    ),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(ANSWERS) as running:
        yield running


@pytest.fixture
def host(qtbot: QtBot) -> Iterator[RunningHost]:
    with RunningHost(qtbot) as running:
        yield running


def opened(host: RunningHost, url: str, title: str) -> RunningTab:
    tab = host.open_tab(url=url)
    tab.wait_title(title)
    return tab


def overdue_beat(tab: RunningTab) -> Future[Empty]:
    """A heart beat that is not answered within a second. (One just answered vouches for the page a little longer.)"""
    begun = time.monotonic()
    while time.monotonic() - begun < 10:
        beat = tab.ping()
        if not tab.is_settled_within(beat, 1.0):
            return beat
    raise AssertionError("every heart beat was answered")


def test_a_page_tells_title_address_icon_progress_and_history(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/one"), "one")
    assert tab.state["url"] == site.url("/one")
    assert [update.loading for update in tab.updates if update.loading is not None] == [True, False]
    assert tab.state["progress"] == 1.0
    assert (tab.state["can_go_back"], tab.state["can_go_forward"]) == (False, False)
    tab.wait(lambda: tab.icons and tab.icons[-1].side, "an icon")
    icon = tab.icons[-1]
    middle = (icon.side // 2 * icon.side + icon.side // 2) * 4
    assert int.from_bytes(icon.pixels[middle : middle + 4], "little") == 0xFFFF0000

    tab.navigate(site.url("/two"), "two")
    assert (tab.state["can_go_back"], tab.state["can_go_forward"]) == (True, False)
    tab.wait(lambda: tab.icons[-1].side == 0, "the icon to go")
    tab.invoke(IPCChannel.NAVIGATE_BACK)
    tab.wait_title("one")
    tab.wait(lambda: tab.state["can_go_forward"], "a way forward")
    tab.invoke(IPCChannel.NAVIGATE_FORWARD)
    tab.wait_title("two")
    asked = len(site.requests)
    tab.invoke(IPCChannel.NAVIGATE_RELOAD)
    tab.wait(lambda: len(site.requests) > asked, "another request")
    assert tab.failures == []


def test_a_page_is_seen(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/two"), "two")
    tab.wait(lambda: tab.view.last_frame() is not None, "a frame")
    frame = tab.view.last_frame()
    assert frame is not None
    assert (frame.width(), frame.height()) == (640, 480)
    tab.wait(lambda: (tab.view.last_frame() or frame).pixel(600, 400) == 0xFFFFFFFF, "the white of the page")


def test_loading_can_be_stopped(host: RunningHost, site: Site) -> None:
    tab = host.open_tab(url=site.url("/slow"))
    tab.wait(lambda: tab.state.get("url") == site.url("/slow"), "the first half of the page")
    assert tab.state["loading"] is True
    assert tab.state["progress"] < 1
    tab.invoke(IPCChannel.NAVIGATE_STOP)
    tab.wait(lambda: tab.state["loading"] is False, "the end of loading")
    assert tab.failures == []


def test_a_refused_connection_is_told_with_chromiums_code(host: RunningHost, site: Site) -> None:
    url = f"http://127.0.0.1:{refused_port()}/"
    tab = opened(host, site.url("/one"), "one")
    tab.invoke(IPCChannel.NAVIGATE, Navigate(url=url))
    tab.wait(lambda: tab.failures, "the failure")
    (failure,) = tab.failures
    assert (failure.url, failure.code, failure.description) == (url, -102, "ERR_CONNECTION_REFUSED")
    assert tab.state["url"] == url
    # Where it failed is a place in history like any other.
    tab.invoke(IPCChannel.NAVIGATE_BACK)
    tab.wait_title("one")
    tab.invoke(IPCChannel.NAVIGATE_FORWARD)
    tab.wait(lambda: len(tab.failures) == 2, "the failure again")


def test_error_statuses_with_a_body_are_pages_and_without_are_failures(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/missing"), "a page of its own")
    tab.navigate(site.url("/auth"), "who are you")
    assert len(site.cookies_of("/auth")) == 1
    assert tab.failures == []
    tab.invoke(IPCChannel.NAVIGATE, Navigate(url=site.url("/empty")))
    tab.wait(lambda: tab.failures, "the failure")
    assert (tab.failures[0].code, tab.failures[0].description) == (
        -379,
        "ERR_HTTP_RESPONSE_CODE_FAILURE (HTTP 404)",
    )


def test_a_link_to_a_new_tab_is_adopted(host: RunningHost, site: Site) -> None:
    opener = opened(host, site.url("/links"), "links")
    opener.click(100, 20)
    opener.wait(lambda: opener.popups, "the popup")
    (popup,) = opener.popups
    assert (popup.url, popup.background) == (site.url("/two"), False)
    adopted = host.open_tab(popup=popup.popup)
    adopted.wait_title("two")
    assert opener.state["url"] == site.url("/links")
    with pytest.raises(BadCall, match="no page waits"):
        host.open_tab(popup=popup.popup)


def test_the_middle_button_opens_behind(host: RunningHost, site: Site) -> None:
    opener = opened(host, site.url("/links"), "links")
    opener.click(100, 70, Qt.MouseButton.MiddleButton)
    opener.wait(lambda: opener.popups, "the popup")
    assert opener.popups[0].background is True


def test_pages_reach_no_files_and_no_inner_addresses(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/links"), "links")
    tab.click(100, 170)
    tab.wait(lambda: "os:" in tab.state.get("status", ""), "a word about the refusal")
    tab.click(100, 120)
    tab.click(100, 70)
    tab.wait_title("two")
    assert "file" not in "".join(update.url or "" for update in tab.updates)
    assert tab.popups == []


def test_a_site_cannot_send_on_to_a_file(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/one"), "one")
    tab.invoke(IPCChannel.NAVIGATE, Navigate(url=site.url("/redirect")))
    tab.wait(lambda: tab.failures, "the failure")
    assert tab.failures[0].description == "ERR_UNSAFE_REDIRECT"
    assert "file" not in "".join(update.url or "" for update in tab.updates)


def test_scripts_open_tabs_after_a_click_alone_and_close_what_they_opened(
    host: RunningHost, site: Site
) -> None:
    opener = opened(host, site.url("/opener"), "opener")
    assert opener.popups == []
    opener.click(100, 20)
    opener.wait(lambda: opener.popups, "the popup")
    child = host.open_tab(popup=opener.popups[0].popup)
    child.wait_title("child")
    child.click(100, 20)
    child.wait(lambda: child.deletions, "its wish to close")
    assert child.deletions == 1
    assert len(opener.popups) == 1


def test_a_page_that_wants_to_be_kept_is_left_all_the_same(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/held"), "held")
    tab.click(100, 20)
    tab.navigate(site.url("/two"), "two")


def test_nothing_is_granted_yet_and_every_wish_is_answered(host: RunningHost, site: Site) -> None:
    tab = host.open_tab(url=site.url("/wishes"))
    tab.wait(lambda: "," in tab.state.get("title", ""), "the answers")
    assert "granted" not in tab.state["title"]


def test_files_open_from_main_alone(host: RunningHost, tmp_path: Path) -> None:
    target = tmp_path / "other.html"
    target.write_bytes(document("other"))
    start = tmp_path / "start.html"
    start.write_bytes(document("start", link("other", 0, target.as_uri())))
    tmp_path.chmod(0o755)
    tab = opened(host, start.as_uri(), "start")
    tab.click(100, 20)
    tab.wait(lambda: "may not open files" in tab.state.get("status", ""), "the refusal")
    assert tab.state["url"] == start.as_uri()
    tab.navigate(target.as_uri(), "other")
    tab.invoke(IPCChannel.NAVIGATE_BACK)
    tab.wait_title("start")
    tab.invoke(IPCChannel.NAVIGATE, Navigate(url=tmp_path.as_uri()))
    tab.wait(
        lambda: tab.state["url"] == tmp_path.as_uri() + "/" and not tab.state["loading"], "the folder's list"
    )
    for address in ("javascript:alert(1)", "chrome://version", "os://settings", "qrc:/x", "data:text/html,x"):
        with pytest.raises(Refused):
            tab.invoke(IPCChannel.NAVIGATE, Navigate(url=address))
        with pytest.raises(Refused):
            host.open_tab(url=address)


def test_dialogs_and_downloads_hold_nobody_up(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/dialogs"), "said false null")
    assert tab.state["status"] == "127.0.0.1 says: name?"
    tab.invoke(IPCChannel.NAVIGATE, Navigate(url=site.url("/file")))
    tab.wait(lambda: "evil.bin" in tab.state["status"], "a word about the download")
    assert tab.failures == []


def test_a_flood_of_titles_is_gathered(host: RunningHost, site: Site, qtbot: QtBot) -> None:
    tab = host.open_tab(url=site.url("/busy"))
    tab.wait(lambda: tab.state.get("loading") is False, "the page")
    begun, before = time.monotonic(), len(tab.updates)
    tab.wait(lambda: time.monotonic() - begun > 1, "a second to pass")
    told = len(tab.updates) - before
    assert 5 < told < 120 * (time.monotonic() - begun)


def test_tabs_share_cookies_which_outlive_the_host(qtbot: QtBot, site: Site, tmp_path: Path) -> None:
    storage = tmp_path / "web"
    storage.mkdir()
    with RunningHost(qtbot, storage) as host:
        opened(host, site.url("/login"), "in")
        opened(host, site.url("/home"), "home")
        assert host.leave() == 0
    with RunningHost(qtbot, storage) as host:
        opened(host, site.url("/home"), "home")
    with RunningHost(qtbot) as private:
        opened(private, site.url("/home"), "home")
    assert site.cookies_of("/home") == ["who=ada", "who=ada", ""]
    assert (storage / "data").stat().st_mode & 0o777 == 0o700


def test_a_page_that_loops_for_ever_holds_up_nobody_else(host: RunningHost, site: Site) -> None:
    looping = opened(host, site.url("/forever"), "for ever")
    other = opened(host, site.url("/one", host="localhost"), "one")
    looping.click(100, 20)
    beat = overdue_beat(looping)
    asked = time.monotonic()
    other.navigate(site.url("/two", host="localhost"), "two")
    other.invoke(IPCChannel.LINK_PING)
    other.wait(lambda: time.monotonic() - asked > 3.5, "the beat to be overdue")
    assert not beat.done()
    looping.invoke(IPCChannel.NAVIGATE_RELOAD)
    looping.wait(beat.done, "the page to answer again")
    looping.wait(lambda: looping.updates[-1].loading is False, "the page again")
    assert looping.gone == []
    assert other.gone == []


def test_the_death_of_one_chromium_process_is_told_to_its_tab_alone(host: RunningHost, site: Site) -> None:
    first = opened(host, site.url("/one"), "one")
    before = set(check_sandbox(host.process.pid).renderers)
    second = opened(host, site.url("/two", host="localhost"), "two")
    (pid,) = set(check_sandbox(host.process.pid).renderers) - before
    os.kill(pid, signal.SIGKILL)
    second.wait(lambda: second.gone, "the news")
    assert (second.gone[0].status, second.gone[0].exit_code) == (RendererGoneStatus.KILLED, signal.SIGKILL)
    second.invoke(IPCChannel.LINK_PING)
    first.navigate(site.url("/two"), "two")
    assert first.gone == []
    second.updates.clear()
    second.invoke(IPCChannel.NAVIGATE_RELOAD)
    second.wait(lambda: second.updates and second.updates[-1].loading is False, "the page again")
    assert second.state["title"] == "two"


def test_chromiums_sandbox_is_whole_seen_from_outside(host: RunningHost, site: Site) -> None:
    assert check_sandbox(host.process.pid).level is SandboxLevel.UNKNOWN
    opened(host, site.url("/one"), "one")
    report = check_sandbox(host.process.pid)
    assert (report.level, report.reasons) == (SandboxLevel.FULL, ())
    assert len(report.renderers) == 1


def test_a_closed_tab_is_gone_and_the_host_ends_with_main(host: RunningHost, site: Site) -> None:
    tab = opened(host, site.url("/one"), "one")
    other = opened(host, site.url("/one", host="localhost"), "one")
    tab.link.close()
    other.wait(
        lambda: len(check_sandbox(host.process.pid).renderers) == 1, "the tab's Chromium process to end"
    )
    other.navigate(site.url("/two", host="localhost"), "two")
    renderers = check_sandbox(host.process.pid).renderers
    assert host.leave() == 0
    other.wait(
        lambda: not any(Path(f"/proc/{pid}").exists() for pid in renderers), "Chromium's processes to end"
    )
