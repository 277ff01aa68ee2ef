"""Names that plugins may have."""

import pytest

from shared.ipc_channel import IPCChannel
from shared.plugin_names import SHELL_DOMAINS, is_plugin_id, nearest, why_reserved, why_taken


@pytest.mark.parametrize("name", ["ab", "hello", "a1", "live-plot", "a" * 40])
def test_names_of_the_grammar(name: str) -> None:
    assert is_plugin_id(name)


@pytest.mark.parametrize(
    "name", ["a", "", "Hello", "1a", "-a", "a_b", "a.b", "a/b", "hello\n", "a" * 41, "été"]
)
def test_names_outside_the_grammar(name: str) -> None:
    assert not is_plugin_id(name)


def test_no_plugin_can_take_the_domain_of_a_channel_of_the_shell() -> None:
    assert {channel.partition(":")[0] for channel in IPCChannel} == SHELL_DOMAINS
    for domain in SHELL_DOMAINS:
        assert why_reserved(domain) is not None


@pytest.mark.parametrize(
    "name", ["newtab", "settings", "json", "unittest", "browser-os", "main-process", "msgspec"]
)
def test_names_that_are_taken(name: str) -> None:
    assert why_reserved(name)


@pytest.mark.parametrize("module", ["os", "pyside6", "PySide6", "browser_os", "renderer"])
def test_modules_that_a_plugin_cannot_have(module: str) -> None:
    assert why_taken(module)


def test_names_that_are_free() -> None:
    assert why_reserved("live-plot") is None
    assert why_taken("plot_page") is None


def test_the_nearest_name_is_the_one_that_was_meant() -> None:
    assert nearest("grete", ["greet", "leave"]) == "greet"
    assert nearest("something", ["greet", "leave"]) is None
