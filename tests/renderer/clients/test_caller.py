"""A page of the author's API is a caller, and so is the recorder that the clients are tested with."""

import inspect

import pytest

import browser_os
from renderer.clients.caller import Caller
from tests.renderer.clients.recorder import Recorder


@pytest.mark.parametrize("kind", [browser_os.Page, Recorder])
@pytest.mark.parametrize("verb", ["invoke", "send", "on"])
def test_it_has_the_verbs_with_channel_first(kind: type, verb: str) -> None:
    wanted = list(inspect.signature(getattr(Caller, verb)).parameters)
    assert list(inspect.signature(getattr(kind, verb)).parameters)[: len(wanted)] == wanted
