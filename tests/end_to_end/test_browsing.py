"""A person browses a site: address bar, form, back, links into new tabs, errors."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote_plus

import pytest

from tests.end_to_end.display import Display
from tests.end_to_end.shell import RunningShell, running_shell
from tests.end_to_end.web_site import Answer, Site, document, refused_port, serving

FORM = "<form action=/thanks><input name=who autofocus style='position:absolute;left:20px;top:20px;width:300px;height:40px'><button>Send</button></form>"
LINK = "<a href=/second target=_blank style='position:absolute;left:20px;top:100px;width:300px;height:40px;background:#0a0'>new tab</a>"

TRAP = """
<a href="file:///etc/passwd" onclick="document.title='Trap, clicked'"
   style="position:absolute;left:20px;top:20px;width:300px;height:40px;background:#c00">a file</a>
<button onclick="location='file:///etc/passwd'; window.open('file:///etc/passwd'); document.title='Trap, asked'"
   style="position:absolute;left:20px;top:100px;width:300px;height:40px">a file by script</button>
"""

SITE = {
    "/trap": Answer(document("Trap", TRAP)),
    "/": Answer(document("Form", FORM + LINK)),
    "/thanks": Answer(document("Thanks", "<h1>Thanks</h1>")),
    "/second": Answer(document("Second", "<h1>Second</h1>", head="<style>body{background:#cdf}</style>")),
}


@pytest.fixture
def site() -> Iterator[Site]:
    with serving(SITE) as running:
        yield running


@pytest.fixture
def shell(display: Display, tmp_path: Path) -> Iterator[RunningShell]:
    with running_shell(display, tmp_path / "profile") as running:
        yield running


def test_a_site_is_opened_a_form_sent_and_left_again(shell: RunningShell, site: Site) -> None:
    shell.go(site.url("/"))
    shell.wait_loaded("Form")
    shell.click_page(100, 40)
    shell.type("Ada Lovelace")
    shell.key("Return")
    tab = shell.wait_loaded("Thanks")
    assert unquote_plus(tab.url) == site.url("/thanks?who=Ada Lovelace")
    shell.key("alt+Left")
    shell.wait_loaded("Form")
    shell.click("forward")
    shell.wait_loaded("Thanks")
    shell.click("back")
    shell.wait_loaded("Form")


def test_a_link_opens_a_new_tab_that_shows_its_page(shell: RunningShell, site: Site) -> None:
    shell.go(site.url("/"))
    shell.wait_loaded("Form")
    shell.click_page(100, 120)
    tab = shell.wait_loaded("Second")
    assert tab.url == site.url("/second")
    assert len(shell.window.tabs) == 2
    shell.wait_picture(
        lambda picture: picture.getpixel((600, 400)) == (0xCC, 0xDD, 0xFF), "the page's colour"
    )
    shell.key("ctrl+w")
    shell.wait_loaded("Form")
    shell.key("ctrl+shift+t")
    shell.wait_loaded("Second")


def test_back_leads_from_a_site_to_the_new_tab_page_and_forward_again(
    shell: RunningShell, site: Site
) -> None:
    shell.go(site.url("/second"))
    shell.wait_loaded("Second")
    shell.key("alt+Left")
    shell.wait_loaded("New tab")
    shell.key("alt+Right")
    shell.wait_loaded("Second")


def test_a_site_that_refuses_gets_a_page_that_says_so_and_a_retry(shell: RunningShell, site: Site) -> None:
    port = refused_port()
    shell.go(f"http://127.0.0.1:{port}/")
    shell.wait_tab(lambda tab: tab.state == "load-failed", "the error page")
    record = shell.wait_record(lambda record: record.channel == "page:load_failed", "the failure")
    assert record.payload["code"] == -102
    shell.go(site.url("/second"))
    shell.wait_loaded("Second")


def test_a_user_opens_files_and_a_page_does_not(shell: RunningShell, site: Site) -> None:
    shell.go(site.url("/trap"))
    trap = shell.wait_loaded("Trap")
    shell.click_page(100, 40)
    shell.wait_tab(lambda tab: tab.title == "Trap, clicked", "the click to arrive")
    shell.click_page(100, 120)
    shell.wait_tab(lambda tab: tab.title == "Trap, asked", "the script to have asked")
    seen = shell.window.tabs
    assert [tab.url for tab in seen] == [trap.url]
    shell.go("file:///usr/share/doc/")
    tab = shell.wait_loaded("Index of /usr/share/doc/")
    assert tab.url == "file:///usr/share/doc/"


def test_every_part_of_the_window_works_by_keyboard(shell: RunningShell) -> None:
    shell.key("ctrl+t")
    shell.wait(lambda shell_: len(shell_.windows[0].tabs) == 2, "two tabs")
    shell.key("ctrl+comma")
    shell.wait_loaded("Settings")
    shell.key("ctrl+1")
    shell.wait(lambda shell_: shell_.windows[0].tabs[0].active, "the first tab")
    shell.key("ctrl+shift+Next")
    shell.wait(lambda shell_: shell_.windows[0].tabs[1].active, "the tab moved to the right")
    shell.key("ctrl+n")
    shell.wait(lambda shell_: len(shell_.windows) == 2, "a second window")
    shell.key("ctrl+shift+w")
    shell.wait(lambda shell_: len(shell_.windows) == 1, "one window")
