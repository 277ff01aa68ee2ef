"""A manifest's channels as contracts."""

import msgspec
import pytest

from shared.channels import CONTRACTS
from shared.contract import Direction, Empty, Party, Pattern
from shared.errors import BadCall
from shared.manifest_types import ChannelDeclaration, Manifest, PageDeclaration
from shared.plugin_channels import plugin_contracts, with_plugin

NAME = {"type": "object", "required": ["name"], "properties": {"name": {"type": "string", "maxLength": 3}}}


def manifest(*channels: ChannelDeclaration, id_: str = "hello") -> Manifest:
    return Manifest(
        schema_version=1,
        id=id_,
        name="Hello",
        version="0.1.0",
        pages=(PageDeclaration(entry="a:b"),),
        channels=channels,
    )


def test_a_request_goes_both_ways_between_pages_and_needs_no_permission() -> None:
    declared = ChannelDeclaration(verb="say_hello", summary="Greets.", payload=NAME, result=NAME)
    contract = plugin_contracts(manifest(declared))["hello:say_hello"]
    assert contract.pattern is Pattern.REQUEST
    assert contract.direction is Direction.BOTH
    assert contract.parties == {Party.PAGE}
    assert contract.permission is None
    assert contract.summary == "Greets."
    assert contract.payload.__name__ == "SayHello"
    assert contract.result.__name__ == "SayHelloResult"
    assert msgspec.convert({"name": "Ada"}, contract.payload).name == "Ada"
    with pytest.raises(msgspec.ValidationError, match="name"):
        msgspec.convert({"name": "Adaline"}, contract.payload)


def test_what_is_not_declared_is_empty() -> None:
    contracts = plugin_contracts(
        manifest(
            ChannelDeclaration(verb="ask", summary="x"),
            ChannelDeclaration(verb="tell", summary="x", pattern="event"),
        )
    )
    assert (contracts["hello:ask"].payload, contracts["hello:ask"].result) == (Empty, Empty)
    assert (contracts["hello:tell"].payload, contracts["hello:tell"].result) == (Empty, None)


def test_they_stand_beside_the_shells_own() -> None:
    merged = with_plugin(manifest(ChannelDeclaration(verb="ask", summary="x")))
    assert merged.keys() == CONTRACTS.keys() | {"hello:ask"}


def test_none_takes_the_place_of_another() -> None:
    # No valid manifest has such an id; that it cannot be had is not left to the manifest alone.
    with pytest.raises(BadCall, match="tab:create exists already"):
        plugin_contracts(manifest(ChannelDeclaration(verb="create", summary="x"), id_="tab"))
    with pytest.raises(BadCall, match="hello:ask exists already"):
        plugin_contracts(
            manifest(ChannelDeclaration(verb="ask", summary="x"), ChannelDeclaration(verb="ask", summary="y"))
        )
    once = manifest(ChannelDeclaration(verb="ask", summary="x"))
    with pytest.raises(BadCall, match="hello:ask exists already"):
        with_plugin(once, with_plugin(once))
