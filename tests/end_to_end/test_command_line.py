"""The command itself: its options, its exit statuses, a second start, a picture."""

import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from tests.end_to_end.display import Display
from tests.end_to_end.paths import plugin
from tests.end_to_end.shell import running_shell
from tests.end_to_end.web_site import Answer, document, refused_port, serving

SECONDS = 90


def _browser_os(*arguments: str, cwd: Path | None = None) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "tools.command_line", *arguments],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--bogus"], "--bogus"),
        (["--size", "huge"], "WIDTHxHEIGHT"),
        (["--size", "1x1"], "200 to 16384"),
        (["--theme", "pink"], "'pink'"),
        (["--screenshot", "picture.gif"], ".png"),
        (["--screenshot", "/nowhere/at/all.png"], "/nowhere/at"),
        (["--private", "--profile", "x"], "--private"),
        (["--headless", "javascript:alert(1)"], "javascript:"),
    ],
)
def test_unknown_options_and_impossible_values_are_status_2(
    arguments: list[str], words: str, tmp_path: Path
) -> None:
    extra = [] if "--private" in arguments else ["--profile", str(tmp_path / "profile")]
    done = _browser_os(*arguments, *extra, cwd=tmp_path)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_folder_that_is_no_plugin_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    folder = tmp_path / "broken"
    folder.mkdir()
    (folder / "plugin.toml").write_text("schema_version = 1\nid = 7\n")
    done = _browser_os("--headless", "--profile", str(tmp_path / "profile"), str(folder))
    assert done.returncode == 2
    assert "plugin.toml:2" in done.stderr


def test_a_screenshot_shows_the_page_in_the_window(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(document("Blue", head="<style>body{background:#00f}</style>"))
    target = tmp_path / "out.png"
    done = _browser_os(
        "--headless",
        "--size",
        "900x600",
        "--profile",
        str(tmp_path / "p"),
        "--screenshot",
        str(target),
        str(page),
    )
    assert (done.returncode, done.stderr) == (0, "")
    picture = Image.open(target).convert("RGB")
    assert picture.size == (900, 600)
    assert picture.getpixel((450, 400)) == (0, 0, 255)
    assert picture.getpixel((450, 10)) != (0, 0, 255)


def test_a_screenshot_of_a_page_that_fails_is_an_error_with_its_reason(tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    url = f"http://127.0.0.1:{refused_port()}/"
    done = _browser_os("--headless", "--profile", str(tmp_path / "p"), "--screenshot", str(target), url)
    assert done.returncode == 1
    assert "CONNECTION_REFUSED" in done.stderr


def test_without_a_display_it_says_that_it_is_headless_and_how_to_look_in(tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    done = _browser_os("--profile", str(tmp_path / "p"), "--screenshot", str(target))
    assert done.returncode == 0
    assert len(done.stderr.splitlines()) == 1
    assert "headless" in done.stderr
    assert "--screenshot" in done.stderr


def test_a_second_start_opens_its_tabs_in_the_first_and_can_look_in(display: Display, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with serving({"/": Answer(document("Handed over"))}) as site, running_shell(display, profile) as shell:
        done = _browser_os("--profile", str(profile), site.url("/"))
        assert (done.returncode, done.stderr.count("Traceback")) == (0, 0)
        shell.wait_loaded("Handed over")
        target = tmp_path / "look.png"
        done = _browser_os("--headless", "--profile", str(profile), "--screenshot", str(target))
        assert done.returncode == 0
        with Image.open(target) as picture:
            assert picture.width == 1280
        done = _browser_os("--headless", "--profile", str(profile), plugin("looper"))
        assert done.returncode == 0
        shell.wait_loaded("Looper")
        done = _browser_os("--headless", "--profile", str(profile), "javascript:1")
        assert done.returncode == 1
        assert "javascript:" in done.stderr


def test_a_private_window_keeps_nothing(tmp_path: Path) -> None:
    target = tmp_path / "out.png"
    before = set(Path("/tmp").glob("browser-os-private-*"))
    done = _browser_os("--headless", "--private", "--screenshot", str(target), plugin("looper"))
    assert (done.returncode, done.stderr) == (0, "")
    assert set(Path("/tmp").glob("browser-os-private-*")) == before
