"""The plugins that main knows, and the pages at their addresses."""

from pathlib import Path

import msgspec
import pytest

from main_process.plugins import Plugins
from shared.contract import Party
from shared.errors import BadCall, ErrorCode
from shared.manifest import InvalidManifest
from shared.manifest_types import Manifest
from tests.main_process.plugin_folder import plugin


@pytest.fixture
def built_in(tmp_path: Path) -> Path:
    plugin(tmp_path / "own" / "newtab", "newtab", "New tab", "pages.read")
    plugin(tmp_path / "own" / "settings", "settings", "Settings", "settings.read")
    (tmp_path / "own" / "no_plugin").mkdir()
    return tmp_path / "own"


def test_the_shells_own_pages_are_known_at_once() -> None:
    plugins = Plugins()
    for url in ("os://newtab", "os://settings"):
        page = plugins.resolve(url)
        assert page.plugin.built_in
        assert page.opening().url == url


def test_an_added_folder_is_opened_by_its_id_with_all_its_pages(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    folder = plugin(tmp_path / "hello")
    assert plugins.add_folder(folder) == "os://hello"
    page = plugins.resolve("os://hello/more/here?x=1#y")
    assert page.title == "More"
    opening = page.opening()
    assert (opening.entry, opening.path, opening.folder) == ("second:page", "more/here", str(folder))
    assert opening.url == "os://hello/more/here?x=1#y"
    manifest = msgspec.json.decode(opening.manifest, type=Manifest)
    assert manifest == page.plugin.manifest
    assert list(page.plugin.contracts) == [manifest.channel_name(manifest.channels[0])]


@pytest.mark.parametrize("url", ["os://hello", "os://hello/", "os://hello?x=1", "os://hello#y"])
def test_the_main_page_is_what_has_no_path(built_in: Path, tmp_path: Path, url: str) -> None:
    plugins = Plugins(built_in)
    plugins.add_folder(plugin(tmp_path / "hello"))
    assert (plugins.resolve(url).page.entry, plugins.resolve(url).title) == ("first:page", "Hello")


def test_what_does_not_exist_is_answered_with_what_does(built_in: Path) -> None:
    plugins = Plugins(built_in)
    with pytest.raises(BadCall) as caught:
        plugins.resolve("os://nowhere")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert caught.value.message == "there is no page os://nowhere; there are os://newtab, os://settings"
    with pytest.raises(BadCall) as caught:
        plugins.resolve("os://settings/nowhere")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert caught.value.message.endswith("it has os://settings, os://settings/more/here")


def test_only_the_shells_own_pages_hold_permissions_whatever_others_ask_for(
    built_in: Path, tmp_path: Path
) -> None:
    plugins = Plugins(built_in)
    plugins.add_folder(plugin(tmp_path / "hello", permission="settings.write"))
    own, other = plugins.resolve("os://settings").principal, plugins.resolve("os://hello").principal
    assert own.granted == {"settings.read", "settings.write"}
    assert (other.granted, other.party, other.name) == (frozenset(), Party.PAGE, "page hello")


def test_a_folder_cannot_take_the_place_of_the_shells_own_page(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    with pytest.raises((BadCall, InvalidManifest)):
        plugins.add_folder(plugin(tmp_path / "fake", "settings", "Settings"))
    assert plugins.resolve("os://settings").plugin.folder == built_in / "settings"


def test_the_last_folder_of_an_id_is_the_one_that_is_opened(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    for number in (1, 2):
        plugins.add_folder(plugin(tmp_path / str(number), name=f"Hello {number}"))
    page = plugins.resolve("os://hello")
    assert (page.title, page.plugin.folder) == ("Hello 2", tmp_path / "2")


def test_a_broken_folder_changes_nothing(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    plugins.add_folder(plugin(tmp_path / "good"))
    broken = plugin(tmp_path / "broken", name="Broken")
    (broken / "first.py").unlink()
    with pytest.raises(InvalidManifest, match="first"):
        plugins.add_folder(broken)
    assert plugins.resolve("os://hello").title == "Hello"


def test_a_manifest_counts_as_it_is_when_its_page_is_opened(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    file = plugin(tmp_path / "hello") / "plugin.toml"
    plugins.add_folder(file.parent)
    text = file.read_text()
    file.write_text(text.replace("greet", "part"))
    assert list(plugins.resolve("os://hello").plugin.contracts) == ["hello:part"]
    file.write_text(text.replace("verb", "vreb"))
    with pytest.raises(InvalidManifest, match="vreb"):
        plugins.resolve("os://hello")
    file.write_text(text.replace('"hello"', '"goodbye"'))
    with pytest.raises(BadCall, match="there are os://goodbye, os://newtab"):
        plugins.resolve("os://hello")
    assert plugins.resolve("os://goodbye").title == "Hello"


def test_a_manifest_that_takes_the_shells_name_meanwhile_is_forgotten(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    file = plugin(tmp_path / "hello") / "plugin.toml"
    plugins.add_folder(file.parent)
    file.write_text(file.read_text().replace('"hello"', '"settings"'))
    with pytest.raises(InvalidManifest):
        plugins.resolve("os://hello")
    assert plugins.resolve("os://settings").plugin.built_in


def test_a_link_and_a_relative_name_are_the_folder_itself(
    built_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = plugin(tmp_path / "hello")
    (tmp_path / "link").symlink_to(folder)
    monkeypatch.chdir(tmp_path)
    for named in (tmp_path / "link", Path("hello")):
        plugins = Plugins(built_in)
        plugins.add_folder(named)
        assert plugins.resolve("os://hello").plugin.folder == folder


def test_the_list_is_by_title_and_leaves_the_launcher_out(built_in: Path, tmp_path: Path) -> None:
    plugins = Plugins(built_in)
    plugins.add_folder(plugin(tmp_path / "hello", name="apple"))
    pages = plugins.listing().pages
    assert [(page.url, page.title) for page in pages] == [
        ("os://hello", "apple"),
        ("os://settings/more/here", "More"),
        ("os://hello/more/here", "More"),
        ("os://settings", "Settings"),
    ]
    assert (pages[0].summary, pages[0].icon) == ("What it does", "star")
